using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Http;

namespace BotDispatch.Slack.Install;

/// <summary>An installation with its tokens, as it is stored.</summary>
/// <param name="Id">The workspace's id, or the organisation's.</param>
/// <param name="Name">How people call it.</param>
/// <param name="BotUserId">The bot's own user.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Token">What calls are made with.</param>
/// <param name="RefreshToken">Gets the next token, once; null where tokens do not end.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record InstalledApp(
    string Id, string Name, string BotUserId, ImmutableArray<string> Scopes, string Token, string? RefreshToken = null, DateTimeOffset? ExpiresAt = null)
{
    const int LongestLife = 365 * 24 * 3600;

    /// <summary>What others may know of it.</summary>
    public Installation Installation => new(Id, Name, BotUserId, [.. Scopes]);

    /// <summary>Without its tokens.</summary>
    public override string ToString() => $"{nameof(InstalledApp)} {Id}";

    /// <summary>Reads the answer of <c>oauth.v2.access</c> to a code or a refresh token; null if it holds no bot's token.</summary>
    /// <remarks>https://docs.slack.dev/authentication/installing-with-oauth and https://docs.slack.dev/authentication/using-token-rotation</remarks>
    public static InstalledApp? Read(JsonElement answer, DateTimeOffset asked)
    {
        var place = answer.Field(answer.Has("is_enterprise_install") ? "enterprise" : "team");
        if (answer.Text("access_token") is not { Length: > 0 } token || answer.Text("token_type") is { } type && type != "bot" || place?.Text("id") is not { } id || !IsId(id))
            return null;
        var refresh = answer.Text("refresh_token") is { Length: > 0 } told ? told : null;
        DateTimeOffset? expires = answer.Field("expires_in") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var seconds) && seconds > 0
            ? asked + TimeSpan.FromSeconds(Math.Min(seconds, LongestLife))
            : null;
        return new(id, place?.Text("name") ?? id, answer.Text("bot_user_id") ?? "", [.. SlackScopes.Read(answer.Text("scope")).Order(StringComparer.Ordinal)], token, refresh, expires);
    }

    /// <summary>With what an answer to a refresh did not repeat.</summary>
    public InstalledApp Completed(InstalledApp before) => this with
    {
        Name = Name == Id ? before.Name : Name,
        BotUserId = BotUserId.Length > 0 ? BotUserId : before.BotUserId,
        Scopes = Scopes.Length > 0 ? Scopes : before.Scopes,
        RefreshToken = RefreshToken ?? before.RefreshToken,
    };

    /// <summary>It may stand in an address of ours, before a slash.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 40 && id.All(char.IsAsciiLetterOrDigit);

    public string Write() => JsonSerializer.Serialize(this, InstalledAppJson.Default.InstalledApp);

    /// <summary>Reads what <see cref="Write"/> wrote; null if it was something else.</summary>
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

/// <summary>The names are promises: what was stored yesterday is read tomorrow.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InstalledApp))]
internal sealed partial class InstalledAppJson : JsonSerializerContext;
