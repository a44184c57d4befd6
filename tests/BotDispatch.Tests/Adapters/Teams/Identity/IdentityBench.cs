using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BotDispatch.Teams;
using BotDispatch.Teams.Identity;
using BotDispatch.Tests.Adapters.Teams.Connector;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Teams.Identity;

/// <summary>The real MSAL on its real connections, and an issuer of tokens on this machine: MSAL asks at the true https addresses, and the last handler brings it here.</summary>
internal sealed class IdentityBench : IAsyncDisposable
{
    public const string Tenant = ConnectorBench.Tenant;
    public const string Secret = "a-secret-value";
    public const string TokenPath = $"/{Tenant}/oauth2/v2.0/token";

    readonly ServiceProvider services;
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("botdispatch-identity-");
    int asked;

    IdentityBench(StandIn issuer, TeamsOptions options)
    {
        Issuer = issuer;
        Redirecting = new(issuer.Address);
        Issuer.Answer = (context, _) => StandIn.JsonAsync(context, 200, Token($"token-{Interlocked.Increment(ref asked)}"));
        Options = options;
        var collection = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(options))
            .AddLogging(log => log.AddProvider(Log).SetMinimumLevel(LogLevel.Trace))
            .AddIdentityHttp()
            .AddSingleton<TeamsReach>().AddSingleton<BotCredential>().AddSingleton<BotTokens>();
        collection.AddHttpClient(TeamsHttp.Identity).AddHttpMessageHandler(() => Redirecting);
        services = collection.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public StandIn Issuer { get; }

    public ToStandIn Redirecting { get; }

    public TeamsOptions Options { get; }

    public ConnectorBench.Lines Log { get; } = new();

    /// <summary>With an app of its own, since MSAL keeps what it has for each. The options may be changed until the first token.</summary>
    public static async Task<IdentityBench> WithAsync(Action<TeamsOptions, IdentityBench>? change = null)
    {
        var options = new TeamsOptions { AppId = Guid.NewGuid().ToString(), TenantId = Tenant };
        var bench = new IdentityBench(await StandIn.StartAsync(), options);
        if (change is null)
            options.AppPassword = Secret;
        else
            change(options, bench);
        return bench;
    }

    public Task<BotToken> GetAsync(string? refused = null, CancellationToken ct = default) => services.GetRequiredService<BotTokens>().GetAsync(refused, ct);

    public async Task<string> ValueAsync(string? refused = null) => (await GetAsync(refused)).ShouldBeOfType<BotToken.Have>(Log.Text).Value;

    public async Task<string> RefusedAsync() => (await GetAsync()).ShouldBeOfType<BotToken.Refused>(Log.Text).Because;

    public string File(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string File(string name, byte[] content)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public static string Token(string value, int seconds = 3599) => $$"""{"token_type":"Bearer","expires_in":{{seconds}},"ext_expires_in":{{seconds}},"access_token":"{{value}}"}""";

    /// <summary>A certificate with its key, as an administrator would make one.</summary>
    public static X509Certificate2 NewCertificate(out RSA key)
    {
        key = RSA.Create(2048);
        var request = new CertificateRequest("CN=botdispatch", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Issuer.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
