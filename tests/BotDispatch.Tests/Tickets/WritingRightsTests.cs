using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.GitHub;
using BotDispatch.Tickets.GitLab;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;
using BotDispatch.Tickets.ServiceNow;
using BotDispatch.Tickets.Zendesk;

namespace BotDispatch.Tests.Tickets;

/// <summary>What an account may not write is said before the first night, with what to set.</summary>
public sealed class WritingRightsTests : IAsyncLifetime
{
    StandIn server = null!;

    public async Task InitializeAsync() => server = await StandIn.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    T All<T>(T options) where T : SystemSettings
    {
        (options.BaseAddress, options.WriteNotes, options.StatusOnAccepted, options.AssignOnAccepted) = (server.Address, true, "open", true);
        return options;
    }

    static async Task<IReadOnlyList<string>> MissingAsync(ITicketWriter system) => await system.FindMissingRightsAsync(default);

    [Fact]
    public async Task Redmine_says_it_by_the_roles_of_each_project()
    {
        server.Answer("/users/current.json?include=memberships", """
            {"user":{"id":5,"memberships":[{"project":{"name":"Facilities"},"roles":[{"id":4}]},{"project":{"name":"Shops"},"roles":[{"id":4},{"id":5}]}]}}
            """);
        server.Answer("/roles/4.json", """{"role":{"id":4,"permissions":["view_issues","add_issue_notes"]}}""");
        server.Answer("/roles/5.json", """{"role":{"id":5,"permissions":["view_issues","edit_issues"]}}""");
        var missing = await MissingAsync(new RedmineSystem(All(new RedmineOptions()), server.Clients));
        missing.Select(each => each.Split(": ")[0]).ShouldBe(["Tickets:Redmine:StatusOnAccepted has no effect in Facilities", "Tickets:Redmine:AssignOnAccepted has no effect in Facilities"]);
        missing.ShouldAllBe(each => each.Contains("permission Edit issues"));
        server.Answer("/users/current.json?include=memberships", """{"user":{"id":5,"memberships":[]}}""");
        (await MissingAsync(new RedmineSystem(All(new RedmineOptions()), server.Clients)))[0].ShouldStartWith(
            "Tickets:Redmine:WriteNotes may have no effect in any project, because BotDispatch's account is a member of none and may do only what the role Non member may");
        server.Answer("/users/current.json?include=memberships", """{"user":{"id":1,"admin":true}}""");
        (await MissingAsync(new RedmineSystem(All(new RedmineOptions()), server.Clients))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Jira_says_it_for_each_project_of_the_settings()
    {
        server.Answer("/rest/api/3/mypermissions?permissions=ADD_COMMENTS,TRANSITION_ISSUES,ASSIGN_ISSUES&projectKey=OPS",
            """{"permissions":{"ADD_COMMENTS":{"havePermission":true},"TRANSITION_ISSUES":{"havePermission":false},"ASSIGN_ISSUES":{"havePermission":true}}}""");
        var options = All(new JiraOptions { Email = "bot@example.com", ApiToken = "t", Projects = ["OPS"] });
        (await MissingAsync(new JiraSystem(options, server.Clients))).ShouldBe(
            ["Tickets:Jira:StatusOnAccepted has no effect in OPS: give BotDispatch's account the permission Transition issues in the project (Project settings, Permissions)."]);
    }

    [Fact]
    public async Task Zendesk_says_it_by_the_role_of_the_account()
    {
        server.Answer("/api/v2/users/me.json", """{"user":{"id":5,"role":"end-user"}}""");
        var system = new ZendeskSystem(All(new ZendeskOptions { Email = "bot@example.com", ApiToken = "t" }), server.Clients);
        (await MissingAsync(system)).ShouldBe(["Tickets:Zendesk:Email is the email of an end-user, who cannot write into tickets: write that of an agent."]);
        server.Answer("/api/v2/users/me.json", """{"user":{"id":5,"role":"agent"}}""");
        (await MissingAsync(system)).ShouldBeEmpty();
    }

    [Fact]
    public async Task GitHub_says_it_by_the_rights_in_each_repository_and_that_it_needs_logins()
    {
        server.Answer("/api/v3/repos/acme/it", """{"permissions":{"admin":false,"push":false,"triage":false,"pull":true}}""");
        server.Answer("/api/v3/repos/acme/old", """{"archived":true}""");
        var missing = await MissingAsync(new GitHubSystem(All(new GitHubOptions { Token = "t", Repositories = ["acme/it", "acme/old"] }), server.Clients));
        missing.Count.ShouldBe(3);
        missing[0].ShouldStartWith("Tickets:GitHub:AssignOnAccepted has no effect, because GitHub finds nobody by email: write Tickets:GitHub:Users");
        missing[1].ShouldStartWith("Tickets:GitHub:Token may not assign or label issues of acme/it: give BotDispatch's token");
        missing[2].ShouldBe("Tickets:GitHub:Repositories: acme/old is archived, so nothing can be written there.");
    }

    [Fact]
    public async Task GitLab_says_it_by_the_scope_of_the_token_and_the_role_in_each_project()
    {
        server.Answer("/api/v4/personal_access_tokens/self", """{"scopes":["read_api"]}""");
        server.Answer("/api/v4/projects/acme%2Fit", """{"permissions":{"project_access":{"access_level":10},"group_access":null}}""");
        server.Answer("/api/v4/projects/acme/it", """{"permissions":{"project_access":{"access_level":10},"group_access":null}}""");
        (await MissingAsync(new GitLabSystem(All(new GitLabOptions { Token = "t", Projects = ["acme/it"] }), server.Clients))).Select(each => each.Split(',')[0].Split(':')[2]).ShouldBe(
            ["Token has not the scope api", "Token may not assign or label issues of acme/it"]);
    }

    // GitLab: permissions has only what the account was given in the project itself and in its own group. Both are null for the rest.
    [Fact]
    public async Task GitLab_is_believed_where_an_account_has_its_role_from_a_group_above()
    {
        foreach (var path in (string[])["acme%2Fit", "acme/it"])
            server.Answer($"/api/v4/projects/{path}", """{"permissions":{"project_access":null,"group_access":null}}""");
        (await MissingAsync(new GitLabSystem(All(new GitLabOptions { Token = "t", Projects = ["acme/it"] }), server.Clients))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_that_was_renamed_is_said_with_its_present_name()
    {
        server.Answer("/api/v3/repos/acme/it", """{"full_name":"acme/it-desk","permissions":{"push":true}}""");
        var users = new Dictionary<string, string> { ["ann@example.com"] = "ann" };
        var gitHub = All(new GitHubOptions { Token = "t", Repositories = ["acme/it"], Users = users });
        (await MissingAsync(new GitHubSystem(gitHub, server.Clients))).ShouldBe(
            ["Tickets:GitHub:Repositories: acme/it is acme/it-desk now, and nothing can be written under the old name: write the new one."]);
        foreach (var path in (string[])["acme%2Fit", "acme/it"])
            server.Answer($"/api/v4/projects/{path}", """{"path_with_namespace":"acme/desk/it","permissions":{"project_access":{"access_level":40}}}""");
        (await MissingAsync(new GitLabSystem(All(new GitLabOptions { Token = "t", Projects = ["acme/it"] }), server.Clients))).ShouldBe(
            ["Tickets:GitLab:Projects: acme/it is acme/desk/it now, and nothing can be written under the old name: write the new one."]);
    }

    [Fact]
    public async Task Request_Tracker_says_it_by_what_it_offers_with_the_newest_ticket()
    {
        server.Answer("/REST/2.0/tickets?*", """{"total":1,"count":1,"items":[{"id":"3"}]}""");
        server.Answer("/REST/2.0/ticket/3", """{"id":3,"Status":"new","_hyperlinks":[{"ref":"self"},{"ref":"history"}]}""");
        var system = new RequestTrackerSystem(All(new RequestTrackerOptions { Token = "t", Prefix = "RT-" }), server.Clients);
        (await MissingAsync(system)).ShouldHaveSingleItem().ShouldStartWith("Tickets:RequestTracker:WriteNotes has no effect in the queue of RT-3: give BotDispatch's account the rights CommentOnTicket");
        server.Answer("/REST/2.0/ticket/3", """{"id":3,"Status":"new","_hyperlinks":[{"ref":"self"},{"ref":"comment"}]}""");
        (await MissingAsync(system)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ServiceNow_says_whether_it_shows_the_journal()
    {
        server.Answer("/api/now/table/sys_journal_field?*", """{"result":[]}""");
        var system = new ServiceNowSystem(All(new ServiceNowOptions { UserName = "bot", Password = "p" }), server.Clients);
        (await MissingAsync(system)).ShouldHaveSingleItem().ShouldContain("sys_journal_field");
        server.Answer("/api/now/table/sys_journal_field?*", """{"result":[{"sys_id":"1"}]}""");
        (await MissingAsync(system)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_asked_if_nothing_is_to_be_written()
    {
        await MissingAsync(new RedmineSystem(new() { BaseAddress = server.Address }, server.Clients));
        await MissingAsync(new GitLabSystem(new() { BaseAddress = server.Address, Projects = ["acme/it"] }, server.Clients));
        await MissingAsync(new JiraSystem(new() { BaseAddress = server.Address }, server.Clients));
        server.Asked.ShouldBeEmpty();
    }
}

/// <summary>Many tickets are read with one question where the system has one.</summary>
public sealed class BatchedReadingTests : IAsyncLifetime
{
    StandIn server = null!;

    public async Task InitializeAsync() => server = await StandIn.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Zendesk_is_asked_for_a_hundred()
    {
        server.Answer("/api/v2/tickets/show_many.json?*", """{"tickets":[{"id":7,"status":"open","assignee_id":null},{"id":8,"status":"solved","assignee_id":3}],"users":[{"id":3,"name":"Eve"}]}""");
        var read = await new ZendeskSystem(new() { BaseAddress = server.Address }, server.Clients).ReadAsync(["#7", "#8"], default);
        read["#8"].ShouldBeOfType<TicketReading.Standing>().ShouldSatisfyAllConditions(each => each.IsClosed.ShouldBeTrue(), each => each.AssigneeName.ShouldBe("Eve"));
        server.Asked.ShouldHaveSingleItem().Target.ShouldStartWith("/api/v2/tickets/show_many.json?ids=7,8");
    }

    [Fact]
    public async Task ServiceNow_is_asked_once_for_each_table()
    {
        static string Record(string number) => $$$"""{"number":{"value":"{{{number}}}","display_value":"{{{number}}}"},"state":{"value":"1","display_value":"New"},"active":{"value":"true","display_value":"true"}}""";
        server.Answer("/api/now/table/incident?*", $$"""{"result":[{{Record("INC0000007")}},{{Record("INC0000008")}}]}""");
        server.Answer("/api/now/table/problem?*", $$"""{"result":[{{Record("PRB0000001")}}]}""");
        var read = await new ServiceNowSystem(new() { BaseAddress = server.Address }, server.Clients).ReadAsync(["INC0000007", "PRB0000001", "INC0000008"], default);
        read.Count.ShouldBe(3);
        server.Asked.Count.ShouldBe(2);
        server.Asked[0].Target.ShouldContain("numberININC0000007,INC0000008");
    }

    [Fact]
    public async Task GitLab_is_asked_once_for_each_project()
    {
        server.Answer("/api/v4/projects/acme%2Fit/issues?*", """[{"iid":7,"state":"opened","assignees":[]},{"iid":8,"state":"closed","assignees":[],"moved_to_id":92}]""");
        server.Answer("/api/v4/projects/acme/it/issues?*", """[{"iid":7,"state":"opened","assignees":[]},{"iid":8,"state":"closed","assignees":[],"moved_to_id":92}]""");
        var read = await new GitLabSystem(new() { BaseAddress = server.Address, Token = "t", Projects = ["acme/it"] }, server.Clients).ReadAsync(["#7", "#8"], default);
        read["#7"].ShouldBeOfType<TicketReading.Standing>().IsClosed.ShouldBeFalse();
        // GitLab closes what it moves; that is no end of the job.
        read["#8"].ShouldBe(new TicketReading.Lost("it was moved to another project"));
        server.Asked.ShouldHaveSingleItem().Target.ShouldContain("iids[]=7&iids[]=8");
    }
}
