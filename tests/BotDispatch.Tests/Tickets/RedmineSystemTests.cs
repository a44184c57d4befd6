using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.Markup;
using BotDispatch.Tickets.Redmine;

namespace BotDispatch.Tests.Tickets;

/// <summary>Shapes as Redmine 5.0.4 (Debian 12) writes them.</summary>
public sealed class RedmineSystemTests : IAsyncLifetime
{
    const string Issue = """
        {"issue":{"id":7,"project":{"id":1,"name":"Facilities"},"tracker":{"id":1,"name":"Bug"},"status":{"id":1,"name":"New","is_closed":false},
        "priority":{"id":4,"name":"Urgent"},"author":{"id":1,"name":"Dana Fox"},"subject":"Lift 2 is stuck",
        "description":"h2. What happened\r\n\r\nThe *emergency* phone works.\r\n\r\n* key at reception\r\n* two people",
        "custom_fields":[{"id":1,"name":"Contract","value":"A"},{"id":2,"name":"Location","value":"Harbour House, east wing"}],
        "created_on":"2026-11-29T23:53:01Z","updated_on":"2026-11-29T23:53:01Z","closed_on":null}}
        """;

    const string Me = """{"user":{"id":5,"login":"botdispatch","firstname":"Bot","lastname":"Dispatch"}}""";

    StandIn redmine = null!;
    RedmineSystem system = null!;

    public async Task InitializeAsync()
    {
        redmine = await StandIn.StartAsync();
        system = Make();
    }

    public async Task DisposeAsync() => await redmine.DisposeAsync();

    RedmineSystem Make(Action<RedmineOptions>? set = null)
    {
        var options = new RedmineOptions { BaseAddress = redmine.Address, ApiKey = "secret-key" };
        set?.Invoke(options);
        return new(options, redmine.Clients);
    }

    [Fact]
    public async Task An_issue_is_read_in_plain_words_with_place_requester_and_link()
    {
        redmine.Answer("/issues/7.json", Issue);
        var ticket = await system.ReadAsync("#7");
        ticket.Reference.ShouldBe("#7");
        ticket.Title.ShouldBe("Lift 2 is stuck");
        ticket.Description.ShouldBe("What happened\n\nThe emergency phone works.\n\n- key at reception\n- two people\nRequester: Dana Fox");
        (ticket.Priority, ticket.Place, ticket.Link).ShouldBe(("Urgent", "Harbour House, east wing", $"{redmine.Address}issues/7"));
        ((string?)redmine.Asked.Single().Headers["X-Redmine-API-Key"]).ShouldBe("secret-key");
    }

    [Fact]
    public async Task Templates_of_the_settings_say_what_is_spoken_and_shown()
    {
        redmine.Answer("/issues/7.json", Issue);
        var ticket = await Make(options => (options.Title, options.Description, options.Priority, options.Place) =
            ("{tracker.name}: {subject}", "{nothing}\nContract {custom_fields[name=contract].value}", "{status.name}", "{project.name}")).ReadAsync("7");
        (ticket.Title, ticket.Description, ticket.Priority, ticket.Place).ShouldBe(("Bug: Lift 2 is stuck", "Contract A", "New", "Facilities"));
    }

    // Redmine 5.0.4: a list has every description, of which one may have megabytes; nothing can be left out of the answer.
    [Theory]
    [InlineData("lifts #7", "L-"), InlineData("lifts 7", "L-"), InlineData("LIFTS L-7", "L-"), InlineData("Redmine (lifts) #7", "L-"), InlineData("redmine (lifts) L-7", "L-"), InlineData("Redmine (lifts): #7", null), InlineData("Redmine #7", null), InlineData("#7", null), InlineData("shops #7", null)]
    public void A_number_behind_a_name_that_people_read_is_recognised_whatever_the_prefix_is(string typed, string? prefix) =>
        Make(options => (options.Prefix, options.OwnName) = ("L-", "lifts")).ReferenceIn(TypedText.Clean(typed)).ShouldBe(prefix is null ? null : "L-7");

