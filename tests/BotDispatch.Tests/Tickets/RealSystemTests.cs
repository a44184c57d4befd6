using System.Net.Http.Json;
using System.Text.Json;
using BotDispatch.Tickets;
using BotDispatch.Tickets.Redmine;

namespace BotDispatch.Tests.Tickets;

/// <summary>Runs if the environment names a real ticket system; tests/run starts one where Debian's package is installed.</summary>
internal sealed class RealSystemFactAttribute : FactAttribute
{
    public RealSystemFactAttribute(string variable)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            Skip = $"{variable} is not set: tests/run starts this ticket system where Debian's package is installed.";
    }
}

/// <summary>A real Redmine (seen with 5.0.4-5+deb12u1, SQLite), filled by tests/ticket-systems/redmine.rb.</summary>
[Collection("real Redmine")]
public sealed class RealRedmineTests : IAsyncLifetime
{
    const string Variable = "BOTDISPATCH_TEST_REDMINE";

    StandIn bench = null!;

    public async Task InitializeAsync() => bench = await StandIn.StartAsync(new PatientClock());

    public async Task DisposeAsync() => await bench.DisposeAsync();

    static string Key => Environment.GetEnvironmentVariable("BOTDISPATCH_TEST_REDMINE_KEY")!;

    RedmineSystem System(string? key = null) =>
        new(new() { BaseAddress = new(Environment.GetEnvironmentVariable(Variable)!), ApiKey = key ?? Key }, bench.Clients);

    [RealSystemFact(Variable)]
    public async Task A_real_issue_is_read()
    {
        var ticket = await System().ReadAsync("#1");
        (ticket.Reference, ticket.Title, ticket.Priority, ticket.Place).ShouldBe(("#1", "Lift 2 is stuck", "Urgent", "Harbour House, east wing"));
        ticket.Description.ShouldBe("What happened\n\nThe emergency phone works, see the plan (https://plans.example.com/2).\n\n- key at reception\n- two people\n\nE 1407\nRequester: Redmine Admin");
        ticket.Link.ShouldBe($"{Environment.GetEnvironmentVariable(Variable)}/issues/1");
    }

    // 5.0.4: a wrong key reads public projects as anonymous, with status 200; only users/current.json says that it is nobody's.
    [RealSystemFact(Variable)]
    public async Task A_wrong_key_is_noticed_although_public_issues_can_be_read_with_it()
    {
        var wrong = System("0123456789012345678901234567890123456789");
        (await wrong.ReadAsync("#1")).Title.ShouldBe("Lift 2 is stuck");
        (await wrong.CheckAsync(default)).ShouldBeOfType<SystemCheck.Refused>().Because.ShouldStartWith("Tickets:Redmine:ApiKey is not accepted by Redmine (status 401)");
        (await wrong.WhyNotAsync("#999")).ShouldBe("Redmine does not accept BotDispatch's credentials");
        (await System().CheckAsync(default)).ShouldBe(new SystemCheck.Known("botdispatch"));
        await System().ShouldNotKnowAsync("#999");
    }

    // 5.0.4: an issue of a private project answers 403 to somebody who is no member.
    [RealSystemFact(Variable)]
    public async Task An_issue_that_we_may_not_see_is_said_as_such() => (await System().WhyNotAsync("#3")).ShouldBe("Redmine does not let BotDispatch read it");

    // 5.0.4: /issues/1abc.json is issue 1.
    [RealSystemFact(Variable)]
    public async Task Redmine_reads_a_number_with_letters_and_we_do_not()
    {
        using var http = new HttpClient { BaseAddress = new(Environment.GetEnvironmentVariable(Variable)! + "/") };
        http.DefaultRequestHeaders.Add("X-Redmine-API-Key", Key);
        (await http.GetFromJsonAsync<JsonElement>("issues/1abc.json")).GetProperty("issue").GetProperty("id").GetInt32().ShouldBe(1);
        System().ReferenceIn("1abc").ShouldBeNull();
    }

    // 5.0.4: a list holds open issues alone; search.json writes total_count null for one letter.
    [RealSystemFact(Variable)]
    public async Task Open_issues_are_listed_and_closed_ones_are_read_all_the_same()
    {
        var open = (await System().ListAsync("", 50, default)).ShouldNotBeNull();
        open.Select(each => each.Reference).ShouldContain("#1");
        open.Select(each => each.Reference).ShouldNotContain("#2");
        (await System().ReadAsync("#2")).Title.ShouldBe("Till 4 is broken");
        // Other tests make issues of that title, so there may be several.
        var found = (await System().ListAsync("stuck lift", 50, default)).ShouldNotBeNull();
        found.Select(each => each.Reference).ShouldContain("#1");
        found.ShouldAllBe(each => each.Title == "Lift 2 is stuck");
        (await System().ListAsync("x", 5, default)).ShouldNotBeNull().ShouldBeEmpty();
    }
}

