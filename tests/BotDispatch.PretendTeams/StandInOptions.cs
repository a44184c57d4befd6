using System.Security.Cryptography.X509Certificates;

namespace BotDispatch.PretendTeams;

/// <summary>How the pretend Teams and the app know each other. The addresses are Microsoft's own unless it runs alone.</summary>
public sealed class StandInOptions
{
    /// <summary>Where the app is.</summary>
    public Uri AppAddress { get; set; } = new("http://localhost/");

    /// <summary>The bot's messaging endpoint there.</summary>
    public string MessagesPath { get; set; } = "/api/messages";

    /// <summary>How the app is reached; asked for at each delivery, so that it may die and come back.</summary>
    public Func<HttpMessageHandler> AppHandler { get; set; } = Network;

    /// <summary>The bot's app registration.</summary>
    public string AppId { get; set; } = "11111111-2222-4333-8444-555555555555";

    public string AppPassword { get; set; } = "a-client-secret";

    /// <summary>The certificate with which the app says who it is, in the place of its password; null if it has none.</summary>
    public X509Certificate2? AppCertificate { get; set; }

    /// <summary>The app is registered for every tenant, as only old ones are: then <c>botframework.com</c> issues its token.</summary>
    public bool IsMultiTenant { get; set; }

    public string BotName { get; set; } = "BotDispatch";

    /// <summary>Where the connector is, as activities say it.</summary>
    public Uri ServiceUrl { get; set; } = new("https://smba.trafficmanager.net/amer/");

    /// <summary>Where it can be called as well, by an app that it has not called yet.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/api/microsoft.agents.extensions.msteams.teamsproactiveserviceendpoints</remarks>
    public Uri EverybodysServiceUrl => new(ServiceUrl, "/teams/");

    /// <summary>Where the bot gets its tokens, without the tenant.</summary>
    public Uri TokenAddress { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>Where it is said with which keys requests to the bot are signed.</summary>
    public Uri MetadataAddress { get; set; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    public string Issuer { get; set; } = "https://api.botframework.com";

    /// <summary>Off, it behaves as the Agents Playground: no request carries a token, and none is asked for.</summary>
    public bool Tokens { get; set; } = true;

    /// <summary>How long a token of the bot is good.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long somebody waits for the answer to an invoke before Teams shows them an error.</summary>
    public TimeSpan InvokeTimeout { get; set; } = TimeSpan.FromSeconds(3);

    // A redirect or a proxy would lead elsewhere.
    static readonly SocketsHttpHandler Shared = new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };

    static HttpMessageHandler Network() => Shared;

    internal string BotId => "28:" + AppId;
}