    [Fact]
    public async Task One_issue_with_megabytes_of_text_hides_no_other_issue_from_the_watch()
    {
        static string Of(params int[] ids) => string.Join(',', ids.Select(id => $$$"""{"id":{{{id}}},"subject":"Lift","status":{"id":1,"name":"New","is_closed":false}}"""));
        var large = new string('x', 17 * 1024 * 1024);
        redmine.Answer("/enumerations/issue_priorities.json", """{"issue_priorities":[]}""");
        foreach (var ids in (int[][])[[1, 2, 3, 4], [3, 4], [3], [1, 2]])
            redmine.Answer($"/issues.json?issue_id={string.Join(',', ids)}&status_id=*&limit=100", $$"""{"issues":[{{Of(ids)}}],"text":"{{(ids.Contains(3) ? large : "")}}"}""");
        redmine.Answer("/issues.json?issue_id=4&status_id=*&limit=100", $$"""{"issues":[{{Of(4)}}]}""");
        var read = await system.ReadAsync(["#1", "#2", "#3", "#4"], default);
        foreach (var other in (string[])["#1", "#2", "#4"])
            read[other].ShouldBeOfType<TicketReading.Standing>();
        read["#3"].ShouldBe(new TicketReading.Lost("it has more text than BotDispatch reads"), "it is said in its thread that nobody watches it");
    }

    // Redmine 5.0.4: a locked account's key is nobody's, who reads public projects with 200 and gets 401 or 404 for the rest, in any order.
    [Theory]
    [InlineData("#1", "#2", "#3"), InlineData("#3", "#2", "#1"), InlineData("#2", "#3", "#1")]
    public async Task A_key_that_is_not_accepted_is_noted_for_each_issue_that_it_hides_whatever_else_is_read_at_the_same_time(params string[] references)
    {
        redmine.Answer("/issues.json?*", """{"issues":[{"id":1,"subject":"Lift","status":{"id":1,"name":"New","is_closed":false}}]}""");
        redmine.Answer("/issues/2.json", "", 401);
        redmine.Answer("/users/current.json", "", 401);
        var reads = await Task.WhenAll(system.ReadAsync(references, default), system.ReadAsync(["#1"], default), system.ReadAsync(references, default));
        foreach (var read in (IReadOnlyDictionary<string, TicketReading>[])[reads[0], reads[2]])
        {
            read["#1"].ShouldBeOfType<TicketReading.Standing>("it is public");
            foreach (var hidden in (string[])["#2", "#3"])
                read[hidden].ShouldBe(new TicketReading.NotAdmitted("Correct Tickets:Redmine:ApiKey."));
        }
        reads[1].Values.ShouldHaveSingleItem().ShouldBeOfType<TicketReading.Standing>();
    }

    [Fact]
    public async Task Issues_that_must_be_asked_for_alone_have_their_turn_although_others_never_answer()
    {
        redmine.Answer("/issues.json?*", """{"issues":[]}""");
        redmine.Answer("/issues/7.json", """{"issue":{"id":7,"subject":"Lift","status":{"id":1,"name":"New","is_closed":false}}}""");
        foreach (var broken in Enumerable.Range(1, 6))
            redmine.Answer($"/issues/{broken}.json", "", 500);
        string[] references = ["#1", "#2", "#3", "#4", "#5", "#6", "#7"];
        (await system.ReadAsync(references, default)).ShouldBeEmpty("five are asked for alone in one look");
        (await system.ReadAsync(references, default))["#7"].ShouldBeOfType<TicketReading.Standing>();
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("!photo.png!"), InlineData("!>https://example.com/a.png!\n!b.png!")]
    public async Task An_issue_with_pictures_alone_is_dispatched_by_its_title(string? description)
    {
        redmine.Answer("/issues/7.json", System.Text.Json.JsonSerializer.Serialize(new { issue = new { id = 7, subject = "Lift 2 is stuck", description } }));
        var ticket = await system.ReadAsync("#7");
        ticket.Title.ShouldBe("Lift 2 is stuck");
        (ticket.Description ?? "").ShouldNotContain("!");
    }

    // Redmine 5.0.4: a wrong key is nobody's, and an anonymous reader gets public issues with 200 and 404 for the rest (seen on the installed tool).
    [Fact]
    public async Task An_issue_that_is_not_found_is_unknown_only_if_Redmine_knows_us()
    {
        redmine.Answer("/users/current.json", Me);
        await system.ShouldNotKnowAsync("#9");
        redmine.Answer("/users/current.json", "", 401);
        (await system.WhyNotAsync("#9")).ShouldBe("Redmine does not accept BotDispatch's credentials");
        redmine.Answer("/users/current.json", "", 404);
        (await system.WhyNotAsync("#9")).ShouldBe("nothing is found at the address that is set for Redmine");
    }

