using System.Text;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.AnyHttp;
using BotDispatch.Tickets.GitHub;
using BotDispatch.Tickets.GitLab;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;
using BotDispatch.Tickets.ServiceNow;
using BotDispatch.Tickets.Zendesk;

namespace BotDispatch.Tests.Tickets;

/// <summary>Shapes as Request Tracker 5.0.3 (Debian 12) writes them.</summary>
public sealed class RequestTrackerSystemTests : IAsyncLifetime
{
    StandIn rt = null!;
    RequestTrackerSystem system = null!;

    public async Task InitializeAsync()
    {
        rt = await StandIn.StartAsync();
        system = new(new() { BaseAddress = rt.Address, Token = "1-14-abc", Prefix = "RT-" }, rt.Clients);
        rt.Answer("/REST/2.0/ticket/1", """
            {"id":1,"Status":"new","Subject":"Lift 2 is stuck","Priority":"80","EffectiveId":{"id":"1"},"CustomFields":[{"name":"Location","id":"1","values":["Harbour House"]}],
            "Requestor":[{"type":"user","id":"dana@example.com","_url":"http://rt.internal/REST/2.0/user/dana@example.com"}],"Resolved":"1970-01-01T00:00:00Z"}
            """);
        rt.Answer("/REST/2.0/ticket/1/attachments?fields=ContentType,Filename,TransactionId", """
            {"items":[{"id":"1","type":"attachment","ContentType":"multipart/mixed","Filename":"","TransactionId":"33"},
            {"id":"2","ContentType":"text/html","Filename":"","TransactionId":"33"},{"id":"3","ContentType":"text/plain","Filename":"log.txt","TransactionId":"33"},
            {"id":"4","ContentType":"text/plain","Filename":"","TransactionId":"34"}],"total":4,"count":4,"pages":1,"page":1}
            """);
        rt.Answer("/REST/2.0/attachment/2", $$"""{"id":2,"ContentType":"text/html","Content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes("<p>Two <b>Männer</b> inside</p>"))}}\n"}""");
    }

    public async Task DisposeAsync() => await rt.DisposeAsync();

    // Request Tracker 5.0.3: the words are in an attachment, whose Content is base64 when it is read alone and plain text in a list (seen on the installed tool).
    [Fact]
    public async Task A_ticket_is_read_with_the_words_of_its_first_message()
    {
        (await system.ReadAsync("rt-1")).ShouldBe(new Ticket("RT-1", "Lift 2 is stuck", "Two Männer inside\nRequester: dana@example.com", "80", "Harbour House", $"{rt.Address}Ticket/Display.html?id=1"));
        ((string?)rt.Asked[0].Headers.Authorization).ShouldBe("token 1-14-abc");
        rt.Asked.Count.ShouldBe(3);
    }

    // Request Tracker 5.0.3: a merged number answers as the ticket that it was merged into, with status 200 and no hint (seen on the installed tool).
    [Fact]
    public async Task A_merged_ticket_is_dispatched_as_the_one_that_it_was_merged_into()
    {
        rt.Answer("/REST/2.0/ticket/9", """{"id":1,"Status":"open","Subject":"Lift 2 is stuck","Requestor":[],"CustomFields":[]}""");
        var ticket = await system.ReadAsync("RT-9");
        (ticket.Reference, ticket.Link, ticket.Description).ShouldBe(("RT-1", $"{rt.Address}Ticket/Display.html?id=1", "Two Männer inside"));
    }

    // Request Tracker 5.0.3: a deleted ticket is read with status 200, and no search finds it (seen on the installed tool).
    [Fact]
    public async Task A_deleted_ticket_is_unknown()
    {
        rt.Answer("/REST/2.0/ticket/1", """{"id":1,"Status":"deleted","Subject":"Gone"}""");
        await system.ShouldNotKnowAsync("RT-1");
    }

