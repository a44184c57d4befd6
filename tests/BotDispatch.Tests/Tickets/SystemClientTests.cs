using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.Redmine;

namespace BotDispatch.Tests.Tickets;

/// <summary>What holds for every ticket system that is asked.</summary>
public sealed class SystemClientTests : IAsyncLifetime
{
    const string Good = """{"issue":{"id":7,"subject":"Lift"}}""";

    readonly ManualClock clock = new();
    StandIn server = null!;
    RedmineSystem system = null!;

    public async Task InitializeAsync()
    {
        server = await StandIn.StartAsync(clock);
        system = new(new() { BaseAddress = server.Address, ApiKey = "secret-key" }, server.Clients);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_system_that_does_not_answer_is_given_up_after_six_seconds()
    {
        var never = new TaskCompletionSource();
        server.Ready = never.Task;
        var asking = system.FindAsync("#7", default);
        while (server.Asked.Count == 0)
            await Task.Yield();
        clock.Advance(SystemClient.Timeout);
        (await asking).ShouldBe(new FoundTicket.Unavailable("Redmine: no answer in time"));
        never.SetResult();
    }

    [Theory]
    [InlineData(429, "30", 30), InlineData(503, "30", 30), InlineData(403, "30", 30), InlineData(429, "86400", 900), InlineData(429, null, 10)]
    public async Task A_system_that_asks_to_be_left_alone_is_not_asked_until_then(int status, string? after, int seconds)
    {
        server.Answer("/issues/7.json", "{}", status, after is null ? [] : [("Retry-After", after)]);
        (await system.WhyNotAsync("7")).ShouldBe($"Redmine: it asks to be left alone for {seconds} s");
        server.Answer("/issues/7.json", Good);
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        (await system.WhyNotAsync("7")).ShouldBe("Redmine: it asks to be left alone for 1 s");
        server.Asked.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await system.ReadAsync("7")).Title.ShouldBe("Lift");
    }

    [Fact]
    public async Task A_title_that_was_cut_within_an_emoji_is_spoken_without_it()
    {
        server.Answer("/issues/7.json", """{"issue":{"id":7,"subject":"Lift is stuck \ud83d"}}""");
        (await system.ReadAsync("7")).Title.ShouldBe("Lift is stuck");
        server.Answer("/issues/7.json", "\uFEFF" + Good);
        (await system.ReadAsync("7")).Title.ShouldBe("Lift");
    }

    [Fact]
    public async Task Retry_After_may_be_a_date()
    {
        server.Answer("/issues/7.json", "{}", 429, ("Retry-After", clock.GetUtcNow().AddSeconds(45).ToString("r")));
        (await system.WhyNotAsync("7")).ShouldBe("Redmine: it asks to be left alone for 45 s");
    }

    // GitHub counts in X-RateLimit-* and names the moment; Zendesk and GitLab count in RateLimit-*, the first in seconds that are left.
    [Theory]
    [InlineData("X-RateLimit-Remaining", "X-RateLimit-Reset", true), InlineData("RateLimit-Remaining", "RateLimit-Reset", false)]
    public async Task A_limit_that_is_used_up_is_kept_before_it_is_broken(string remaining, string reset, bool isMoment)
    {
        server.Answer("/issues/7.json", Good, 200, (remaining, "0"), (reset, (isMoment ? clock.GetUtcNow().ToUnixTimeSeconds() + 60 : 60).ToString()));
        (await system.ReadAsync("7")).Title.ShouldBe("Lift");
        (await system.WhyNotAsync("7")).ShouldBe("Redmine: it asks to be left alone for 60 s");
        server.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_is_followed_on_the_same_server_and_nowhere_else()
    {
        await using var other = await StandIn.StartAsync();
        other.Answer("/issues/7.json", Good);
        server.Answer("/issues/7.json", "", 302, ("Location", $"{other.Address}issues/7.json"));
        (await system.WhyNotAsync("7")).ShouldBe(
            "Redmine: it redirects to another server, where BotDispatch does not follow: Tickets:Redmine:BaseAddress must be the address of the system itself");
        other.Asked.ShouldBeEmpty();
        server.Answer("/issues/7.json", "", 301, ("Location", "/moved/7.json"));
        server.Answer("/moved/7.json", Good);
        (await system.ReadAsync("7")).Title.ShouldBe("Lift");
        server.Answer("/moved/7.json", "", 301, ("Location", "/issues/7.json"));
        (await system.WhyNotAsync("7")).ShouldBe("Redmine: it redirects in a circle");
    }

    [Theory]
    [InlineData(500, "<html>oops</html>", "Redmine: it answers with status 500"), InlineData(502, "", "Redmine: it answers with status 502")]
    [InlineData(200, "<html>Sign in</html>", "Redmine: its answer is no JSON: Tickets:Redmine:BaseAddress may be the address of something else, or a page for signing in comes first")]
    [InlineData(200, "\"text\"", "Redmine: its answer is no JSON: Tickets:Redmine:BaseAddress may be the address of something else, or a page for signing in comes first")]
    public async Task An_answer_of_no_use_is_said_in_words(int status, string body, string because)
    {
        server.Answer("/issues/7.json", body, status);
        (await system.WhyNotAsync("7")).ShouldBe(because);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_given_up()
    {
        server.Answer("/issues/7.json", $$$"""{"issue":{"id":7,"subject":"Lift","description":"{{{new string('x', 1024 * 1024)}}}"}}""");
        (await system.WhyNotAsync("7")).ShouldBe("Redmine: the answer is too large");
    }

    [Fact]
    public async Task Half_a_character_costs_its_field_alone()
    {
        server.Answer("/issues/7.json", """{"issue":{"id":7,"subject":"Lift","description":"\ud800","priority":{"name":"High"}}}""");
        var ticket = await system.ReadAsync("7");
        (ticket.Title, ticket.Description, ticket.Priority).ShouldBe(("Lift", null, "High"));
    }

    [Fact]
    public async Task Trouble_is_logged_once_with_its_end_and_without_the_credentials()
    {
        server.Answer("/issues/7.json", "{}", 500);
        await system.WhyNotAsync("7");
        await system.WhyNotAsync("7");
        server.Answer("/issues/7.json", Good);
        await system.ReadAsync("7");
        (server.Logged.Count(362), server.Logged.Count(363)).ShouldBe((1, 1));
        server.Logged.Lines.ShouldAllBe(line => !line.Contains("secret-key") && !line.Contains("Lift"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_in_words()
    {
        var gone = new RedmineSystem(new() { BaseAddress = new("http://127.0.0.1:9"), ApiKey = "k" }, server.Clients);
        (await gone.WhyNotAsync("7")).ShouldBe("Redmine: the connection is refused");
    }

    [Fact]
    public async Task A_description_is_cut_and_a_title_is_one_line()
    {
        server.Answer("/issues/7.json", $$$"""{"issue":{"id":7,"subject":"{{{new string('t', 400)}}}\r\nmore","description":"{{{new string('d', 20_000)}}}"}}""");
        var ticket = await system.ReadAsync("7");
        ticket.Title.Length.ShouldBe(TicketTemplates.LongestTitle);
        ticket.Title.ShouldNotContain("\n");
        ticket.Description!.Length.ShouldBe(TicketTemplates.LongestDescription);
    }
}