    // Redmine 5.0.4: /issues/1abc.json and /issues/01.json are issue 1, for reading and for writing.
    [Theory]
    [InlineData("#7", "#7"), InlineData("# 7", "#7"), InlineData("7", "#7"), InlineData("#007", "#7"), InlineData("Redmine #7", "#7"), InlineData("“#7”", "#7")]
    [InlineData("7abc", null), InlineData("#7-1", null), InlineData("#", null), InlineData("#0", null), InlineData("lift 7", null), InlineData("#1234567890123", null)]
    public void Only_digits_are_a_number(string typed, string? reference) => system.ReferenceIn(TypedText.Clean(typed)).ShouldBe(reference);

    [Theory]
    [InlineData("issues/7", "#7"), InlineData("issues/7?tab=history#note-3", "#7"), InlineData("projects/lifts/issues/7", "#7"), InlineData("issues/7.json", "#7")]
    [InlineData("issues", null), InlineData("projects/7", null), InlineData("issues/7x", null)]
    public void A_link_to_the_page_of_an_issue_is_that_issue(string path, string? reference) =>
        system.ReferenceIn(TypedText.Clean($"<{redmine.Address}{path}>")).ShouldBe(reference);

    [Fact]
    public void A_link_to_another_server_is_nothing() => system.ReferenceIn("https://redmine.evil.example/issues/7").ShouldBeNull();

    // Redmine 5.0.4: lists hold open issues alone, limit is cut to 100, and search.json writes total_count null for one letter.
    [Fact]
    public async Task Open_issues_are_listed_and_titles_are_searched()
    {
        redmine.Answer("/issues.json?status_id=open&sort=updated_on:desc&limit=50", """{"issues":[{"id":7,"subject":"Lift 2 is stuck","status":{"id":1,"name":"New"}}],"total_count":1,"offset":0,"limit":50}""");
        (await system.ListAsync("", 50, default)).ShouldNotBeNull().Single().ShouldSatisfyAllConditions(each => each.Reference.ShouldBe("#7"), each => each.Title.ShouldBe("Lift 2 is stuck"));
        redmine.Answer("/search.json?q=stuck%20lift&*", """{"results":[{"id":7,"title":"Bug #7 (New): Lift 2 is stuck","type":"issue","url":"http://x/issues/7"}],"total_count":1}""");
        (await system.ListAsync("stuck lift", 5, default)).ShouldNotBeNull().Single().Title.ShouldBe("Lift 2 is stuck");
        redmine.Answer("/search.json?q=1&*", """{"results":[],"total_count":null,"offset":0,"limit":5}""");
        (await system.ListAsync("1", 5, default)).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_text_formatting_of_the_installation_is_a_setting()
    {
        redmine.Answer("/issues/7.json", """{"issue":{"id":7,"subject":"x","description":"**Gas** in [canteen](https://plans.example.com)\n1. out"}}""");
        (await Make(options => options.Markup = TextFormat.Markdown).ReadAsync("7")).Description.ShouldBe("Gas in canteen (https://plans.example.com)\n\n1. out");
    }

    [Fact]
    public async Task What_is_no_issue_is_not_dispatched()
    {
        redmine.Answer("/issues/7.json", """{"issue":{"id":8,"subject":"another"}}""");
        (await system.WhyNotAsync("7")).ShouldBe("Redmine answered with something that is no issue");
        redmine.Answer("/issues/7.json", "[]");
        (await system.WhyNotAsync("7")).ShouldBe("Redmine answered with something that is no issue");
        redmine.Answer("/issues/7.json", "{}", 403);
        (await system.WhyNotAsync("7")).ShouldBe("Redmine does not let BotDispatch read it");
    }

    [Fact]
    public async Task The_key_is_checked_by_asking_who_we_are()
    {
        redmine.Answer("/users/current.json", Me);
        (await system.CheckAsync(default)).ShouldBe(new SystemCheck.Known("botdispatch"));
        redmine.Answer("/users/current.json", "", 401);
        (await system.CheckAsync(default)).ShouldBeOfType<SystemCheck.Refused>().Because.ShouldStartWith("Tickets:Redmine:ApiKey is not accepted by Redmine (status 401)");
        redmine.Answer("/users/current.json", "", 404);
        (await system.CheckAsync(default)).ShouldBeOfType<SystemCheck.WrongAddress>().Because.ShouldStartWith("Tickets:Redmine:BaseAddress is not the address of Redmine");
        redmine.Answer("/users/current.json", "<html>Sign in</html>");
        (await system.CheckAsync(default)).ShouldBeOfType<SystemCheck.Unreachable>().Because.ShouldStartWith("its answer is no JSON: Tickets:Redmine:BaseAddress");
    }
}
