using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Teams.Connector;

/// <summary>The words that the connector refuses with, and what they ask for.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages, "Status codes from agent conversational APIs"</remarks>
internal static partial class ConnectorErrors
{
    public const string Throttled = "Throttled";
    public const string Busy = "PreconditionFailed";
    public const string NoConversation = "ConversationNotFound";

    /// <summary>The connector's word; null if it has none. What else it says may repeat what was sent, and is left alone.</summary>
    public static string? CodeOf(ReadOnlyMemory<byte> body) => SafeJson.Parse(body) is { } said ? CodeOf(said, isInner: false) : null;

    /// <summary>What a word asks for; null for words that say less than the status does.</summary>
    public static Refusal? KindOf(string code) => code switch
    {
        NoConversation or "ActivityNotFoundInConversation" or "MemberNotFoundInConversation" => Refusal.Gone,
        // Documented with 403 in one place and 404 in another.
        "BotNotInConversationRoster" => Refusal.NotInRoster,
        "ConversationBlockedByUser" or "MessageWritesBlocked" => Refusal.Blocked,
        "BotDisabledByAdmin" => Refusal.Disabled,
        "MessageSizeTooBig" => Refusal.TooBig,
        "BotNotRegistered" => Refusal.Credentials,
        _ => null,
    };

    static string? CodeOf(JsonElement said, bool isInner)
    {
        // {"error":{"code","message"}} is documented; {"errorCode":209,"message":"{\"subCode\":...}"} was seen, JSON within a text.
        var error = said.Field("error") is { ValueKind: JsonValueKind.Object } within ? within : said;
        var inner = !isInner && error.Name("message") is { } message && message.StartsWith('{') && SafeJson.Parse(Encoding.UTF8.GetBytes(message)) is { } json
            ? CodeOf(json, isInner: true)
            : null;
        return Clean(error.Name("subCode")) ?? inner ?? Clean(error.Name("code")) ?? Clean(error.Name("errorCode"));
    }

    static string? Clean(string? word) => word is not null && Plain().IsMatch(word) ? word : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,80}\z")]
    private static partial Regex Plain();
}
