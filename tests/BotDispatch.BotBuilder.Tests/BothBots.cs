using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TheirActivity = Microsoft.Bot.Schema.Activity;

namespace BotDispatch.BotBuilder.Tests;

/// <summary>One web server on this machine with two bots behind it that trust one issuer: ours, and one on the Bot Framework SDK's own adapter. Both are sent the same bytes.</summary>
internal sealed class BothBots : IAsyncDisposable
{
    const string TheirPath = "/theirs/api/messages";

    readonly WebApplication app;
    readonly FakeSurfaces<TeamsDelivery, TeamsReply> ours;
    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    int count;

    BothBots(PretendIssuer issuer)
    {
        Issuer = issuer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddAntiforgery().AddHttpClient();
        builder.Services.AddSingleton(issuer.Clock);
        builder.Services.AddOptions<TeamsOptions>().Configure(options =>
            (options.AppId, options.AppPassword, options.TenantId, options.OpenIdMetadataAddress) = (PretendIssuer.App, "unused", TokenCorpus.OurTenant, issuer.Metadata));
        builder.Services.AddUnverifiedRequests().AddSingleton<TeamsReach>().AddSingleton<IssuerKeys>().AddSingleton<TokenVerifier>().AddSingleton<CallerCheck>().AddSingleton<TeamsRequests>();
        ours = new(_ => Task.FromResult(OurReply));
        builder.Services.AddSingleton<ISurfaces<TeamsDelivery, TeamsReply>>(ours).AddSingleton(FakeSurfaces<TeamsDelivery, TeamsReply>.Inbox(issuer.Clock)).AddSingleton(Captured.Reader);
        builder.Configuration.AddInMemoryCollection(TheirSettings(issuer.Metadata.AbsoluteUri));
        builder.Services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        app = builder.Build();
        app.UseAntiforgery();
        app.MapTeamsRequests();
        var theirs = new CloudAdapter(app.Services.GetRequiredService<BotFrameworkAuthentication>());
        var bot = new TheirBot(this);
        app.MapPost(TheirPath, http => theirs.ProcessAsync(http.Request, http.Response, bot, http.RequestAborted)).DisableAntiforgery();
    }

    public PretendIssuer Issuer { get; }

    /// <summary>What our bot replies.</summary>
    public TeamsReply OurReply { get; set; } = new TeamsReply.Nothing();

    /// <summary>What theirs answers an invoke with; null for nothing.</summary>
    public InvokeResponse? TheirReply { get; set; }

    ConcurrentQueue<TeamsDelivery> OursRead => ours.Handled;

    ConcurrentQueue<TheirActivity> TheirsRead { get; } = [];

    /// <summary>On the machine's clock: theirs knows no other.</summary>
    public static async Task<BothBots> StartAsync()
    {
        var issuer = await PretendIssuer.StartAsync(new TimeOfDay());
        MayComeOverHttp(issuer.Metadata.AbsoluteUri);
        var bots = new BothBots(issuer);
        await bots.app.StartAsync();
        return bots;
    }

    /// <summary>A captured activity as real Teams would send it, under an id of its own.</summary>
    public JsonObject Activity(string name, Action<JsonObject>? change = null)
    {
        var body = Captured.Body(name);
        (body["serviceUrl"], body["conversation"]!["tenantId"], body["channelData"]!["tenant"]!["id"]) = (PretendIssuer.Service, TokenCorpus.OurTenant, TokenCorpus.OurTenant);
        body["id"] = $"{name}-{++count}";
        change?.Invoke(body);
        return body;
    }

    public Task<Answer> OursAsync(JsonObject activity) => OursAsync(activity, "Bearer " + Issuer.Good());

    public Task<Answer> TheirsAsync(JsonObject activity) => TheirsAsync(activity, "Bearer " + Issuer.Good());

    public Task<Answer> OursAsync(JsonObject activity, string? authorization) => SendAsync(TeamsEndpoints.Path, activity, authorization);

    public Task<Answer> TheirsAsync(JsonObject activity, string? authorization) => SendAsync(TheirPath, activity, authorization);

    /// <summary>What each of them reads in it.</summary>
    public async Task<(TeamsDelivery Ours, TheirActivity Theirs)> ReadAsync(JsonObject activity)
    {
        await OursAsync(activity);
        await TheirsAsync(activity);
        OursRead.TryDequeue(out var ours).ShouldBeTrue("we read nothing");
        TheirsRead.TryDequeue(out var theirs).ShouldBeTrue("they read nothing");
        return (ours!, theirs!);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    async Task<Answer> SendAsync(string path, JsonObject activity, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, app.Urls.Single() + path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(activity.ToJsonString()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await http.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    static Dictionary<string, string?> TheirSettings(string metadata) => new()
    {
        ["MicrosoftAppType"] = "MultiTenant",
        ["MicrosoftAppId"] = PretendIssuer.App,
        ["MicrosoftAppPassword"] = "unused",
        ["ValidateAuthority"] = "true",
        ["ToChannelFromBotLoginUrl"] = "https://login.microsoftonline.com/botframework.com",
        ["ToChannelFromBotOAuthScope"] = "https://api.botframework.com",
        ["ToBotFromChannelTokenIssuer"] = PretendIssuer.Name,
        ["ToBotFromChannelOpenIdMetadataUrl"] = metadata,
        ["ToBotFromEmulatorOpenIdMetadataUrl"] = metadata,
        ["OAuthUrl"] = "https://token.botframework.com/",
        ["CallerId"] = "urn:botframework:azure",
    };

    // The package reads metadata over https alone, with an HTTP client of its own that trusts what the machine trusts (Microsoft.Bot.Connector 4.23.1,
    // ParameterizedBotFrameworkAuthentication). What it keeps for each address is made here with http allowed; reading and judging stay its own.
    static void MayComeOverHttp(string metadata)
    {
        var kept = typeof(JwtTokenExtractor).GetField("_openIdMetadataCache", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null);
        kept.ShouldBeOfType<ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>>>("another version of the package keeps metadata elsewhere")
            [metadata] = new(metadata, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = false });
    }

    /// <summary>The machine's time of day and no limits: how busy it is must change no answer.</summary>
    sealed class TimeOfDay : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    sealed class TheirBot(BothBots bots) : IBot
    {
        public async Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
        {
            bots.TheirsRead.Enqueue(turnContext.Activity);
            if (bots.TheirReply is { } reply)
                await turnContext.SendActivityAsync(new TheirActivity { Type = Microsoft.Bot.Schema.ActivityTypesEx.InvokeResponse, Value = reply }, cancellationToken);
        }
    }
}

/// <summary>What came back over the wire.</summary>
internal sealed record Answer(int Status, string? ContentType, string Body);
