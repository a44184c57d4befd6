using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.Jira;

namespace BotDispatch.Tests.Tickets;

/// <summary>Shapes as Atlassian documents them for REST API 3 (Cloud) and REST API 2 (Data Center).</summary>
public sealed class JiraSystemTests : IAsyncLifetime
{
    const string Query = "?fields=*all,-comment,-worklog,-attachment,-issuelinks,-subtasks";

    StandIn jira = null!;

    public async Task InitializeAsync() => jira = await StandIn.StartAsync();

    public async Task DisposeAsync() => await jira.DisposeAsync();

    JiraSystem Cloud(params string[] projects) => new(new() { BaseAddress = jira.Address, Email = "bot@example.com", ApiToken = "t0ken", Projects = projects }, jira.Clients);

    JiraSystem DataCenter(params string[] projects) => new(new() { BaseAddress = jira.Address, ApiToken = "t0ken", Projects = projects }, jira.Clients);

    // Jira's query finds by the beginning of a name or an email, and an email may be hidden.
    [Theory]
    [InlineData("""[{"accountId":"9","displayName":"Priya Nairn"}]""", false), InlineData("""[{"accountId":"9","displayName":"priya nair"}]""", true)]
    [InlineData("""[{"accountId":"8","displayName":"Somebody"},{"accountId":"9","displayName":"Priya Nair"}]""", true)]
    [InlineData("""[{"accountId":"8","displayName":"Priya Nair"},{"accountId":"9","displayName":"Priya Nair"}]""", false)]
    public async Task Somebody_with_a_hidden_email_is_assigned_only_if_the_name_is_the_same(string found, bool isAsked)
    {
        jira.Answer("/rest/api/3/user/assignable/search?*", found);
        var put = new List<string>();
        jira.Put = target => put.Add(target);
        var written = await Cloud().AssignAsync("OPS-7", new("priya.nair@example.com", "Priya Nair"), default);
        put.ShouldBe(isAsked ? ["/rest/api/3/issue/OPS-7/assignee"] : []);
        if (!isAsked)
            written.ShouldBeOfType<TicketWritten.Refused>().Remedy.ShouldStartWith("Write Tickets:Jira:Users:priya.nair@example.com with ");
    }

