using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// The keys that requests to us are signed with. A key that nobody knows is asked for while the request waits, for keys change without
/// notice, but at most
/// once in a minute, for anybody can invent a key's name. While the issuer cannot be reached, the keys of before go on being good.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed class IssuerKeys(IHttpClientFactory http, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<IssuerKeys> log)
{
    /// <summary>How old keys get before they are looked after, without anybody waiting for it. The issuer asks for a day at most.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(12);

    /// <summary>How long nobody is asked again once keys are known.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>The same while none is known: without keys nothing works.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>How long a request waits for a key; the fetching goes on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    volatile Known? known;
    DateTimeOffset? asked;
    Task asking = Task.CompletedTask;

    /// <summary>The keys of that name, mostly one or none; null if the issuer could not be asked yet.</summary>
    public async ValueTask<IReadOnlyList<IssuerKey>?> FindAsync(string name)
    {
        if (known is { } now && now.Named(name) is [_, ..] found)
        {
            if (clock.GetUtcNow() - now.At >= Fresh)
                _ = Ask();
            return found;
        }
        await Ask().WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        using var patience = new CancellationTokenSource(Longest, clock);
        var metadata = options.Value.OpenIdMetadataAddress!;
        try
        {
            using var client = http.CreateClient(TeamsHttp.Issuer);
            if (!Uri.TryCreate(await ReadAsync(client, metadata, document => document.Text("jwks_uri"), patience.Token), UriKind.Absolute, out var address) || !IsAsSafeAs(metadata, address))
                Fails("its metadata names no safe address of keys");
            else if (await ReadAsync(client, address, IssuerKey.ReadAll, patience.Token) is not { IsEmpty: false } keys)
                Fails("there is no key that can be read");
            else
            {
                known = new(keys, clock.GetUtcNow());
                reach.Answered();
                if (reach.Keys.Ends())
                    log.KeysAreHadAgain();
            }
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException or TimeoutRejectedException or IOException)
        {
            Fails(unreachable is OperationCanceledException or TimeoutRejectedException ? NetworkTrouble.NoAnswer
                : NetworkTrouble.Of(unreachable, metadata, HttpClient.DefaultProxy)
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

    // What came by https must not lead on to what anybody on the way could have written.
    static bool IsAsSafeAs(Uri metadata, Uri keys) => keys.Scheme == Uri.UriSchemeHttps || (metadata.Scheme == Uri.UriSchemeHttp && keys is { Scheme: "http", IsLoopback: true });

    sealed record Known(IssuerKeySet Keys, DateTimeOffset At)
    {
        public ImmutableArray<IssuerKey> Named(string name) => [.. Keys.All.Where(key => key.Name == name)];
    }
}