    [Fact]
    public async Task A_ticket_without_a_message_has_no_description()
    {
        rt.Answer("/REST/2.0/ticket/1/attachments?fields=ContentType,Filename,TransactionId", """{"total":0,"count":0,"pages":0.0,"page":1,"items":[],"per_page":20}""");
        (await system.ReadAsync("RT-1")).Description.ShouldBe("Requester: dana@example.com");
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_said_and_not_left_out()
    {
        rt.Answer("/REST/2.0/attachment/2", "", 500);
        (await system.WhyNotAsync("RT-1")).ShouldBe("Request Tracker: its first message could not be read");
    }

    // Request Tracker 5.0.3: a search that it cannot sort counts tickets and lists none, with status 200; pages is 0.0 where there are none.
    [Fact]
    public async Task Counted_and_not_listed_is_no_list()
    {
        rt.Answer("/REST/2.0/tickets?*", """{"total":2,"count":0,"pages":1,"page":1,"items":[]}""");
        (await system.ListAsync("", 50, default)).ShouldBeNull();
        rt.Answer("/REST/2.0/tickets?*", """{"total":0,"count":0,"pages":0.0,"page":1,"items":[]}""");
        (await system.ListAsync("", 50, default)).ShouldNotBeNull().ShouldBeEmpty();
        rt.Answer("/REST/2.0/tickets?*", """{"total":1,"count":1,"pages":1,"page":1,"items":[{"id":"3","type":"ticket","Subject":"No light","Priority":"0"}]}""");
        (await system.ListAsync("it's", 50, default)).ShouldNotBeNull().Single().ShouldBe(new Ticket("RT-3", "No light", Link: $"{rt.Address}Ticket/Display.html?id=3"));
        Uri.UnescapeDataString(rt.Asked[^1].Target).ShouldContain(@"Subject LIKE 'it\'s'");
    }

    [Theory]
    [InlineData("RT-1", "RT-1"), InlineData("rt 1", "RT-1"), InlineData("RT #1", "RT-1"), InlineData("RT1", "RT-1"), InlineData("Request Tracker RT-1", "RT-1"), InlineData("#1", null), InlineData("rt-1abc", null)]
    public void A_number_is_recognised(string typed, string? reference) => system.ReferenceIn(TypedText.Clean(typed)).ShouldBe(reference);

    [Theory]
    [InlineData("Ticket/Display.html?id=12"), InlineData("Ticket/ModifyPeople.html?id=12"), InlineData("SelfService/Display.html?id=12"), InlineData("Ticket/Display.html?results=x&id=12#txn-44"), InlineData("m/ticket/show?id=12")]
    public void A_link_is_recognised(string path) => system.ReferenceIn($"{rt.Address}{path}").ShouldBe("RT-12");

    [Fact]
    public async Task The_account_is_checked()
    {
        rt.Answer("/REST/2.0/rt", """{"Version":"5.0.3","Plugins":[]}""");
        (await system.CheckAsync(default)).ShouldBeOfType<SystemCheck.Known>();
        rt.Answer("/REST/2.0/rt", """{"message":"Unauthorized"}""", 401);
        (await system.CheckAsync(default)).ShouldBeOfType<SystemCheck.Refused>().Because.ShouldStartWith("Tickets:RequestTracker:Token is not accepted");
    }
}

/// <summary>Shapes as GitHub documents them (REST API version 2022-11-28).</summary>
public sealed class GitHubSystemTests : IAsyncLifetime
{
    StandIn github = null!;
    GitHubSystem system = null!;

    public async Task InitializeAsync()
    {
        github = await StandIn.StartAsync();
        system = new(new() { BaseAddress = github.Address, Token = "t0ken", Repositories = ["acme/facilities", "acme/it"] }, github.Clients);
    }

    public async Task DisposeAsync() => await github.DisposeAsync();

    [Fact]
    public async Task An_issue_is_read_from_its_repository()
    {
        github.Answer("/api/v3/repos/acme/facilities/issues/7", """{"number":7,"title":"Lift","body":"**Stuck**","user":{"login":"dana"},"html_url":"https://github.example.com/acme/facilities/issues/7"}""");
        (await system.ReadAsync("#7")).ShouldBe(new Ticket("#7", "Lift", "Stuck\nRequester: dana", Link: "https://github.example.com/acme/facilities/issues/7"));
        github.Answer("/api/v3/repos/acme/it/issues/3", """{"number":3,"title":"Mail","body":null,"user":{"login":"dana"},"html_url":"javascript:alert(1)"}""");
        (await system.ReadAsync("acme/it#3")).ShouldBe(new Ticket("acme/it#3", "Mail", "Requester: dana"));
        ((string?)github.Asked[0].Headers.Accept).ShouldBe("application/vnd.github+json");
    }

