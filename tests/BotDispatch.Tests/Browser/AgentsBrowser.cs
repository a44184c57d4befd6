using Microsoft.Playwright;

namespace BotDispatch.Tests.Browser;

/// <summary>One browser for all that is done before the Agents Playground, begun when it is first wanted. It finds no name but this machine's own address.</summary>
public sealed class AgentsBrowser : IAsyncLifetime
{
    IPlaywright? playwright;
    IBrowser? browser;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task<IPage> NewPageAsync()
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFactAttribute.Path,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        });
        return PlaygroundPage.Patient(await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 1600 } }));
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>One scenario after the other.</summary>
[CollectionDefinition(nameof(AgentsPlayground))]
public sealed class AgentsPlaygroundStories : ICollectionFixture<AgentsBrowser>;
