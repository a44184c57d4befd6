namespace BotDispatch.PretendSlack;

/// <summary>Where the app is, and what it and Slack have agreed upon.</summary>
public sealed class StandInOptions
{
    /// <summary>Where the app answers; what is sent there goes through <see cref="AppHandler"/>.</summary>
    public Uri AppAddress { get; set; } = new("http://localhost/");

    /// <summary>How the app is reached: the real network, unless a test hands in a server of its own.</summary>
    public Func<HttpMessageHandler> AppHandler { get; set; } = Network;

    public string CommandsPath { get; set; } = "/slack/commands";

    public string InteractivityPath { get; set; } = "/slack/interactivity";

    public string OptionsPath { get; set; } = "/slack/options";

    public string EventsPath { get; set; } = "/slack/events";

    /// <summary>Where Slack itself is reached: response URLs and sockets begin with it.</summary>
    public Uri OwnAddress { get; set; } = new("http://localhost/");

    public string SigningSecret { get; set; } = "8f742231b10e8888abcd99yyyzzz85a5";

    public string AppId { get; set; } = "A0DISPATCH";

    public string ClientId { get; set; } = "111.222";

    public string ClientSecret { get; set; } = "client-secret";

    /// <summary>The app-level token that opens sockets.</summary>
    public string AppToken { get; set; } = "xapp-1-A0DISPATCH-1-pretend";

    /// <summary>Everything comes over sockets, and nothing over HTTP.</summary>
    public bool SocketMode { get; set; }

    /// <summary>Tokens from OAuth live for twelve hours.</summary>
    public bool TokenRotation { get; set; } = true;

    /// <summary>What was typed comes with its mentions, channels and links escaped.</summary>
    public bool ShouldEscape { get; set; } = true;

    /// <summary>Escaped mentions carry the name as well, as <c>&lt;@U0DANA|dana&gt;</c>.</summary>
    public bool MentionsCarryNames { get; set; }

    // A redirect or a proxy would lead off the allowed hosts.
    static readonly SocketsHttpHandler Shared = new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };

    static HttpMessageHandler Network() => Shared;
}