    // GitHub redirects from an issue that was transferred to the one in its new repository, on the same host.
    [Theory]
    [InlineData("acme/it", "acme/it#5"), InlineData("ACME/IT", "acme/it#5"), InlineData("acme/other", null)]
    public async Task An_issue_that_was_transferred_is_the_one_in_its_new_repository_or_unknown_and_never_its_number_in_the_old_one(string to, string? reference)
    {
        github.Answer("/api/v3/repos/acme/facilities/issues/7", "{}", 301, ("Location", "/api/v3/repositories/9/issues/5"));
        github.Answer("/api/v3/repositories/9/issues/5", $$"""{"number":5,"title":"Lift","state":"closed","user":{"login":"dana"},"comments":0,"repository_url":"https://api.github.com/repos/{{to}}"}""");
        github.Answer("/api/v3/repos/acme/facilities", """{"full_name":"acme/facilities"}""");
        if (reference is null)
            await system.ShouldNotKnowAsync("#7");
        else
            (await system.ReadAsync("#7")).Reference.ShouldBe(reference);
        (await system.ReadAsync(["#7"], default))["#7"].ShouldBe(new TicketReading.Lost($"it was transferred to {to}#5"));
        (await system.SetStatusAsync("#7", "closed", default)).ShouldBeOfType<TicketWritten.Refused>("another issue is closed, not this one");
        (await system.HasNoteAsync("#7", "[BotDispatch 1-1]", default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_issue_of_a_repository_that_was_renamed_is_read_by_the_name_in_the_settings()
    {
        github.Answer("/api/v3/repos/acme/facilities/issues/7", "{}", 301, ("Location", "/api/v3/repositories/9/issues/7"));
        github.Answer("/api/v3/repositories/9/issues/7", """{"number":7,"title":"Lift","state":"open","user":{"login":"dana"},"html_url":"https://github.example.com/acme/buildings/issues/7"}""");
        github.Answer("/api/v3/repos/acme/facilities", """{"full_name":"acme/buildings"}""");
        (await system.ReadAsync("#7")).Reference.ShouldBe("#7");
        (await system.ReadAsync(["#7"], default))["#7"].ShouldBeOfType<TicketReading.Standing>();
        github.Asked.Count(each => each.Target == "/api/v3/repos/acme/facilities").ShouldBe(1);
    }

    [Theory]
    [InlineData("acme/it#3", "acme/it#3"), InlineData("ACME/Facilities # 07", "#7"), InlineData("other/repo#3", null), InlineData("acme/it", null)]
    public void A_reference_names_a_repository_of_the_settings(string typed, string? reference) => system.ReferenceIn(TypedText.Clean(typed)).ShouldBe(reference);

    [Fact]
    public void A_link_is_recognised()
    {
        system.ReferenceIn($"{github.Address}acme/it/issues/3#issuecomment-1").ShouldBe("acme/it#3");
        system.ReferenceIn($"{github.Address}acme/secret/issues/3").ShouldBeNull();
    }

    [Fact]
    public async Task Open_issues_are_listed_without_pull_requests()
    {
        github.Answer("/api/v3/repos/acme/facilities/issues?*", """[{"number":7,"title":"Lift"},{"number":8,"title":"A change","pull_request":{"url":"x"}}]""");
        github.Answer("/api/v3/repos/acme/it/issues?*", "[]");
        (await system.ListAsync("", 50, default)).ShouldNotBeNull().Select(each => each.Reference).ShouldBe(["#7"]);
    }

    [Fact]
    public async Task A_deleted_issue_is_unknown()
    {
        github.Answer("/api/v3/repos/acme/facilities/issues/7", """{"message":"This issue was deleted"}""", 410);
        github.Answer("/api/v3/user", """{"login":"bot"}""");
        await system.ShouldNotKnowAsync("#7");
    }
}

/// <summary>Shapes as GitLab documents them (API version 4).</summary>
public sealed class GitLabSystemTests : IAsyncLifetime
{
    StandIn gitlab = null!;
    GitLabSystem system = null!;

    public async Task InitializeAsync()
    {
        gitlab = await StandIn.StartAsync();
        system = new(new() { BaseAddress = gitlab.Address, Token = "t0ken", Projects = ["acme/sites/facilities", "acme/it"] }, gitlab.Clients);
    }

    public async Task DisposeAsync() => await gitlab.DisposeAsync();

    [Fact]
    public async Task An_issue_is_read_by_the_number_that_people_see()
    {
        // Kestrel decodes all of a path but the slash.
        gitlab.Answer("/api/v4/projects/acme%2Fsites%2Ffacilities/issues/7",
            """{"id":9001,"iid":7,"title":"Lift","description":"*Stuck*","severity":"HIGH","author":{"name":"Dana Fox"},"web_url":"https://gitlab.example.com/acme/sites/facilities/-/issues/7"}""");
        (await system.ReadAsync("#7")).ShouldBe(new Ticket("#7", "Lift", "Stuck\nRequester: Dana Fox", "HIGH", Link: "https://gitlab.example.com/acme/sites/facilities/-/issues/7"));
        ((string?)gitlab.Asked[0].Headers["PRIVATE-TOKEN"]).ShouldBe("t0ken");
    }

    [Theory]
    [InlineData("acme/sites/facilities/-/issues/7", "#7"), InlineData("acme/it/-/work_items/3", "acme/it#3"), InlineData("acme/it/-/issues/incident/3", "acme/it#3"), InlineData("acme/other/-/issues/3", null)]
    public void A_link_is_recognised(string path, string? reference) => system.ReferenceIn($"{gitlab.Address}{path}").ShouldBe(reference);

    [Fact]
    public async Task An_issue_without_a_severity_has_no_priority()
    {
        gitlab.Answer("/api/v4/projects/acme%2Fit/issues/3", """{"iid":3,"title":"Mail","severity":"UNKNOWN"}""");
        (await system.ReadAsync("acme/it#3")).Priority.ShouldBeNull();
    }
}

/// <summary>Shapes as ServiceNow documents them for the Table API.</summary>
public sealed class ServiceNowSystemTests : IAsyncLifetime
{
    const string Id = "9d385017c611228701d22104cc95c371";
    const string Record = """{"number":"INC0010023","short_description":"Lift 2 is stuck","description":"Two inside","priority":"1 - Critical","location":"Harbour House","caller_id":"Dana Fox","sys_id":"9d385017c611228701d22104cc95c371"}""";

    StandIn now = null!;
    ServiceNowSystem system = null!;

    public async Task InitializeAsync()
    {
        now = await StandIn.StartAsync();
        system = new(new() { BaseAddress = now.Address, UserName = "bot", Password = "secret" }, now.Clients);
    }

    public async Task DisposeAsync() => await now.DisposeAsync();

    [Fact]
    public async Task A_record_is_read_by_its_number()
    {
        now.Answer("/api/now/table/incident?sysparm_query=number%3DINC0010023&*", $$"""{"result":[{{Record}}]}""");
        (await system.ReadAsync("inc 10023")).ShouldBe(new Ticket("INC0010023", "Lift 2 is stuck", "Two inside\nRequester: Dana Fox", "1 - Critical", "Harbour House",
            $"{now.Address}nav_to.do?uri=incident.do%3Fsys_id%3D{Id}"));
    }

    // A condition that ServiceNow does not understand is left out of the query, which then finds any record.
    [Fact]
    public async Task Another_record_than_the_one_that_was_asked_for_is_not_dispatched()
    {
        now.Answer("/api/now/table/incident?*", $$"""{"result":[{{Record}}]}""");
        await system.ShouldNotKnowAsync("INC0099999");
    }

    [Theory]
    [InlineData("INC0010023", "INC0010023"), InlineData("chg-30000", "CHG0030000"), InlineData("RITM 0010001", "RITM0010001"), InlineData("LIFT123", null), InlineData("INC12", null), InlineData("INC0010023x", null)]
    public void A_number_is_recognised_by_its_table(string typed, string? reference) => system.ReferenceIn(TypedText.Clean(typed)).ShouldBe(reference);

    [Theory]
    [InlineData("nav_to.do?uri=incident.do?sys_id=" + Id), InlineData("nav_to.do?uri=%2Fincident.do%3Fsys_id%3D" + Id + "%26sysparm_view%3D"), InlineData("now/nav/ui/classic/params/target/incident.do%3Fsys_id%3D" + Id)]
    [InlineData("incident.do?sys_id=" + Id), InlineData("now/sow/record/incident/" + Id)]
    public async Task A_link_with_an_id_is_the_record_of_that_id(string path)
    {
        now.Answer($"/api/now/table/incident?sysparm_query=sys_id%3D{Id}&*", $$"""{"result":[{{Record}}]}""");
        (await system.ReadAsync($"{now.Address}{path}")).Reference.ShouldBe("INC0010023");
    }

    // The reference of such a link is what is looked for next, so it must be one itself.
    [Fact]
    public void The_reference_of_a_link_with_an_id_is_a_reference() =>
        system.ReferenceIn(system.ReferenceIn($"{now.Address}incident.do?sys_id={Id}").ShouldNotBeNull()).ShouldBe($"incident/{Id}");

    [Theory]
    [InlineData("INCIDENT/{0}"), InlineData("{1}Incident.do?sys_id={0}"), InlineData("incident/{0}")]
    public void A_record_is_the_same_in_any_case(string typed)
    {
        var reference = system.ReferenceIn(string.Format(null, typed, Id.ToUpperInvariant(), now.Address)).ShouldNotBeNull();
        (reference, system.ReferenceIn(reference.ToUpperInvariant())).ShouldBe(($"incident/{Id}", reference));
    }

    [Fact]
    public async Task An_instance_with_a_prefix_reads_its_own_numbers_links_and_news_and_none_without_it()
    {
        ITicketSystem emea = new ServiceNowSystem(new() { BaseAddress = now.Address, UserName = "bot", Password = "secret", Prefix = "EMEA-" }, now.Clients);
        now.Answer("/api/now/table/incident?sysparm_query=number%3DINC0010023&*", $$"""{"result":[{{Record}}]}""");
        now.Answer($"/api/now/table/incident?sysparm_query=sys_id%3D{Id}&*", $$"""{"result":[{{Record}}]}""");
        foreach (var typed in (string[])["EMEA-INC0010023", "emea inc 10023", $"{now.Address}incident.do?sys_id={Id}", $"{now.Address}incident.do?sysparm_query=number=INC0010023"])
            (await emea.ReadAsync(typed)).Reference.ShouldBe("EMEA-INC0010023");
        emea.ReferenceIn("INC0010023").ShouldBeNull();
        emea.OwnReferenceIn("INC0010023").ShouldBe("EMEA-INC0010023");
    }

    [Fact]
    public void A_link_with_a_number_is_recognised() => system.ReferenceIn($"{now.Address}incident.do?sysparm_query=number=INC0010023").ShouldBe("INC0010023");
}

/// <summary>Shapes as Zendesk documents them.</summary>
public sealed class ZendeskSystemTests : IAsyncLifetime
{
    StandIn zendesk = null!;
    ZendeskSystem system = null!;

    public async Task InitializeAsync()
    {
        zendesk = await StandIn.StartAsync();
        system = new(new() { BaseAddress = zendesk.Address, Email = "bot@example.com", ApiToken = "t0ken" }, zendesk.Clients);
    }

    public async Task DisposeAsync() => await zendesk.DisposeAsync();

    [Fact]
    public async Task A_ticket_is_read_with_the_name_of_its_requester()
    {
        zendesk.Answer("/api/v2/tickets/7.json?include=users", """
            {"ticket":{"id":7,"subject":"Lift","description":"Stuck\n\nDana","priority":"urgent","status":"open","requester_id":20978392,"custom_fields":[{"id":27642,"value":"East wing"}]},
            "users":[{"id":1,"name":"Agent"},{"id":20978392,"name":"Dana Fox"}]}
            """);
        (await system.ReadAsync("#7")).ShouldBe(new Ticket("#7", "Lift", "Stuck\n\nDana\nRequester: Dana Fox", "urgent", Link: $"{zendesk.Address}agent/tickets/7"));
        ((string?)zendesk.Asked[0].Headers.Authorization).ShouldBe("Basic " + Convert.ToBase64String("bot@example.com/token:t0ken"u8));
    }

    // Zendesk answers users/me with status 200 to anybody: whom it does not know is an anonymous user with the id null.
    [Fact]
    public async Task An_anonymous_user_is_nobody()
    {
        zendesk.Answer("/api/v2/users/me.json", """{"user":{"id":null,"name":"Anonymous user","email":"invalid@example.com","role":"end-user"}}""");
        (await system.CheckAsync(default)).ShouldBeOfType<SystemCheck.Refused>().Because.ShouldStartWith("Tickets:Zendesk:ApiToken is not accepted");
        (await system.WhyNotAsync("#9")).ShouldBe("Zendesk does not accept BotDispatch's credentials");
        zendesk.Answer("/api/v2/users/me.json", """{"user":{"id":5,"name":"Bot"}}""");
        (await system.CheckAsync(default)).ShouldBe(new SystemCheck.Known("Bot"));
        await system.ShouldNotKnowAsync("#9");
    }

    [Theory]
    [InlineData("agent/tickets/7"), InlineData("agent/#/tickets/7"), InlineData("hc/en-us/requests/7"), InlineData("tickets/7")]
    public void A_link_is_recognised(string path) => system.ReferenceIn($"{zendesk.Address}{path}").ShouldBe("#7");
}

/// <summary>A system that only the settings describe.</summary>
public sealed class HttpSystemTests : IAsyncLifetime
{
    StandIn server = null!;

    public async Task InitializeAsync() => server = await StandIn.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    HttpOptions Options => new()
    {
        BaseAddress = new(server.Address, "desk"),
        Name = "Helpdesk",
        Headers = { ["Authorization"] = "Key s3cret", ["X-Tenant"] = "acme" },
        Pattern = @"TKT-?(\d+)",
        LinkPattern = @"^t/(\d+)",
        TicketPath = "api/tickets/{number}?full=1",
        TicketRoot = "data.ticket",
        Title = "{name}",
        Description = "{text|html}\nReported by {from.name}",
        Priority = "{prio}",
        Place = "{site.title}",
        Link = "https://desk.example.com/t/{number}",
        CheckPath = "api/me",
        ListPath = "api/tickets?open=1&q={words}&n={most}",
        ListRoot = "data[*]",
        ListReference = "{key}",
    };

    [Fact]
    public async Task Addresses_and_fields_come_from_the_settings()
    {
        server.Answer("/desk/api/tickets/7?full=1", """{"data":{"ticket":{"name":"Lift","text":"<p>Stuck</p>","from":{"name":"Dana"},"prio":1,"site":{"title":"East wing"}}}}""");
        var system = new HttpSystem(Options, server.Clients);
        (await system.ReadAsync("tkt-7")).ShouldBe(new Ticket("TKT-7", "Lift", "Stuck\nReported by Dana", "1", "East wing", "https://desk.example.com/t/7"));
        ((string?)server.Asked[0].Headers.Authorization, (string?)server.Asked[0].Headers["X-Tenant"]).ShouldBe(("Key s3cret", "acme"));
        system.ReferenceIn($"{server.Address}desk/t/7").ShouldBe("TKT-7");
        server.Answer("/desk/api/tickets?open=1&q=a%26b%3D1&n=5", """{"data":[{"key":"TKT-8","name":"Till"},{"key":"?","name":"no ticket"}]}""");
        (await system.ListAsync("a&b=1", 5, default)).ShouldNotBeNull().Single().ShouldBe(new Ticket("TKT-8", "Till", Link: "https://desk.example.com/t/8"));
    }

    [Fact]
    public async Task A_reference_cannot_lead_elsewhere()
    {
        var options = Options;
        (options.Pattern, options.TicketPath, options.TicketRoot) = (".*", "api/{reference}", "");
        var system = new HttpSystem(options, server.Clients);
        server.Answer("/desk/api/me", "{}");
        foreach (var typed in (string[])["../../admin", "https://evil.example/x", "..%2f..%2fadmin", "a?b#c"])
            await system.ShouldNotKnowAsync(typed);
        server.Asked.ShouldAllBe(each => each.Target.StartsWith("/desk/api/"));
    }

    [Fact]
    public void What_is_missing_or_wrong_is_named()
    {
        Faults(Options).ShouldBeEmpty();
        Faults(new() { BaseAddress = server.Address }).Select(each => each.Split(' ')[0]).ShouldBe(
            ["Tickets:Http:Pattern", "Tickets:Http:TicketPath", "Tickets:Http:CheckPath", "Tickets:Http:Title"], ignoreOrder: true);
        var wrong = Options;
        (wrong.Pattern, wrong.LinkPattern, wrong.TicketPath, wrong.TicketRoot, wrong.Link, wrong.ListReference) = ("(", "(?=x)", "https://evil.example/{reference}", "a b", "{", "");
        wrong.Headers["bad name"] = "x";
        Faults(wrong).Select(each => each.Split(' ')[0]).ShouldBe(
            [.. new[] { "Pattern", "LinkPattern", "TicketPath", "TicketRoot", "Link", "ListReference", "Headers" }.Select(each => $"Tickets:Http:{each}")], ignoreOrder: true);

    }

    [Theory]
    [InlineData(@"INC\d{7}", "INC0010023", null), InlineData(@"INC\d{7}", " inc0010023 ", null), InlineData(@"INC\d{7}", "INC1", "Tickets:Http:Example does not match Pattern: write one whole reference that does, as TKT-1234."), InlineData("A|B", "AB", "Tickets:Http:Example does not match Pattern")]
    public void An_example_that_is_no_reference_is_refused_at_the_start(string pattern, string example, string? fault)
    {
        var options = Options;
        (options.Pattern, options.Example) = (pattern, example);
        if (fault is null)
            Faults(options).ShouldBeEmpty();
        else
            Faults(options).ShouldHaveSingleItem().ShouldStartWith(fault);
    }

    static IEnumerable<string> Faults(HttpOptions options) => new HttpOptionsValidator().Validate(null, options).Failures ?? [];

    [Theory]
    [InlineData("""{"text":"{text}"}""", null), InlineData("""{"note":{"html":false,"words":["Note: {text}"]}}""", null)]
    [InlineData("""{"text":"A note"}""", "has no {text} in its texts"), InlineData("""{"{text}":"A note"}""", "has no {text} in its texts")]
    // JsonObject of System.Text.Json 10.0 finds two fields of one name only when it is used, and throws ArgumentException then.
    [InlineData("""{"text":"{text}","text":"{text}"}""", "is no JSON object whose names are all different")]
    [InlineData("""{"note":{"a":1,"a":"{text}"}}""", "is no JSON object whose names are all different"), InlineData("[]", "is no JSON object")]
    public void A_body_without_a_place_for_the_note_or_with_a_name_twice_is_refused_at_the_start(string body, string? fault)
    {
        var options = Options;
        (options.WriteNotes, options.NotePath, options.NotesPath, options.NoteBody) = (true, "api/notes", "api/notes", body);
        if (fault is null)
            Faults(options).ShouldBeEmpty();
        else
            Faults(options).ShouldHaveSingleItem().ShouldStartWith($"Tickets:Http:NoteBody {fault}");
    }

    [Theory]
    [InlineData("Jira"), InlineData(" request tracker "), InlineData("GITHUB")]
    public void The_name_of_a_system_with_settings_of_its_own_is_refused_at_the_start(string name)
    {
        var options = Options;
        options.Name = name;
        Faults(options).ShouldHaveSingleItem().ShouldStartWith($"Tickets:Http:Name is {name.Trim()}, which is the name of a system with settings of its own");
    }

    [Fact]
    public void Every_system_with_settings_of_its_own_is_on_the_list_of_names()
    {
        ITicketSystem[] systems = [new RedmineSystem(On(new RedmineOptions()), server.Clients), new JiraSystem(On(new JiraOptions()), server.Clients),
            new ServiceNowSystem(On(new ServiceNowOptions()), server.Clients), new RequestTrackerSystem(On(new RequestTrackerOptions()), server.Clients),
            new ZendeskSystem(On(new ZendeskOptions()), server.Clients), new GitHubSystem(On(new GitHubOptions { Repositories = ["acme/it"] }), server.Clients),
            new GitLabSystem(On(new GitLabOptions { Projects = ["acme/it"] }), server.Clients)];
        systems.Select(each => each.Name).ShouldBe(TicketSystems.BuiltIn);
        systems.Length.ShouldBe(typeof(ITicketSystem).Assembly.GetTypes().Count(each => each.IsClass && each.IsAssignableTo(typeof(ITicketSystem))) - 1);
    }

    T On<T>(T options) where T : SystemSettings
    {
        options.BaseAddress = server.Address;
        return options;
    }
}
