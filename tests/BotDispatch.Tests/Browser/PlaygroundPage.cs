using BotDispatch.Tests.Playground;
using Microsoft.Playwright;

namespace BotDispatch.Tests.Browser;

/// <summary>The playground's page in a real browser that remembers every complaint and every address it asked.</summary>
internal sealed class PlaygroundPage : IAsyncDisposable
{
    const float Longest = 60_000;

    // Each test waits for what it looks at; the last pictures and fonts need not have come.
    static readonly PageGotoOptions Parsed = new() { WaitUntil = WaitUntilState.DOMContentLoaded };

    readonly IPlaywright playwright;
    readonly IBrowser browser;

    PlaygroundPage(PlaygroundHost host, IPlaywright playwright, IBrowser browser, IPage page) =>
        (Host, this.playwright, this.browser, Page) = (host, playwright, browser, page);

    public PlaygroundHost Host { get; }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public IKeyboard Keys => Page.Keyboard;

    public static async Task<PlaygroundPage> OpenAsync()
    {
        var host = await PlaygroundHost.StartAsync(("Policy:RingTimeout", "00:02:00"));
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFactAttribute.Path,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = Patient(await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } }));
        var opened = new PlaygroundPage(host, playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                opened.Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => opened.Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Address.ToString(), StringComparison.Ordinal))
                opened.Complaints.Add($"asked {request.Url}");
        };
        await GoAsync(page, $"{host.Address}playground");
        await SeesAsync(page.GetByText("Live", new() { Exact = true }));
        return opened;
    }

    /// <summary>Waits until it can be seen.</summary>
    public static Task SeesAsync(ILocator what) => Assertions.Expect(what).ToBeVisibleAsync();

    /// <summary>Goes to a page, and once more if it does not come: a browser that begins beside much other work was seen to load its first page for ever.</summary>
    public static async Task GoAsync(IPage page, string address)
    {
        try
        {
            await page.GotoAsync(address, Parsed);
        }
        catch (TimeoutException)
        {
            await page.GotoAsync(address, Parsed);
        }
    }

    /// <summary>A page before which nobody gives up for want of speed: a machine may be busy with much else.</summary>
    public static IPage Patient(IPage page)
    {
        page.SetDefaultTimeout(Longest);
        Assertions.SetDefaultExpectTimeout(Longest);
        return page;
    }

    /// <summary>Presses Tab until that is where the keyboard is.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var steps = 0; steps < 60; steps++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await Keys.PressAsync("Tab");
        }
        throw new InvalidOperationException("Tab never led there.");
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Host.DisposeAsync();
    }
}
