using BotDispatch.Tests.Playground;

namespace BotDispatch.Tests.Browser;

/// <summary>
/// Microsoft's Agents Playground before the product: its page in a real browser, the product on a real port in Development with its pretend telephones, and what passes between
/// both in between. Nothing leaves this machine.
/// </summary>
internal sealed class AgentsPlayground : IAsyncDisposable
{
    // What Microsoft's page asks for elsewhere by itself; it does without.
    const string OwnFonts = "https://res-1.cdn.office.net/files/fabric-cdn-prod_";

    readonly AgentsPlaygroundProcess process;
    readonly AgentsBrowser browser;
    readonly List<string> elsewhere = [];

    AgentsPlayground(PlaygroundHost host, AgentsWire wire, AgentsPlaygroundProcess process, AgentsBrowser browser) =>
        (Host, Wire, this.process, this.browser) = (host, wire, process, browser);

    public PlaygroundHost Host { get; }

    public AgentsWire Wire { get; }

    public AgentsPage Page { get; private set; } = null!;

    /// <summary>The Agents Playground's own addresses.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>What the product failed at, and what was asked for beyond this machine.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (elsewhere)
                return
                [
                    // An invoke that we do not know is answered so.
                    .. Wire.Passed.Where(each => each is { IsToBot: true, Status: >= 500 and not 501 }).Select(each => $"{each.Status} {each.Body?.ToJsonString()}"),
                    .. process.Refused,
                    .. elsewhere.Where(url => !url.StartsWith(OwnFonts, StringComparison.Ordinal)),
                ];
        }
    }

    /// <summary>Begins with everything empty, and goes to that place.</summary>
    public static async Task<AgentsPlayground> OpenAsync(AgentsBrowser browser, string place)
    {
        var host = await PlaygroundHost.StartAsync(("Policy:RingTimeout", "00:02:00"), ("Routee:CallsPerSecond", "0"));
        var wire = await AgentsWire.OpenAsync(host.Address);
        var process = await AgentsPlaygroundProcess.StartAsync(wire.Address);
        wire.Playground = process.Address;
        var opened = new AgentsPlayground(host, wire, process, browser) { Http = new() { BaseAddress = process.Address } };
        try
        {
            await opened.ReloadAsync(place);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The page anew: it has forgotten everything.</summary>
    public async Task ReloadAsync(string place)
    {
        if (Page is not null)
            await Page.Screen.CloseAsync();
        var screen = await browser.NewPageAsync();
        screen.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(process.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                lock (elsewhere)
                    elsewhere.Add(request.Url);
        };
        Page = new(screen, Wire);
        var before = Installations;
        await PlaygroundPage.GoAsync(screen, process.Address.ToString());
        // It shows everything that passes, too.
        await Page.Button("Hide log panel").ClickAsync();
        await Page.GoToAsync(place);
        // What is done before it has sent the installations is lost.
        await Wire.UntilAsync(_ => Installations > before + (place == "Personal Chat" ? 0 : 1));
    }

    int Installations => Wire.Passed.Count(each => each.IsToBot && (string?)each.Body?["type"] == "installationUpdate");

    /// <summary>The phone rings, is answered, and these keys are pressed.</summary>
    public async Task AnswerAsync(string employee, string keys)
    {
        await RingsAsync(employee);
        await Host.OrderAsync($"phones/{employee}/answer", new { });
        await Host.OrderAsync($"phones/{employee}/press", new { keys });
    }

    public Task RingsAsync(string employee) => Host.UntilAsync(
        "phone", phone => phone.GetProperty("id").GetString() == employee && phone.GetProperty("state").GetString() == "Ringing", state => state.GetProperty("phones").EnumerateArray());

    public async ValueTask DisposeAsync()
    {
        if (Page is not null)
            await Page.Screen.CloseAsync();
        await process.DisposeAsync();
        await Wire.DisposeAsync();
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
