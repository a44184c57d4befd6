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
    public async Task In_high_contrast_the_focus_and_the_chosen_speed_can_be_seen()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        await page.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.TabToAsync(page.Page.GetByRole(AriaRole.Button, new() { Name = "Play the story" }));
        (await page.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).ShouldBe("solid");
        (await ColourAsync(":checked")).ShouldNotBe(await ColourAsync(":not(:checked)"));

        Task<string> ColourAsync(string which) => page.Page.EvaluateAsync<string>($"getComputedStyle(document.querySelector('.speeds input{which} + span')).color");
    }

    [ChromiumFact]
    public async Task Keys_that_choose_wait_for_what_the_newest_text_means()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        var composer = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Message or command" });
        await composer.FocusAsync();
        await page.Keys.TypeAsync("/dispatch ba");
        await SeesAsync(page.Page.GetByText("back", new() { Exact = true }));
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await page.Page.RouteAsync("**/suggest?*", async route =>
        {
            asked.TrySetResult();
            await answer.Task;
            await route.ContinueAsync();
        });

        await page.Keys.TypeAsync("d");
        await asked.Task;
        await page.Keys.PressAsync("ArrowDown");
        await page.Keys.PressAsync("Enter");
        answer.SetResult();

        await Assertions.Expect(composer).ToHaveValueAsync("/dispatch INC-1077");
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

    [ChromiumFact]
    public async Task A_card_of_ones_own_comes_into_sight_and_answers_in_private_leave_its_line_there()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        var screen = page.Page;
        await screen.SetViewportSizeAsync(1200, 600);
        for (var line = 0; line < 12; line++)
        {
            await SendAsync(page, $"Said line {line}");
            await SeesAsync(screen.GetByText($"Said line {line}", new() { Exact = true }));
        }
        await SendAsync(page, "/dispatch INC-1042 @ann");
        await SeesAsync(screen.GetByRole(AriaRole.Dialog));
        await SeesAsync(screen.GetByRole(AriaRole.Dialog).GetByText("0 of 500 characters"));
        await SeesAsync(screen.GetByRole(AriaRole.Dialog).GetByText("Press 1 to accept. Press 2 to reject."));
        await screen.Locator("#timeline").EvaluateAsync("channel => channel.scrollTo(0, 0)");
        await screen.GetByRole(AriaRole.Button, new() { Name = "Dispatch", Exact = true }).ClickAsync();

        var now = screen.GetByRole(AriaRole.Article, new() { Name = "INC-1042: Calling" }).Locator(".now");
        await Assertions.Expect(now).ToBeInViewportAsync();

        await SendAsync(page, "/dispatch help");
        await SendAsync(page, "/dispatch oncall");
        await SeesAsync(screen.Locator(".is-private .words").GetByText("Can be phoned: "));
        await Assertions.Expect(screen.Locator(".is-private details[open]")).ToHaveCountAsync(1);
        await screen.Locator("#timeline").EvaluateAsync("channel => channel.scrollTo(0, 0)");
        var live = screen.Locator("#live");
        await SeesAsync(live);
        (await live.TextContentAsync()).ShouldNotBeNull().ShouldStartWith("INC-1042: ");
        await live.ClickAsync();
        await Assertions.Expect(now).ToBeInViewportAsync();
        page.Complaints.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_description_unfolds_urgency_is_seen_and_the_press_that_sound_needs_is_offered()
    {
        await using var page = await PlaygroundPage.OpenAsync();
        var screen = page.Page;
        await screen.SetViewportSizeAsync(420, 900);
        await SendAsync(page, "/dispatch INC-1042 @ann");
        await SeesAsync(screen.GetByRole(AriaRole.Dialog));
        await screen.GetByRole(AriaRole.Button, new() { Name = "Dispatch", Exact = true }).ClickAsync();

        var card = screen.GetByRole(AriaRole.Article, new() { Name = "INC-1042" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        (await card.Locator(".description").EvaluateAsync<bool>("words => words.scrollHeight <= words.clientHeight + 1")).ShouldBeTrue();
        await SeesAsync(card.GetByRole(AriaRole.Button, new() { Name = "Show less" }));
        await Assertions.Expect(card.Locator(".priority")).ToHaveAttributeAsync("data-priority", "critical");
        (await screen.EvaluateAsync<string[]>("async () => { const { levelOf } = await import('/playground/card.js'); return ['P1', '1 - Critical', 'Sev 0', 'P2', 'High', 'P3', 'Medium', 'P4', 'P10', ''].map(levelOf); }"))
            .ShouldBe(["critical", "critical", "critical", "high", "high", "medium", "medium", "low", "low", "low"]);
        (await screen.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(420);

        await screen.GetByRole(AriaRole.Tab, new() { Name = "Phones" }).ClickAsync();
        await screen.Locator("#sound-note").GetByRole(AriaRole.Button, new() { Name = "Switch the sound on" }).ClickAsync();
        await Assertions.Expect(screen.Locator("#sound")).ToHaveAttributeAsync("aria-pressed", "true");
        page.Complaints.ShouldBeEmpty();
    }

    static async Task SendAsync(PlaygroundPage page, string text)
    {
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Message or command" }).FillAsync(text);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
    }
}
