using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static BotDispatch.Tests.Browser.AgentsPlaygroundProcess;
using static BotDispatch.Tests.Browser.PlaygroundPage;

namespace BotDispatch.Tests.Browser;

[Collection(nameof(AgentsPlayground))]
public class AgentsPlaygroundChannelTests(AgentsBrowser browser)
{
    [AgentsPlaygroundFact]
    public async Task From_a_mention_in_a_channel_to_Accepted()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Operations");
        var (page, wire) = (world.Page, world.Wire);
        await page.PostAsync("dispatch INC-1042");
        await SeesAsync(page.Button("Choose people"));
        await page.Button("Choose here").ClickAsync();
        await page.PickAsync("Tom Okafor", "Jonas Weber", "Ann Lee");
        await page.Screen.GetByLabel("Note, spoken after the ticket").FillAsync("use gate B");
        await page.Button("Dispatch").ClickAsync();
        await page.SeesAsync("Tom Okafor cannot be phoned");
        await page.PickAsync("Tom Okafor");
        await page.Button("Show order and words").ClickAsync();
        // Whichever of them this client named first, the other one is to be phoned first.
        await Assertions.Expect(page.Button("Move up")).ToHaveCountAsync(1);
        if (await page.Screen.GetByText("1. Ann Lee", new() { Exact = true }).CountAsync() == 1)
            await page.Button("Move up").ClickAsync();
        await page.SeesAsync("1. Jonas Weber");
        await page.PressAndSeeAsync(page.Button("Dispatch"), page.Screen.GetByText("It has started. Its card shows how it goes."));

        await SeesAsync(page.Status("Calling"));
        await world.AnswerAsync("jonas.weber", "2");
        await world.AnswerAsync("ann.lee", "1");
        await SeesAsync(page.Status("Accepted"));
        var thread = page.Thread("INC-1042");
        await SeesAsync(thread.GetByText("Ann Lee accepted by phone."));
        await SeesAsync(thread.GetByText("Note: use gate B"));

