using System.Text.Json;
using BotDispatch.Tests.Playground;

namespace BotDispatch.Tests.Tickets;

/// <summary>The whole app with a ticket system beside it, driven through the playground.</summary>
public sealed class TicketsFlowTests : IAsyncLifetime
{
    StandIn redmine = null!;
    PlaygroundHost playground = null!;

    public async Task InitializeAsync()
    {
        redmine = await StandIn.StartAsync();
        redmine.Answer("/users/current.json", """{"user":{"id":5,"login":"botdispatch"}}""");
        redmine.Answer("/issues.json?*", """{"issues":[{"id":7,"subject":"Lift 2 is stuck"}],"total_count":1}""");
        redmine.Answer("/issues/7.json", """{"issue":{"id":7,"subject":"Lift 2 is stuck","description":"Two *people*","priority":{"name":"Urgent"},"author":{"name":"Dana Fox"}}}""");
        playground = await PlaygroundHost.StartAsync(("Tickets:Redmine:BaseAddress", redmine.Address.ToString()), ("Tickets:Redmine:ApiKey", "secret-key"));
    }

    public async Task DisposeAsync()
    {
        await playground.DisposeAsync();
        await redmine.DisposeAsync();
    }

    [Theory]
    [InlineData("/dispatch #7"), InlineData("/dispatch “＃7”"), InlineData("/dispatch 7")]
    public async Task A_ticket_of_the_system_is_shown_spoken_and_dispatched(string typed)
    {
        var form = await FormAsync(typed);
        var ticket = form.GetProperty("ticket");
        Text(ticket, "reference").ShouldBe("#7");
        Text(ticket, "description").ShouldBe("Two people\nRequester: Dana Fox");
        Text(ticket, "link").ShouldBe($"{redmine.Address}issues/7");
        form.GetProperty("people")[0].GetProperty("spokenPreview").GetString().ShouldNotBeNull().ShouldContain("Lift 2 is stuck");
    }

    [Fact]
    public async Task A_link_to_the_ticket_is_the_ticket_and_an_unknown_one_is_said_in_private_with_the_nearest()
    {
        Text((await FormAsync($"/dispatch {redmine.Address}issues/7?tab=history")).GetProperty("ticket"), "title").ShouldBe("Lift 2 is stuck");
        var unknown = await playground.PostAsync("command", new { @as = "dispatcher", text = "/dispatch #8", delivery = "d" });
        Text(unknown, "kind").ShouldBe("private");
        Text(unknown, "text").ShouldNotBeNull().ShouldStartWith("There is no ticket #8.");
    }

    // Issue 9 is in no list of the system.
    [Theory]
    [InlineData("https://nam01.safelinks.protection.outlook.com/?url={0}&data=05%7C02&reserved=0"), InlineData("https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={0}&locale=en-us")]
    [InlineData("https://slack-redir.net/link?url={0}&v=3"), InlineData("https://www.google.com/url?q={0}&sa=D"), InlineData("https://urldefense.com/v3/__{1}__;!!AbC-9w!x$"), InlineData("https://urldefense.proofpoint.com/v2/url?u={2}&d=x"), InlineData("{1}")]
    public async Task Words_behind_a_wrapped_link_are_answered_with_its_ticket_and_those_words(string wrapper)
    {
        redmine.Answer("/issues/9.json", """{"issue":{"id":9,"subject":"No light"}}""");
        foreach (var number in (string[])["7", "9"])
        {
            var answer = await playground.PostAsync("command", new { @as = "dispatcher", text = $"/dispatch {Wrapped(wrapper, number)} the lift is stuck again, call Ann", delivery = number });
            Text(answer, "text").ShouldNotBeNull().Replace("\u2068", "").Replace("\u2069", "").ShouldStartWith($"#{number} is a ticket. To add words to it, write: /dispatch #{number} note: the lift is stuck again, call Ann.");
        }
        var both = await playground.PostAsync("command", new { @as = "dispatcher", text = $"/dispatch {Wrapped(wrapper, "7")} and {Wrapped(wrapper, "9")}", delivery = "both" });
        Text(both, "text").ShouldNotBeNull().Replace("\u2068", "").Replace("\u2069", "").ShouldStartWith("#7 and #9 are tickets. Dispatch each by itself: /dispatch #7.");
    }

    string Wrapped(string wrapper, string number)
    {
        var link = $"{redmine.Address}issues/{number}";
        return wrapper.Replace("{0}", Uri.EscapeDataString(link)).Replace("{1}", link).Replace("{2}", link.Replace(":", "-3A").Replace("/", "_"));
    }

    [Fact]
    public async Task While_the_system_is_down_the_dialog_opens_with_what_was_typed_and_can_be_sent()
    {
        redmine.Answer("/issues/7.json", "oops", 500);
        var form = await FormAsync("/dispatch #7");
        Text(form, "notices").ShouldNotBeNull().ShouldContain("(Redmine: it answers with status 500). You can dispatch what you typed");
        form.GetProperty("ticket").GetProperty("isFreeText").GetBoolean().ShouldBeTrue();
    }

    async Task<JsonElement> FormAsync(string typed)
    {
        var answer = await playground.PostAsync("command", new { @as = "dispatcher", text = typed, delivery = Guid.NewGuid().ToString() });
        Text(answer, "kind").ShouldBe("form", answer.ToString());
        return answer.GetProperty("form");
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
