using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Http;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Install;

/// <summary>An installation as it was read from the database, and when.</summary>
internal sealed record KeptApp(InstalledApp App, long Version, DateTimeOffset ReadAt);

/// <summary>
/// The installed workspaces of the database. They are remembered for a minute, because other nodes install and forget, too.
/// </summary>
internal sealed class StoredInstallations(InstallationStore store, TimeProvider clock, ILogger<StoredInstallations> log)
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, KeptApp> kept = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> unreadable = new(StringComparer.Ordinal);

    /// <summary>Returns the installation; null if there is none. While the database cannot be read, returns the last known one.</summary>
    public async ValueTask<KeptApp?> FindAsync(string id, CancellationToken ct)
    {
        if (kept.TryGetValue(id, out var known) && clock.GetUtcNow() < known.ReadAt + Fresh)
            return known;
        try
        {
            return await ReadAsync(id, ct);
        }
        catch (DbException) when (known is not null)
        {
            return known;
        }
    }

    /// <summary>Returns the installation as it is in the database now.</summary>
    public async Task<KeptApp?> ReadAsync(string id, CancellationToken ct)
    {
        var row = await store.FindAsync(SlackAddress.Platform, id, ct);
        if (row is { Body: { } body } && InstalledApp.Parse(body) is { } app)
            return Keep(app, row.Version);
        if (row is not null && unreadable.TryAdd(id, true))
            log.InstallationUnreadable(id);
        kept.TryRemove(id, out _);
        return null;
    }

    /// <summary>Stores the installation, again or for the first time.</summary>
    public async Task PutAsync(InstalledApp app, CancellationToken ct)
    {
        Keep(app, await store.PutAsync(SlackAddress.Platform, app.Id, app.Write(), ct));
        unreadable.TryRemove(app.Id, out _);
    }

    /// <summary>Stores <paramref name="now"/> in place of what was read; null if that has changed meanwhile.</summary>
    public async Task<KeptApp?> ReplaceAsync(KeptApp before, InstalledApp now, CancellationToken ct) =>
        await store.ReplaceAsync(SlackAddress.Platform, before.App.Id, before.Version, now.Write(), ct)
            ? Keep(now, before.Version + 1)
            : null;

    public Task<bool> TryLeaseAsync(KeptApp app, TimeSpan length, CancellationToken ct) =>
        store.TryLeaseAsync(SlackAddress.Platform, app.App.Id, app.Version, length, ct);

    public Task ReleaseAsync(KeptApp app, CancellationToken ct) => store.ReleaseAsync(SlackAddress.Platform, app.App.Id, app.Version, ct);

    public async Task ForgetAsync(string id, CancellationToken ct)
    {
        kept.TryRemove(id, out _);
        await store.DeleteAsync(SlackAddress.Platform, id, ct);
        // Somebody may have read it in between.
        kept.TryRemove(id, out _);
    }

    // A reader from before a change must not put back the old version.
    KeptApp Keep(InstalledApp app, long version)
    {
        var read = new KeptApp(app, version, clock.GetUtcNow());
        return kept.AddOrUpdate(app.Id, read, (_, before) => before.Version > version ? before : read);
    }
}

/// <summary>An installation with its tokens, as it is stored.</summary>
/// <param name="Id">The workspace's id, or the organisation's.</param>
/// <param name="Name">Its name.</param>
/// <param name="BotUserId">The bot's own user.</param>
/// <param name="Scopes">The scopes that the app has there.</param>
/// <param name="Token">The token to call with.</param>
/// <param name="RefreshToken">Gets the next token, once; null if tokens do not expire.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal sealed record InstalledApp(
    string Id, string Name, string BotUserId, ImmutableArray<string> Scopes, string Token, string? RefreshToken = null,
        DateTimeOffset? ExpiresAt = null)
{
    const int LongestLife = 365 * 24 * 3600;

    /// <summary>The part without secrets.</summary>
    public Installation Installation => new(Id, Name, BotUserId, [.. Scopes]);

    /// <summary>Leaves the tokens out.</summary>
    public override string ToString() => $"{nameof(InstalledApp)} {Id}";

    /// <summary>Reads the answer of <c>oauth.v2.access</c> to a code or a refresh token; null if it has no bot token.</summary>
    /// <remarks>
    /// https://docs.slack.dev/authentication/installing-with-oauth and https://docs.slack.dev/authentication/using-token-rotation
    /// </remarks>
    public static InstalledApp? Read(JsonElement answer, DateTimeOffset asked)
    {
        var place = answer.Field(answer.Has("is_enterprise_install") ? "enterprise" : "team");
        if (answer.Text("access_token") is not { Length: > 0 } token || answer.Text("token_type") is { } type && type != "bot"
            || place?.Text("id") is not { } id || !IsId(id))
            return null;
        var refresh = answer.Text("refresh_token") is { Length: > 0 } next ? next : null;
        DateTimeOffset? expires = answer.Field("expires_in") is { ValueKind: JsonValueKind.Number } number
            && number.TryGetInt32(out var seconds) && seconds > 0
            ? asked + TimeSpan.FromSeconds(Math.Min(seconds, LongestLife))
            : null;
        return new(id, place?.Text("name") ?? id, answer.Text("bot_user_id")
            ?? "", [.. SlackScopes.Read(answer.Text("scope")).Order(StringComparer.Ordinal)], token, refresh, expires);
    }

    /// <summary>Adds what an answer to a refresh did not repeat.</summary>
    public InstalledApp Completed(InstalledApp before) => this with
    {
        Name = Name == Id ? before.Name : Name,
        BotUserId = BotUserId.Length > 0 ? BotUserId : before.BotUserId,
        Scopes = Scopes.Length > 0 ? Scopes : before.Scopes,
        RefreshToken = RefreshToken ?? before.RefreshToken,
    };

    /// <summary>Whether the text can be part of our addresses, before a slash.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 40 && id.All(char.IsAsciiLetterOrDigit);

    public string Write() => JsonSerializer.Serialize(this, InstalledAppJson.Default.InstalledApp);

    /// <summary>Reads what <see cref="Write"/> wrote; null if the text is something else.</summary>
    public static InstalledApp? Parse(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored, InstalledAppJson.Default.InstalledApp);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The names are promises: what we stored yesterday must be read tomorrow.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InstalledApp))]
internal sealed partial class InstalledAppJson : JsonSerializerContext;
