using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads a message: what somebody wrote to the bot, or the fields of a card.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations</remarks>
internal static partial class CommandReader
{
    // More than anybody is picked for one job; each is looked for in the text, before it is known who wrote it.
    const int MostMentions = 200;

    /// <summary>Reads it; null if it is not meant for the bot, or is the bot's own.</summary>
    public static TeamsDelivery? Read(Activity about, ActionReader actions)
    {
        if (about.Where.BotId.Length > 0 && about.From.UserId == about.Where.BotId)
            return null;
        // A press comes without text and without a mention, so it is looked for first.
        if (about.Json.Field("value") is { ValueKind: JsonValueKind.Object } value && value.EnumerateObject().Any())
            return actions.Button(about.Id, about.From, about.Where, InvokeKind.None, value.Values(), about.Message("replyToId"));
        // Clients that do not know messageUpdate tell of an edit like this; what it says was dispatched when it was written.
        if (about.Json.Field("channelData")?.Text("eventType") is "editMessage" or "undeleteMessage" or "softDeleteMessage")
            return null;
        var isTargeted = about.Json.Text("recipient", "isTargeted") == "true";
        var (text, mentions, isMentioned) = Split(about, about.Json.Text("text") ?? "");
        if (!isMentioned && !isTargeted && about.Where.Kind != ConversationKind.Personal)
            return null;
        return about.Delivered(new ChatAction.Mentioned(about.Id, text, mentions)) with
        {
            IsTargeted = isTargeted,
            Message = about.Message("id") ?? new(about.Where.Conversation, about.Where.Root, ""),
        };
    }

    static (string Text, ImmutableArray<Mention> Others, bool BotIsMentioned) Split(Activity about, string written)
    {
        var text = Quoted().Replace(CommandText.Unquoted(Readable(QuotedReply.Rest(about.Json) ?? written)), "");
        var others = ImmutableArray.CreateBuilder<Mention>();
        var (isMentioned, from, own) = (false, 0, "");
        foreach (var (token, mentioned) in Mentions(about.Json).Take(MostMentions))
        {
            // They come in their order, and two people can have one name.
            var at = token.Length == 0 ? -1
                : text.IndexOf(token, from, StringComparison.Ordinal) is >= 0 and var next ? next
                : text.IndexOf(token, StringComparison.Ordinal);
            if (mentioned.Text("id") == about.Where.BotId)
            {
                // Quoted words come with their mentions: who is not named in the rest is not spoken to.
                isMentioned |= at >= 0 || token.Length == 0;
                if (at >= 0)
                    (text, from, own) = (text.Remove(at, token.Length), at, token);
            }
            else if (at >= 0 && mentioned.Text("id") is { Length: > 0 } id)
            {
                var person = TeamsAddress.Person(about.Where.Tenant, mentioned.Text("aadObjectId"), id, mentioned.Text("name") ?? "");
                others.Add(new(token, person));
                from = at + token.Length;
            }
        }
        // Named twice with one entity.
        if (own.Length > 0 && !others.Any(each => each.Token == own))
            text = text.Replace(own, " ", StringComparison.Ordinal);
        return (text.Trim(), others.ToImmutable(), isMentioned);
    }

    static IEnumerable<(string Token, JsonElement Mentioned)> Mentions(JsonElement activity) =>
        from entity in activity.List("entities")
        where entity.Text("type") == "mention"
        let token = Readable(entity.Text("text") ?? "")
        let mentioned = entity.Field("mentioned")
        where mentioned is not null
        select (token, mentioned.Value);

    // The same for the text and for what is to be found in it.
    static string Readable(string text) =>
        Numbered().Replace(WebUtility.HtmlDecode(text), "<at>").Replace('\u00a0', ' ').ReplaceLineEndings("\n").Trim();

    [GeneratedRegex(@"<at\s[^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    /// <summary>Where a reply shows what it answers: that is said in an entity, and its place in the text by this.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/api/microsoft.teams.apps.schema.entities.quotedreplyentity</remarks>
    [GeneratedRegex(@"<quoted\s[^<>]*>|<attachment\s[^<>]*>(\s*</attachment>)?", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
