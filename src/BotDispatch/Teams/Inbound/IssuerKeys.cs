using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using BotDispatch.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Polly.Timeout;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// The issuer's keys that sign requests to us. An unknown key is fetched while the request waits, because keys change without notice, but
/// at most once in a minute, because anybody can invent a key's name. While the issuer cannot be reached, the known keys stay valid.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed class IssuerKeys(
    IHttpClientFactory http, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<IssuerKeys> log)
{
    /// <summary>The age at which keys are refreshed in the background. The issuer asks for a day at most.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(12);

    /// <summary>The shortest time between two fetches once keys are known.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>The shortest time between two fetches while no key is known, because nothing works without keys.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>How long a request waits for a key. After that the fetch goes on in the background.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    volatile Known? known;
    DateTimeOffset? asked;
    Task asking = Task.CompletedTask;

    /// <summary>The keys of that name, usually one or none; null if no key could be fetched yet.</summary>
    public async ValueTask<IReadOnlyList<IssuerKey>?> FindAsync(string name)
    {
        if (known is { } now && now.Named(name) is [_, ..] found)
        {
            if (clock.GetUtcNow() - now.At >= Fresh)
                _ = Ask();
            return found;
        }
        await Ask().WaitAsync(RequestTimeout, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return known?.Named(name);
    }

    Task Ask()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (asking.IsCompleted && (asked is not { } before || now - before >= (known is null ? FirstPause : Pause)))
            {
                asked = now;
                asking = FetchAsync();
            }
            return asking;
        }
    }

    async Task FetchAsync()
    {
        using var timeout = new CancellationTokenSource(Longest, clock);
        var metadata = options.Value.OpenIdMetadataAddress!;
        try
        {
            using var client = http.CreateClient(TeamsHttp.Issuer);
            var named = await ReadAsync(client, metadata, document => document.Text("jwks_uri"), timeout.Token);
            if (!Uri.TryCreate(named, UriKind.Absolute, out var address) || !IsAsSafeAs(metadata, address))
                Fails("its metadata names no safe address of keys");
            else if (await ReadAsync(client, address, IssuerKey.ReadAll, timeout.Token) is not { IsEmpty: false } keys)
                Fails("there is no key that can be read");
            else
            {
                known = new(keys, clock.GetUtcNow());
                reach.Answered();
                if (reach.Keys.Ends())
                    log.KeysAreFetchedAgain();
            }
        }
        catch (Exception unreachable)
            when (unreachable is HttpRequestException or OperationCanceledException or TimeoutRejectedException or IOException)
        {
            Fails(unreachable is OperationCanceledException or TimeoutRejectedException ? NetworkTrouble.NoAnswer
                : NetworkTrouble.Of(unreachable, metadata)
                ?? (unreachable is HttpRequestException { StatusCode: { } status } ? $"status {(int)status}" : unreachable.GetType().Name));
        }
    }

    void Fails(string because)
    {
        if (reach.Keys.IsNews(because))
            log.KeysAreUnavailable(because);
    }

    static async Task<T?> ReadAsync<T>(HttpClient client, Uri address, Func<JsonElement, T?> read, CancellationToken ct) where T : class =>
        SafeJson.Read(await client.GetByteArrayAsync(address, ct), read);

    // Metadata that came over https must not name keys over http, because anybody on the network could replace them.
    static bool IsAsSafeAs(Uri metadata, Uri keys) => keys.Scheme == Uri.UriSchemeHttps
        || (metadata.Scheme == Uri.UriSchemeHttp && keys is { Scheme: "http", IsLoopback: true });

    sealed record Known(IssuerKeySet Keys, DateTimeOffset At)
    {
        public ImmutableArray<IssuerKey> Named(string name) => [.. Keys.All.Where(key => key.Name == name)];
    }
}

/// <summary>A key of the issuer and the channels for which it may sign.</summary>
/// <param name="Name">Its <c>kid</c>.</param>
/// <param name="Rsa">The key that verifies signatures.</param>
/// <param name="Endorsements">The ids of those channels.</param>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed record IssuerKey(string Name, RsaSecurityKey Rsa, ImmutableHashSet<string> Endorsements)
{
    const int ShortestInBytes = 2048 / 8;

    /// <summary>The keys in a key set. Keys that are not RSA or too short are left out.</summary>
    public static IssuerKeySet ReadAll(JsonElement set) => new([.. set.List("keys").Select(Read).OfType<IssuerKey>()]);

    static IssuerKey? Read(JsonElement key) =>
        key.Text("kty") == "RSA" && key.Text("use") is null or "sig" && key.Text("kid") is { Length: > 0 } name
        && Bytes(key.Text("n")) is { Length: >= ShortestInBytes } modulus && Bytes(key.Text("e")) is { Length: > 0 } exponent
            ? new(
                name,
                new(new RSAParameters { Modulus = modulus, Exponent = exponent }) { KeyId = name },
                key.List("endorsements").Select(each => each.AsText()).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal))
            : null;

    static byte[]? Bytes(string? encoded) => encoded is not null && Base64Url.IsValid(encoded) ? Base64Url.DecodeFromChars(encoded) : null;
}

/// <summary>All keys of the issuer at one moment.</summary>
internal sealed record IssuerKeySet(ImmutableArray<IssuerKey> All)
{
    /// <summary>Whether the key set has no usable key.</summary>
    public bool IsEmpty => All.IsEmpty;
}

/// <summary>Fetches the issuer's keys at the start, so that the first request does not wait for them.</summary>
internal sealed class SigningKeysWarmup(IssuerKeys keys, IOptions<TeamsOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.HasApp)
            await keys.FindAsync("");
    }
}
