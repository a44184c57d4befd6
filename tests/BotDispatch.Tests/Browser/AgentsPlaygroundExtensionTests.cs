using static BotDispatch.Tests.Browser.PlaygroundPage;

namespace BotDispatch.Tests.Browser;

[Collection(nameof(AgentsPlayground))]
public class AgentsPlaygroundExtensionTests(AgentsBrowser browser)
{
    [AgentsPlaygroundFact]
    public async Task A_message_is_dispatched_from_its_menu_and_anything_from_where_one_writes()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Operations");
        var (page, wire) = (world.Page, world.Wire);
        await page.SayAsync("The coffee machine leaks *badly*");
        var post = page.Posts.Filter(new() { HasText = "coffee machine" });
        await page.OpenExtensionAsync(page.Button("Show more information", post), "dispatchMessage");
        await SeesAsync(page.Dialog.GetByText("The coffee machine leaks *badly*"));
        await page.Button("Dispatch", page.Dialog).ClickAsync();
        await SeesAsync(page.Dialog.GetByText("Pick at least one person to phone."));
        await page.PickAsync("Lucía Moreno");
        await page.Button("Show order and words", page.Dialog).ClickAsync();
        await SeesAsync(page.Dialog.GetByText("1. Lucía Moreno"));
        await SeesAsync(page.Dialog.GetByText("What Lucía Moreno will hear:"));
        await page.DispatchAsync();
        await SeesAsync(page.Thread("coffee machine").GetByRole(Microsoft.Playwright.AriaRole.Heading));
        await world.AnswerAsync("lucia.moreno", "1");
        await SeesAsync(page.Status("Accepted"));

        await page.OpenExtensionAsync(page.Button("Trigger Message Extension App").First, "dispatchCompose");
        await page.Button("Next", page.Dialog).ClickAsync();
        await SeesAsync(page.Dialog.GetByText("Say what needs to be done: a ticket, like /dispatch INC-1042"));
        await page.Dialog.GetByLabel("What needs to be done?").FillAsync("INC-9999");
        await page.Button("Next", page.Dialog).ClickAsync();
        await SeesAsync(page.Dialog.GetByText("There is no ticket INC-9999."));
        await page.Dialog.GetByLabel("What needs to be done?").FillAsync("OPS-7 @jonas @marcus note: from the console");
        await page.Button("Next", page.Dialog).ClickAsync();
        await SeesAsync(page.Dialog.GetByText("2. Marcus Reed"));
        await page.Button("Move up", page.Dialog).ClickAsync();
        await SeesAsync(page.Dialog.GetByText("2. Jonas Weber"));
        await page.DispatchAsync();
        await world.AnswerAsync("marcus.reed", "1");
        await SeesAsync(page.Thread("OPS-7").GetByText("Marcus Reed accepted by phone."));
        await wire.SaidAsync("Asked for by Priya Nair. To be called, in this order: Marcus Reed, Jonas Weber.");
        world.Complaints.ShouldBeEmpty();
    }
}
