using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads a message: text that somebody wrote to the bot, or the fields of a card.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations</remarks>
internal static partial class CommandReader
{
    // A limit, because each mention is searched in the text before the author is verified; no job needs more people.
    const int MostMentions = 200;

    /// <summary>Reads the message; null if it is not addressed to the bot, or if the bot wrote it.</summary>
    public static TeamsDelivery? Read(Activity about, ActionReader actions)
    {
        if (about.Where.BotId.Length > 0 && about.From.UserId == about.Where.BotId)
            return null;
        // Look for a press first, because it comes without text and without a mention.
        if (about.Json.Field("value") is { ValueKind: JsonValueKind.Object } value && value.EnumerateObject().Any())
            return actions.Button(about.Id, about.From, about.Where, InvokeKind.None, value.Values(), about.Message("replyToId"));
        // Old clients send an edit like this instead of a messageUpdate. Its command was handled when it was written.
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
            // Search from the previous mention on, because mentions come in order and two people can have one name.
            var at = token.Length == 0 ? -1
                : text.IndexOf(token, from, StringComparison.Ordinal) is >= 0 and var next ? next
                : text.IndexOf(token, StringComparison.Ordinal);
            if (mentioned.Text("id") == about.Where.BotId)
            {
                // Quoted words come with their mentions. A person who is mentioned only there is not meant.
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
        // One entity can stand for two mentions in the text.
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

    // Normalise the text and the mentions in the same way, so that they can be compared.
    static string Readable(string text) =>
        Numbered().Replace(WebUtility.HtmlDecode(text), "<at>").Replace('\u00a0', ' ').ReplaceLineEndings("\n").Trim();

    [GeneratedRegex(@"<at\s[^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    /// <summary>The placeholder in a reply's text for the message that it quotes; an entity holds that message.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/api/microsoft.teams.apps.schema.entities.quotedreplyentity</remarks>
    [GeneratedRegex(@"<quoted\s[^<>]*>|<attachment\s[^<>]*>(\s*</attachment>)?", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}

/// <summary>
/// Separates the author's words from the quoted ones in a message that quotes or forwards another. The plain text does not separate them;
/// the HTML marks the quoted words as a <c>blockquote</c>.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability (a message comes with its HTML as an
/// attachment)
/// </remarks>
internal static partial class QuotedReply
{
    /// <summary>
    /// The author's own words, with mentions spelled as in the plain text; null for a message that quotes nothing.
    /// </summary>
    public static string? Rest(JsonElement activity)
    {
        var html = activity.List("attachments")
            .Where(each => each.Text("contentType") == "text/html").Select(each => each.Text("content")).FirstOrDefault();
        if (html is null || !html.Contains("<blockquote", StringComparison.OrdinalIgnoreCase))
            return null;
        return HtmlText.Plain(Mention().Replace(WithoutQuotes(html), found => $"&lt;at&gt;{found.Groups["name"].Value}&lt;/at&gt;"));
    }

    // Count the depth in one pass, because a quote can contain quotes.
    static string WithoutQuotes(string html)
    {
        var rest = new StringBuilder(html.Length);
        var (depth, from) = (0, 0);
        foreach (Match tag in Quote().Matches(html))
        {
            if (depth == 0)
                rest.Append(html, from, tag.Index - from).Append("<br>");
            depth = Math.Max(0, depth + (tag.ValueSpan[1] == '/' ? -1 : 1));
            from = tag.Index + tag.Length;
        }
        return depth == 0 ? rest.Append(html, from, html.Length - from).ToString() : rest.ToString();
    }

    [GeneratedRegex("</?blockquote[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    /// <remarks>The form that Teams' own clients write.</remarks>
    [GeneratedRegex(
        "<span[^<>]*schema\\.skype\\.com/Mention[^<>]*>(?<name>[^<>]*)</span>|<at(\\s[^<>]*)?>(?<name>[^<>]*)</at>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