    [Fact]
    public async Task An_issue_that_was_moved_is_asked_for_by_its_new_key_from_then_on()
    {
        const string Fields = """
            "fields":{"summary":"Lift","status":{"name":"Open","statusCategory":{"key":"new"}}}
            """;
        jira.Post = body => body.Contains("\"NEW-9\"", StringComparison.Ordinal) ? $$"""{"issues":[{"key":"NEW-9",{{Fields}}}]}""" : """{"issues":[]}""";
        jira.Answer("/rest/api/3/priority/search?*", """{"values":[{"id":"1"}]}""");
        jira.Answer("/rest/api/3/issue/OPS-7?*", $$"""{"key":"NEW-9",{{Fields}}}""");
        var system = Cloud();
        for (var n = 0; n < 3; n++)
            (await system.ReadAsync(["OPS-7"], default))["OPS-7"].ShouldBeOfType<TicketReading.Standing>().Status.ShouldBe("Open");
        jira.Asked.Count(each => each.Target.StartsWith("/rest/api/3/issue/OPS-7?", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Jira_Cloud_writes_documents_and_they_become_plain_words()
    {
        jira.Answer("/rest/api/3/issue/OPS-7" + Query, """
            {"id":"10002","key":"OPS-7","fields":{"summary":"Backup failed","priority":{"name":"Highest","id":"1"},"reporter":{"displayName":"Dana Fox","accountId":"5b1"},
            "customfield_10042":{"value":"Data centre 1","id":"1"},"environment":null,"description":{"type":"doc","version":1,"content":[
            {"type":"paragraph","content":[{"type":"text","text":"Three nights "},{"type":"text","text":"in a row","marks":[{"type":"strong"}]}]},
            {"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"disk has 4 %"}]}]}]}]}}}
            """);
        var system = new JiraSystem(new() { BaseAddress = jira.Address, Email = "bot@example.com", ApiToken = "t0ken", Place = "{fields.customfield_10042}" }, jira.Clients);
        var ticket = await system.ReadAsync("ops-7");
        ticket.ShouldBe(new("OPS-7", "Backup failed", "Three nights in a row\n- disk has 4 %\nRequester: Dana Fox", "Highest", "Data centre 1", $"{jira.Address}browse/OPS-7"));
        ((string?)jira.Asked.Single().Headers.Authorization).ShouldBe("Basic Ym90QGV4YW1wbGUuY29tOnQwa2Vu");
    }

    // Each list in a list is four levels of JSON.
    [Theory]
    [InlineData(10), InlineData(100)]
    public async Task A_document_of_lists_in_lists_becomes_its_words(int deep)
    {
        var list = """{"type":"paragraph","content":[{"type":"text","text":"disk has 4 %"}]}""";
        for (var level = 0; level < deep; level++)
            list = $$"""{"type":"bulletList","content":[{"type":"listItem","content":[{{list}}]}]}""";
        jira.Answer("/rest/api/3/issue/OPS-7" + Query, $$$"""{"key":"OPS-7","fields":{"summary":"Backup failed","description":{"type":"doc","version":1,"content":[ {{{list}}} ]} } }""");
        (await Cloud().ReadAsync("OPS-7")).Description.ShouldNotBeNull().ShouldEndWith("- disk has 4 %");
    }

    // A document that nobody writes costs neither the process nor the command.
    [Fact]
    public async Task A_document_that_is_too_deep_is_said_and_nothing_else_happens()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"type":"panel","content":[""", 5000));
        jira.Answer("/rest/api/3/issue/OPS-7" + Query, $$$"""{"key":"OPS-7","fields":{"summary":"Backup failed","description":{"type":"doc","content":[ {{{deep}}}{{{string.Concat(Enumerable.Repeat("]}", 5000))}}} ]} } }""");
        (await Cloud().WhyNotAsync("OPS-7")).ShouldStartWith("Jira: its answer is no JSON");
    }

    [Fact]
    public async Task Jira_Data_Center_writes_wiki_markup_and_takes_a_personal_access_token()
    {
        jira.Answer("/rest/api/2/issue/OPS-7" + Query, """{"key":"OPS-7","fields":{"summary":"Backup failed","description":"h3. Log\r\n{code}rsync error{code}\r\n*Nothing* is lost, see [plan|https://x.example.com]"}}""");
        (await DataCenter().ReadAsync("OPS-7")).Description.ShouldBe("Log\nrsync error\n\nNothing is lost, see plan (https://x.example.com)");
        ((string?)jira.Asked.Single().Headers.Authorization).ShouldBe("Bearer t0ken");
    }

    [Fact]
    public async Task An_issue_that_was_moved_is_dispatched_under_its_new_key()
    {
        jira.Answer("/rest/api/3/issue/OPS-7" + Query, """{"key":"NEW-1","fields":{"summary":"Moved"}}""");
        var ticket = await Cloud().ReadAsync("OPS-7");
        (ticket.Reference, ticket.Link).ShouldBe(("NEW-1", $"{jira.Address}browse/NEW-1"));
    }

    // Jira says 404 for an issue that an account may not see, and treats some wrong credentials as an anonymous reader.
    [Fact]
    public async Task An_issue_that_is_not_found_is_unknown_only_if_Jira_knows_us()
    {
        jira.Answer("/rest/api/3/issue/OPS-7" + Query, """{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}""", 404);
        jira.Answer("/rest/api/3/myself", """{"accountId":"5b1","displayName":"Bot"}""");
        await Cloud().ShouldNotKnowAsync("OPS-7");
        jira.Answer("/rest/api/3/myself", "Client must be authenticated to access this resource.", 401);
        (await Cloud().WhyNotAsync("OPS-7")).ShouldBe("Jira does not accept BotDispatch's credentials");
    }

    [Theory]
    [InlineData("OPS-7", "OPS-7"), InlineData("ops-007", "OPS-7"), InlineData("OPS - 7", "OPS-7"), InlineData("OPS–7", "OPS-7"), InlineData("OPS—7.", "OPS-7"), InlineData("«OPS‑7»", "OPS-7")]
    [InlineData("ＯＰＳ－７", "OPS-7"), InlineData("A_B2-7", "A_B2-7"), InlineData("OPS-٧", "OPS-7"), InlineData("OPS\u200b-7", "OPS-7")]
    [InlineData("OPS 7", null), InlineData("lift 2", null), InlineData("OPS-", null), InlineData("OPS-0", null), InlineData("-7", null), InlineData("OPS-7 lift", null), InlineData("7OPS-7", null)]
    public void A_key_is_recognised_however_it_was_typed(string typed, string? reference) => Cloud().ReferenceIn(TypedText.Clean(typed)).ShouldBe(reference);

    [Theory]
    [InlineData("OPS 7", "OPS-7"), InlineData("ops7", "OPS-7"), InlineData("HELP-1", "HELP-1"), InlineData("INC-1042", null), InlineData("lift 2", null)]
    public void With_projects_in_the_settings_only_theirs_are_recognised_and_also_without_a_hyphen(string typed, string? reference) =>
        Cloud("OPS", "help").ReferenceIn(TypedText.Clean(typed)).ShouldBe(reference);

    [Theory]
    [InlineData("browse/OPS-7"), InlineData("browse/ops-7?focusedCommentId=1"), InlineData("jira/software/projects/OPS/boards/1?selectedIssue=OPS-7")]
    [InlineData("servicedesk/customer/portal/2/OPS-7"), InlineData("projects/OPS/queues/custom/1/OPS-7"), InlineData("projects/OPS/issues/OPS-7?filter=all")]
    public void A_link_to_any_page_of_an_issue_is_that_issue(string path) => Cloud().ReferenceIn($"{jira.Address}{path}").ShouldBe("OPS-7");

    // Jira Cloud's search/jql refuses a query without a restriction ("Unbounded JQL queries are not allowed here").
    [Fact]
    public async Task Open_issues_are_searched_within_bounds_and_nothing_typed_can_leave_its_quotes()
    {
        jira.Answer("/rest/api/3/search/jql?*", """{"issues":[{"id":"1","key":"OPS-7","fields":{"summary":"Backup failed","priority":null}}],"isLast":true}""");
        (await Cloud().ListAsync("", 50, default)).ShouldNotBeNull().Single().Title.ShouldBe("Backup failed");
        Jql().ShouldBe("updated >= -30d AND statusCategory != Done ORDER BY updated DESC");
        await Cloud("OPS").ListAsync("back\" OR project = \"HR", 50, default);
        Jql().ShouldBe("project in (\"OPS\") AND statusCategory != Done AND summary ~ \"back  OR project    HR*\" ORDER BY updated DESC");

        string Jql() => Uri.UnescapeDataString(jira.Asked[^1].Target.Split("jql=")[1].Split('&')[0]);
    }
}
