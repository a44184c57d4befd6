using BotDispatch.Teams;
using BotDispatch.Teams.Inbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

/// <summary>A verifier and its issuer, on one clock.</summary>
internal sealed class VerifierBench : IAsyncDisposable
{
    readonly ServiceProvider services;

    VerifierBench(PretendIssuer issuer, ManualClock clock, Action<TeamsOptions>? settings)
    {
        (Issuer, Clock) = (issuer, clock);
        var options = new TeamsOptions { AppId = PretendIssuer.App, AppPassword = "unused", TenantId = TokenCorpus.OurTenant, OpenIdMetadataAddress = issuer.Metadata };
        settings?.Invoke(options);
        services = new ServiceCollection().AddLogging(logging => logging.AddProvider(Logged)).AddIssuerHttp()
            .AddSingleton<TimeProvider>(clock).AddSingleton(Options.Create(options)).AddSingleton<TeamsReach>().AddSingleton<IssuerKeys>().AddSingleton<TokenVerifier>().BuildServiceProvider();
    }

    public PretendIssuer Issuer { get; }
    public ManualClock Clock { get; }
    public LogRecorder Logged { get; } = new();

    public static async Task<VerifierBench> StartAsync(Action<TeamsOptions>? settings = null)
    {
        var clock = new ManualClock();
        return new(await PretendIssuer.StartAsync(clock), clock, settings);
    }

    public Task<CallerVerdict> CheckAsync(TokenCase request) => CheckAsync(request.Authorization, request.From);

    public Task<CallerVerdict> CheckFromAsync(string authorization, params string[] tenants) =>
        CheckAsync(authorization, new ActivitySource(TokenVerifier.Channel, PretendIssuer.Service, [.. tenants]));

    async Task<CallerVerdict> CheckAsync(string? authorization, ActivitySource from) => await services.GetRequiredService<TokenVerifier>().CheckAsync(authorization, from);

    public async Task<int> StatusOfAsync(string token) => (await CheckAsync(new TokenCase("Bearer " + token, 0))).Status;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
