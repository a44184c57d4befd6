using Microsoft.Playwright;
using static BotDispatch.Tests.Browser.PlaygroundPage;

namespace BotDispatch.Tests.Browser;

public class PlaygroundPageTests
{
    [ChromiumFact]
    public async Task From_the_typed_command_to_Accepted_with_the_keyboard_alone()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        var screen = page.Page;
        await page.TabToAsync(screen.GetByRole(AriaRole.Combobox, new() { Name = "Message or command" }));
        await page.Keys.TypeAsync("/dispatch badge");
        await SeesAsync(screen.GetByRole(AriaRole.Option, new() { Name = "INC-1077" }));
        await page.Keys.PressAsync("ArrowDown");
        await page.Keys.PressAsync("Enter");
        await page.Keys.PressAsync("Enter");

        await SeesAsync(screen.GetByRole(AriaRole.Dialog));
        await page.Keys.TypeAsync("jonas");
        await page.Keys.PressAsync("Enter");
        await page.Keys.TypeAsync("ann");
        await page.Keys.PressAsync("Enter");
        await page.TabToAsync(screen.GetByRole(AriaRole.Button, new() { Name = "Move up Ann Lee" }));
        await page.Keys.PressAsync("Enter");
        await page.TabToAsync(screen.GetByRole(AriaRole.Button, new() { Name = "Dispatch", Exact = true }));
        await page.Keys.PressAsync("Enter");

        await page.TabToAsync(screen.GetByRole(AriaRole.Button, new() { Name = "Answer" }).First);
        await page.Keys.PressAsync("Enter");
        var phone = screen.GetByRole(AriaRole.Region, new() { Name = "Ann Lee" });
        await SeesAsync(phone.GetByText("Listening for a key"));
        await page.TabToAsync(phone.GetByRole(AriaRole.Button, new() { Name = "1", Exact = true }));
        await page.Keys.PressAsync("Enter");

        await SeesAsync(screen.GetByRole(AriaRole.Article, new() { Name = "INC-1077: Accepted" }));
        await SeesAsync(screen.Locator(".is-echo").GetByText("Ann Lee"));
        page.Complaints.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task What_people_wrote_is_shown_as_it_is_and_runs_nowhere()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        const string attack = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        page.Page.Dialog += (_, dialog) => page.Complaints.Add(dialog.Message);

        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Message or command" }).FillAsync(attack);
        await page.Keys.PressAsync("Enter");

        await SeesAsync(page.Page.Locator(".is-said").GetByText(attack, new() { Exact = true }));
        page.Complaints.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task The_page_says_that_it_reconnects_and_is_right_after_a_restart()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        var typed = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Message or command" });
        await typed.FillAsync("Said before the restart");
        await page.Keys.PressAsync("Enter");
        await SeesAsync(page.Page.GetByText("Said before the restart"));

        await page.Host.RestartAsync();

        await SeesAsync(page.Page.GetByText("Live", new() { Exact = true }));
        await typed.FillAsync("Said after it");
        await page.Keys.PressAsync("Enter");
        await SeesAsync(page.Page.GetByText("Said after it"));
        await SeesAsync(page.Page.GetByText("Said before the restart"));
    }
}