        var line = await wire.SaidAsync("Ann Lee pressed 1");
        line.Words.ShouldContain("✅ <at>Priya Nair</at> Accepted: Ann Lee pressed 1 (attempt 1 of 3).");
        var mention = line.Body!["entities"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)mention["text"]!, (string)mention["mentioned"]!["id"]!).ShouldBe(("<at>Priya Nair</at>", "29:priya"));
        wire.Said.ShouldContain("Asked for by Priya Nair. To be called, in this order: Jonas Weber, Ann Lee.");
        wire.Said.ShouldContain("Calling Ann Lee, attempt 1 of 3.");
        wire.Said.ShouldContain(said => said.StartsWith("❌ Jonas Weber", StringComparison.Ordinal));
        // The card is a post of its own, everything below it is in its thread, and it is always the same one that is drawn.
        var root = RootOf(wire);
        wire.Passed.Where(each => each.Words.Length > 0 && !each.Words.StartsWith("Hello.", StringComparison.Ordinal)).ShouldAllBe(each => each.Path.Contains(Uri.EscapeDataString($"{Operations};messageid={root}"), StringComparison.Ordinal));
        wire.Passed.Where(each => each.Redraws).ShouldAllBe(each => each.Path.EndsWith($"/{root}", StringComparison.Ordinal));
        world.Complaints.ShouldBeEmpty();
    }

    [AgentsPlaygroundFact]
    public async Task The_presser_sees_the_result_at_once_and_everybody_else_later()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Operations");
        var (page, wire) = (world.Page, world.Wire);
        await page.PostAsync("dispatch Printer 4 is on fire @marcus @camille");
        await page.Button("Choose here").ClickAsync();
        await page.Button("Dispatch").ClickAsync();
        await world.RingsAsync("marcus.reed");
        await page.SeesAsync("Ringing Marcus Reed");

        // Another one, with the same card before him, who is nobody in the directory.
        var card = await wire.DrawnAsync("Ringing Marcus Reed");
        var shown = await PressAsGusAsync(world, card, "dispatch_take");
        shown.GetProperty("value").GetString().ShouldNotBeNull().ShouldStartWith("Only employees can take a job");

        await page.PressAndSeeAsync(page.Button("Skip"), page.Screen.GetByText("2. Camille Durand: Now"));
        (await PressAsGusAsync(world, card, "dispatch_skip")).GetProperty("value").GetString().ShouldNotBeNull().ShouldStartWith("Nobody was skipped: it is not Marcus Reed's turn any more.");
        await wire.SaidAsync("Priya Nair skipped Marcus Reed.");
        await world.RingsAsync("camille.durand");
        await page.SeesAsync("Ringing Camille Durand");

        await page.PressBehindAsync(page.Button("Cancel"), "Really cancel? BotDispatch makes no further calls", page.Button("Cancel it"), page.Status("Cancelled"));
        await wire.DrawnAsync("Cancelled by Priya Nair.");

        const string Continues = "Continues in the same thread";
        await page.PressBehindAsync(page.Button("Re-dispatch"), Continues, page.Button("Back"), page.Status("Cancelled"));
        await page.PressBehindAsync(page.Button("Re-dispatch"), Continues, page.Button("Dispatch"));
        await world.RingsAsync("marcus.reed");
        await page.SeesAsync("Ringing Marcus Reed");
        await wire.SaidAsync("Re-dispatched by Priya Nair.");

        await page.PressAndSeeAsync(page.Button("I take it"), page.Screen.GetByText("Taken by Priya Nair in the channel."));
        await wire.SaidAsync("✅ <at>Priya Nair</at> Accepted: taken by Priya Nair in the channel.");
        await page.Button("Done").ClickAsync();
        var done = await wire.UntilAsync(each => each.IsToBot && (string?)each.Body?["value"]?["action"]?["verb"] == "dispatch_done");
        Verbs(done.Card!).ShouldBe(["dispatch_redispatch"]);
        await wire.SaidAsync("Priya Nair marked it done.");
        wire.Passed.Count(each => each is { PostsCard: true, Body: { } body } && body["activity"] is not null).ShouldBe(1, "one card for both dispatches");
        world.Complaints.ShouldBeEmpty();
    }

    static string RootOf(AgentsWire wire) => (string)wire.Passed.Single(each => each.PostsCard && each.Body!["activity"] is not null).Answer!["activityId"]!;

    static async Task<System.Text.Json.JsonElement> PressAsGusAsync(AgentsPlayground world, Exchange drawn, string verb)
    {
        var action = Find(drawn.Card!, verb);
        var root = RootOf(world.Wire);
        using var answer = await world.Http.PostAsync("_conversation/v1/invoke", new StringContent(new JsonObject
        {
            ["name"] = "adaptiveCard/action",
            ["from"] = new JsonObject { ["id"] = "29:gus" },
            ["conversation"] = new JsonObject { ["id"] = $"{Operations};messageid={root}" },
            ["replyToId"] = root,
            ["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = action["data"]!.DeepClone() }, ["trigger"] = "manual" },
        }.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return System.Text.Json.JsonElement.Parse(text);
    }

    static JsonObject Find(JsonNode node, string verb) => Parts(node).First(each => (string?)each["verb"] == verb && each["type"] is not null);

    static IEnumerable<string> Verbs(JsonNode node) => Parts(node).Where(each => (string?)each["type"] == "Action.Execute").Select(each => (string)each["verb"]!);

    static IEnumerable<JsonObject> Parts(JsonNode? node) => node switch
    {
        JsonObject part => part.Where(each => each.Key != "fallback").SelectMany(each => Parts(each.Value)).Prepend(part),
        JsonArray list => list.SelectMany(Parts),
        _ => [],
    };
}
