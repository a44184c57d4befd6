using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>Something said to one person alone.</summary>
/// <param name="Text">In plain words; foreign ones may be among them.</param>
/// <param name="Link">Leads to the thread that it is about.</param>
/// <param name="Button">What can be pressed below it.</param>
internal sealed record EphemeralMessage(string Text, string? Link = null, JsonObject? Button = null);

/// <summary>Words to one person, as a private message or where a dialog would stand. All of them are inert.</summary>
internal static class NoticeView
{
    public const string CallbackId = "dispatch_notice";

    /// <summary>The button that opens the dialog below what was written to the bot; its value is what was written.</summary>
    public const string OpenAction = "mention_open";

    /// <summary>How many characters a section holds when each of them is escaped as far as usual text is.</summary>
    const int MostPiece = 2000;
    const int MostPieces = 20;
    const int MostText = 3900;

    /// <summary>As a message.</summary>
    public static JsonObject Message(EphemeralMessage ephemeral) => Blocks.Of(
        ("response_type", "ephemeral"), ("replace_original", false), ("text", SlackText.Inert(ephemeral.Text, MostText)), ("blocks", BlocksOf(ephemeral)));

    /// <summary>As a view that has nothing to be sent.</summary>
    public static JsonObject Modal(EphemeralMessage ephemeral) => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)), ("close", Blocks.Plain("Close", 24)), ("blocks", BlocksOf(ephemeral)));

    /// <summary>Words that lead somewhere; empty where the address is none that a browser follows safely.</summary>
    public static string LinkTo(string? address, string words)
    {
        if (address is not { Length: <= 1000 } || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.UserInfo.Length > 0)
            return "";
        // What ends a link in Slack's own marks cannot stand in one.
        var safe = uri.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal);
        return $"<{safe}|{words}>";
    }

    static JsonArray BlocksOf(EphemeralMessage ephemeral)
    {
        var blocks = new JsonArray([.. Pieces(ephemeral.Text).Take(MostPieces).Select(piece => Blocks.Section(SlackText.Inert(piece, 3000)))]);
        if (LinkTo(ephemeral.Link, "Open its thread") is { Length: > 0 } link)
            blocks.Add(Blocks.Context(link));
        if (ephemeral.Button is not null)
            blocks.Add(Blocks.Actions("whisper_actions", [ephemeral.Button.DeepClone().AsObject()]));
        return blocks;
    }

    // Cut between lines, else between words.
    static IEnumerable<string> Pieces(string text)
    {
        while (text.Length > MostPiece)
        {
            var end = text.LastIndexOf('\n', MostPiece);
            if (end <= 0)
                end = text.LastIndexOf(' ', MostPiece);
            if (end <= 0)
                end = char.IsHighSurrogate(text[MostPiece - 1]) ? MostPiece - 1 : MostPiece;
            yield return text[..end];
            text = text[end..].TrimStart('\n', ' ');
        }
        yield return text;
    }
}
