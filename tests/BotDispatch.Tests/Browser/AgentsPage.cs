using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BotDispatch.Tests.Browser;

/// <summary>The page of the Agents Playground, and Priya before it: what she does there as a person would.</summary>
internal sealed class AgentsPage(IPage screen, AgentsWire wire)
{
    const int MostTries = 10;

    public IPage Screen => screen;

    /// <summary>The posts of a channel with their threads, the newest first.</summary>
    public ILocator Posts => screen.GetByRole(AriaRole.Group).Filter(new() { Has = Button("Show more information") });

    /// <summary>The dialog of a message extension.</summary>
    public ILocator Dialog => screen.GetByRole(AriaRole.Dialog);

    /// <summary>The card of a dispatch, in a channel with its thread, by words that are on it.</summary>
    public ILocator Thread(string words) => Posts.Filter(new() { HasText = words }).Filter(new() { Has = screen.GetByRole(AriaRole.Heading) });

    public ILocator Button(string name, ILocator? within = null) =>
        within is null ? screen.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }) : within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Status(string status) => screen.GetByRole(AriaRole.Heading, new() { NameRegex = new($"{Regex.Escape(status)}$") });

    public Task SeesAsync(string words) => PlaygroundPage.SeesAsync(screen.GetByText(words).First);

    public async Task GoToAsync(string place)
    {
        await screen.GetByRole(AriaRole.Treeitem, new() { NameRegex = new(Regex.Escape(place)) }).ClickAsync();
        await PlaygroundPage.SeesAsync(screen.GetByRole(AriaRole.Textbox).First);
    }

    /// <summary>Begins a post in the channel with the bot, chosen from the picker.</summary>
    public async Task PostAsync(string words)
    {
        await TypeAsync(screen.GetByRole(AriaRole.Textbox).First, words, isMentioned: true);
        await SendAsync(words, () => Button("Post").ClickAsync());
    }

    /// <summary>Begins a post for people.</summary>
    public async Task SayAsync(string words)
    {
        await TypeAsync(screen.GetByRole(AriaRole.Textbox).First, words, isMentioned: false);
        await SendAsync(words, () => Button("Post").ClickAsync());
    }

    /// <summary>Writes in a chat.</summary>
    public async Task WriteAsync(string words, bool isMentioned = false)
    {
        await TypeAsync(screen.GetByRole(AriaRole.Textbox).Last, words, isMentioned);
        await SendAsync(words, () => screen.Keyboard.PressAsync("Enter"));
    }

    public async Task PickAsync(params string[] people)
    {
        var field = screen.GetByRole(AriaRole.Combobox, new() { Name = "Whom to phone" });
        await field.ClickAsync();
        foreach (var person in people)
            await screen.GetByRole(AriaRole.Menuitemcheckbox, new() { NameRegex = new(Regex.Escape(person)) }).ClickAsync();
        await screen.Keyboard.PressAsync("Escape");
    }

    /// <summary>Presses a button, and sees what comes of it before anything else of the product gets through: it is the answer to the press.</summary>
    public async Task PressAndSeeAsync(ILocator button, ILocator seen)
    {
        using var held = wire.Hold();
        await button.ClickAsync();
        await PlaygroundPage.SeesAsync(seen);
    }

    /// <summary>
    /// Opens what a card has behind a button, presses a button there and waits for <paramref name="seen"/>, if it is given. Nothing else of the product gets through meanwhile,
    /// because a card that is drawn anew closes what was opened on it.
    /// </summary>
    public async Task PressBehindAsync(ILocator opener, string opened, ILocator button, ILocator? seen = null)
    {
        using var held = wire.Hold();
        await opener.ClickAsync();
        await SeesAsync(opened);
        await button.ClickAsync();
        if (seen is not null)
            await PlaygroundPage.SeesAsync(seen);
    }

    /// <summary>
    /// Sends the dialog of a message extension and closes it, as a person does who reads what it answers: that it has begun; or, on a busy machine, that this is not
    /// known yet, and then they try again. Nothing else of the product gets through meanwhile.
    /// </summary>
    /// <remarks>
    /// @microsoft/m365agentsplayground 0.2.28 empties an open dialog of a message extension when a message is posted into the conversation behind it, 0.03 to 0.9 s after
    /// the dialog's answer: seen on the wire, where the answer had passed before the post did.
    /// </remarks>
    public async Task DispatchAsync()
    {
        var begun = Dialog.GetByText("It has started. Its card shows how it goes.");
        var again = Button("Try again", Dialog);
        using var held = wire.Hold();
        var pressed = Button("Dispatch", Dialog);
        // The dispatch is committed behind the first press, however late its answer is.
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var answers = Submissions;
            await pressed.ClickAsync();
            await wire.UntilAsync(_ => Submissions > answers);
            await PlaygroundPage.SeesAsync(begun.Or(again).First);
            if (!await begun.IsVisibleAsync())
            {
                await PlaygroundPage.SeesAsync(Dialog.GetByText("We do not know yet whether this has started"));
                pressed = again;
                continue;
            }
            await Button("Close", Dialog).ClickAsync();
            return;
        }
        await PlaygroundPage.SeesAsync(begun);
    }

    int Submissions => wire.Passed.Count(each => each.IsToBot && (string?)each.Body?["name"] == "composeExtension/submitAction");

    /// <summary>Opens the message extension with that command, from the button beside where one writes or from a message's menu.</summary>
    public async Task OpenExtensionAsync(ILocator opener, string command)
    {
        await opener.ClickAsync();
        await screen.GetByRole(AriaRole.Menuitem, new() { Name = "Action Command" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Command ID" }).FillAsync(command);
        await Button("Create", Dialog).ClickAsync();
    }

    async Task TypeAsync(ILocator box, string words, bool isMentioned)
    {
        await box.ClickAsync();
        if (isMentioned)
        {
            await screen.Keyboard.TypeAsync("@");
            await screen.GetByRole(AriaRole.Menuitem, new() { NameRegex = new("BotDispatch") }).ClickAsync();
            await Assertions.Expect(box).ToContainTextAsync("BotDispatch");
            await screen.Keyboard.TypeAsync(" ");
        }
        await screen.Keyboard.TypeAsync(words);
        await Assertions.Expect(box).ToContainTextAsync(words);
    }

    // The page loses an answer that is there before what it answers.
    async Task SendAsync(string words, Func<Task> send)
    {
        using var held = wire.Hold();
        await send();
        var written = words.Length == 0 ? "BotDispatch" : words;
        await Assertions.Expect(screen.GetByRole(AriaRole.Textbox).Filter(new() { HasText = written })).ToHaveCountAsync(0);
        await SeesAsync(written);
    }
}