/// <summary>A real Request Tracker (seen with 5.0.3+dfsg-3~deb12u7, SQLite), empty but for what these tests make.</summary>
[Collection("real Request Tracker")]
public sealed class RealRequestTrackerTests : IAsyncLifetime
{

    RealRequestTracker tracker = null!;

    public async Task InitializeAsync() => tracker = await RealRequestTracker.OpenAsync();

    public async Task DisposeAsync() => await tracker.DisposeAsync();

    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_real_ticket_is_read_with_the_words_of_its_first_message_and_not_with_those_of_the_automatic_answer()
    {
        var id = await MakeAsync("Lift 2 is stuck", "<p>Two <b>Männer</b> inside.</p><ul><li>key at reception</li></ul>", "text/html");
        var ticket = await tracker.System().ReadAsync($"RT-{id}");
        (ticket.Reference, ticket.Title, ticket.Priority).ShouldBe(($"RT-{id}", "Lift 2 is stuck", "80"));
        ticket.Description.ShouldBe("Two Männer inside.\n\n- key at reception\nRequester: dana@example.com");
        (await tracker.System().ReadAsync($"RT-{await MakeAsync("No light", "a < b & c\nsecond line", "text/plain")}")).Description.ShouldBe("a < b & c\nsecond line\nRequester: dana@example.com");
    }

    // 5.0.3: content is base64 where one attachment is read, and plain text in a list of attachments.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_ticket_without_a_message_is_read()
    {
        var id = await tracker.MakeAsync(new { Queue = "General", Subject = "No words" });
        (await tracker.System().ReadAsync($"RT-{id}")).Description.ShouldBeNull();
    }

    // 5.0.3: a merged number answers as the other ticket, with status 200 and no hint.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_merged_ticket_is_followed()
    {
        var (lost, kept) = (await MakeAsync("Lift again", "same", "text/plain"), await MakeAsync("Lift", "the one", "text/plain"));
        (await tracker.Http.PutAsync($"ticket/{lost}", RealRequestTracker.Json(new { MergeInto = kept }))).EnsureSuccessStatusCode();
        (await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{lost}")).GetProperty("id").GetInt32().ToString().ShouldBe(kept);
        (await tracker.System().ReadAsync($"RT-{lost}")).Reference.ShouldBe($"RT-{kept}");
    }

    // 5.0.3: a deleted ticket is read with status 200, and no search finds it.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_deleted_ticket_is_unknown_and_a_resolved_one_is_read()
    {
        var deleted = await MakeAsync("Gone", "x", "text/plain");
        (await tracker.Http.DeleteAsync($"ticket/{deleted}")).EnsureSuccessStatusCode();
        (await tracker.Http.GetAsync($"ticket/{deleted}")).EnsureSuccessStatusCode();
        await tracker.System().ShouldNotKnowAsync($"RT-{deleted}");
        var resolved = await MakeAsync("Solved", "x", "text/plain");
        (await tracker.Http.PutAsync($"ticket/{resolved}", RealRequestTracker.Json(new { Status = "resolved" }))).EnsureSuccessStatusCode();
        (await tracker.System().ReadAsync($"RT-{resolved}")).Title.ShouldBe("Solved");
        (await tracker.System().ListAsync("Solved", 50, default)).ShouldNotBeNull().ShouldBeEmpty("only active tickets are suggested");
    }

    // 5.0.3: orderby with an unknown field counts tickets and lists none, with status 200.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task Active_tickets_are_listed_the_one_that_changed_last_first()
    {
        var id = await MakeAsync("It's the \"gate\"", "x", "text/plain");
        (await tracker.System().ListAsync("", 50, default)).ShouldNotBeNull()[0].Reference.ShouldBe($"RT-{id}");
        (await tracker.System().ListAsync("It's the \"gate\"", 5, default)).ShouldNotBeNull().ShouldContain(each => each.Reference == $"RT-{id}");
        var unsorted = await tracker.Http.GetFromJsonAsync<JsonElement>("tickets?query=Status%3D'new'&orderby=NoSuchField");
        (unsorted.GetProperty("total").GetInt32() > 0, unsorted.GetProperty("items").GetArrayLength()).ShouldBe((true, 0));
    }

    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_wrong_password_and_an_unknown_number_are_distinguished()
    {
        (await tracker.System("wrong").CheckAsync(default)).ShouldBeOfType<SystemCheck.Refused>().Because.ShouldStartWith("Tickets:RequestTracker:Password is not accepted");
        (await tracker.System("wrong").WhyNotAsync("RT-1")).ShouldBe("Request Tracker does not accept BotDispatch's credentials");
        (await tracker.System().CheckAsync(default)).ShouldBeOfType<SystemCheck.Known>();
        await tracker.System().ShouldNotKnowAsync("RT-999999");
    }

    Task<string> MakeAsync(string subject, string content, string type) => tracker.MakeAsync(
        new { Queue = "General", Subject = subject, Content = content, ContentType = type, Requestor = "dana@example.com", Priority = "80" });
}
