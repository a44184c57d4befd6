using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams;
using BotDispatch.Teams.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

/// <summary>The messaging endpoint behind a real web server's pipeline, with an issuer on this machine and a handler that does what a test says.</summary>
internal sealed class TeamsBench : IAsyncDisposable
{
    readonly WebApplication app;
    readonly FakeSurfaces<TeamsDelivery, TeamsReply> surfaces;

    TeamsBench(PretendIssuer issuer, ManualClock clock, Action<TeamsOptions>? settings, IPAddress? caller)
    {
        (Issuer, Clock) = (issuer, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logged);
        builder.Services.AddAntiforgery().AddIssuerHttp();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddOptions<TeamsOptions>().Configure(options =>
        {
            (options.AppId, options.AppPassword, options.TenantId, options.OpenIdMetadataAddress) = (PretendIssuer.App, "unused", TokenCorpus.OurTenant, issuer.Metadata);
            settings?.Invoke(options);
        });
        builder.Services.AddUnverifiedRequests().AddSingleton<TeamsReach>().AddSingleton<IssuerKeys>().AddSingleton<TokenVerifier>().AddSingleton<CallerCheck>().AddSingleton<TeamsRequests>();
        surfaces = new(delivery => Handler(delivery));
        builder.Services.AddSingleton<ISurfaces<TeamsDelivery, TeamsReply>>(surfaces).AddSingleton(FakeSurfaces<TeamsDelivery, TeamsReply>.Inbox(clock)).AddSingleton(Captured.Reader);
        app = builder.Build();
        app.Use((http, next) =>
        {
            http.Connection.RemoteIpAddress = caller;
            return next(http);
        });
        app.UseAntiforgery();
        app.MapTeamsRequests();
    }

    public PretendIssuer Issuer { get; }
    public ManualClock Clock { get; }
    public LogRecorder Logged { get; } = new();
    public ConcurrentQueue<TeamsDelivery> Handled => surfaces.Handled;
    public HttpClient Http { get; private set; } = null!;

    /// <summary>What the handler does with a delivery.</summary>
    public Func<TeamsDelivery, Task<TeamsReply>> Handler { get; set; } = _ => Task.FromResult<TeamsReply>(new TeamsReply.Nothing());

    public static async Task<TeamsBench> StartAsync(Action<TeamsOptions>? settings = null, IPAddress? caller = null)
    {
        var clock = new ManualClock();
        var started = new TeamsBench(await PretendIssuer.StartAsync(clock), clock, settings, caller);
        await started.app.StartAsync();
        started.Http = started.app.GetTestClient();
        return started;
    }

    /// <summary>In Development without an app.</summary>
    public static Task<TeamsBench> StartOpenAsync(IPAddress? caller, bool isDevelopment = true) => StartAsync(options =>
    {
        (options.AppId, options.AppPassword, options.TenantId) = ("", "", "");
        options.IsDevelopment = isDevelopment;
    }, caller);

    /// <summary>A captured activity as real Teams would send it.</summary>
    public static JsonObject Activity(string name, Action<JsonObject>? change = null)
    {
        var body = Captured.Body(name);
        (body["serviceUrl"], body["conversation"]!["tenantId"], body["channelData"]!["tenant"]!["id"]) = (PretendIssuer.Service, TokenCorpus.OurTenant, TokenCorpus.OurTenant);
        change?.Invoke(body);
        return body;
    }

    public Task<HttpResponseMessage> SendAsync(JsonObject activity) => SendAsync(Encoding.UTF8.GetBytes(activity.ToJsonString()), "Bearer " + Issuer.Good());

    /// <summary>Sends a request that no client of ours would make.</summary>
    public Task<HttpContext> ServeAsync(Action<HttpContext> request) => app.GetTestServer().SendAsync(request);

    public async Task<HttpResponseMessage> SendAsync(byte[] body, string? authorization, Action<HttpRequestMessage>? change = null, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(TeamsEndpoints.Path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        change?.Invoke(request);
        return await Http.SendAsync(request, ct);
    }

    /// <summary>Lets the others run until something is so; what never becomes so fails.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
