using static BotDispatch.Tests.Browser.AgentsPlaygroundProcess;
using static BotDispatch.Tests.Browser.PlaygroundPage;

namespace BotDispatch.Tests.Browser;

[Collection(nameof(AgentsPlayground))]
public class AgentsPlaygroundChatTests(AgentsBrowser browser)
{
    [AgentsPlaygroundFact]
    public async Task In_a_personal_chat_and_in_a_group_chat_what_happens_follows_the_card()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Personal Chat");
        await DispatchAsync(world, "dispatch FM-301", Personal, "eleni.papadaki", "Ελένη Παπαδάκη", isMentioned: false);
        await world.Page.GoToAsync("Night shift");
        // Nobody asked the bot.
        await world.Page.WriteAsync("dispatch FM-314");
        await DispatchAsync(world, "dispatch FS-2205", GroupChat, "priya.nair", "Priya Nair", isMentioned: true);
        world.Wire.Passed.ShouldNotContain(each => !each.IsToBot && each.Body != null && each.Body.ToJsonString().Contains("FM-314", StringComparison.Ordinal));
        world.Complaints.ShouldBeEmpty();
    }

    [AgentsPlaygroundFact]
    public async Task The_bot_greets_once_and_an_empty_mention_gets_help()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Operations");
        var (page, wire) = (world.Page, world.Wire);
        await wire.SaidAsync("Mention me first when you type a command here.");
        await page.PostAsync("");
        await wire.SaidAsync("/dispatch INC-1042 – choose whom to phone about a ticket, and start");
        // The page tells of every installation anew.
        await world.ReloadAsync("General");
        await world.Page.PostAsync("list");
        await wire.SaidAsync("Nothing is being dispatched, and no accepted job is waiting to be done.");
        wire.Passed.Count(each => each.IsToBot && (string?)each.Body?["type"] == "installationUpdate").ShouldBeGreaterThan(2);
        wire.Said.Count(said => said.Contains("Mention me first when you type a command here.", StringComparison.Ordinal)).ShouldBe(1, "once in a team");
        world.Complaints.ShouldBeEmpty();
    }

    static async Task DispatchAsync(AgentsPlayground world, string command, string chat, string employee, string name, bool isMentioned)
    {
        var (page, wire) = (world.Page, world.Wire);
        await page.WriteAsync(command, isMentioned);
        await page.Button("Choose here").ClickAsync();
        await page.SeesAsync("Its card will appear in this chat.");
        await page.PickAsync(name);
        await page.Button("Dispatch").ClickAsync();
        await world.AnswerAsync(employee, "1");
        await SeesAsync(page.Status("Accepted"));
        var line = await wire.SaidAsync($"Accepted: {name} pressed 1");
        await page.SeesAsync($"Accepted: {name} pressed 1");
        line.Path.ShouldBe($"/_connector/v3/conversations/{Uri.EscapeDataString(chat)}/activities");
        line.Body!["entities"]!.AsArray().Count.ShouldBe(1);
        (await wire.DrawnAsync($"{name} accepted by phone.")).Path.ShouldStartWith($"/_connector/v3/conversations/{Uri.EscapeDataString(chat)}/activities/");
    }
}
