using System.Text.Json.Nodes;
using BotDispatch.Http;

namespace BotDispatch.Slack.Drawing;

/// <summary>A message that only one person sees.</summary>
/// <param name="Text">Plain text, which may contain foreign text.</param>
/// <param name="Link">The link to the thread that it is about; null if there is none.</param>
/// <param name="Button">The button below the text; null if there is none.</param>
internal sealed record EphemeralMessage(string Text, string? Link = null, JsonObject? Button = null);

/// <summary>Draws text for one person, as an ephemeral message or in the place of a dialog. Foreign text in it is inert.</summary>
internal static class NoticeView
{
    public const string CallbackId = "dispatch_notice";

    /// <summary>The action id of the button that opens the dialog for a message to the bot. The button's value is that message.</summary>
    public const string OpenAction = "mention_open";

    /// <summary>The most characters of one section, which leaves room for the escaping of usual text.</summary>
    const int MostPiece = 2000;
    const int MostPieces = 20;
    const int MostText = 3900;

    /// <summary>Draws an ephemeral message.</summary>
    public static JsonObject Message(EphemeralMessage ephemeral) => Blocks.Of(
        ("response_type", "ephemeral"), ("replace_original", false), ("text", SlackText.Inert(ephemeral.Text, MostText)),
        ("blocks", BlocksOf(ephemeral)));

    /// <summary>Draws a view that cannot be submitted.</summary>
    public static JsonObject Modal(EphemeralMessage ephemeral) => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)), ("close", Blocks.Plain("Close", 24)),
        ("blocks", BlocksOf(ephemeral)));

    /// <summary>A link with that text; empty if a browser cannot follow the address safely.</summary>
    public static string LinkTo(string? address, string words)
    {
        if (address is not { Length: <= 1000 } || WebLink.Read(address) is not { UserInfo: "" } uri)
            return "";
        return $"<{TicketLink.Escaped(uri)}|{words}>";
    }

    static JsonArray BlocksOf(EphemeralMessage ephemeral)
    {
        var pieces = Pieces(ephemeral.Text).Take(MostPieces);
        var blocks = new JsonArray([.. pieces.Select(piece => Blocks.Section(SlackText.Inert(piece, 3000)))]);
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

/// <summary>
/// Draws the view that asks what to dispatch and in which channel, for a person who starts outside a channel. The answer opens the dialog.
/// </summary>
internal static class AskView
{
    public const string CallbackId = "dispatch_ask";
    public const string WhatBlock = "what";
    public const string WhatAction = "what_text";
    public const string WhereBlock = "where";
    public const string WhereAction = "where_channel";

    /// <summary>Draws the view.</summary>
    public static JsonObject Draw() => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)),
        ("submit", Blocks.Plain("Next", 24)), ("close", Blocks.Plain("Close", 24)),
        ("blocks", new JsonArray(
            Blocks.Input(WhatBlock, "What needs to be done?", Blocks.Of(
                ("type", "plain_text_input"), ("action_id", WhatAction), ("max_length", 1500),
                ("placeholder", Blocks.Plain("INC-1042", 150))),
                hint: "A ticket, like INC-1042, or words, like Lift 2 is stuck. @name picks people; the words after note: are spoken too."),
            Blocks.Input(WhereBlock, "Where should its card and thread go?", Blocks.Of(
                ("type", "conversations_select"), ("action_id", WhereAction), ("default_to_current_conversation", true),
                ("filter", Blocks.Of(("include", new JsonArray("public", "private"))))),
                hint: "Without a channel: in your direct messages with this app.", isOptional: true))));
}

/// <summary>
/// Draws the loading view, which is opened while the ticket and the people are looked up, because a trigger expires after three seconds.
/// </summary>
internal static class LoadingView
{
    public const string CallbackId = "dispatch_loading";

    /// <param name="externalId">Our id of the view, which finds it again if Slack's answer is lost; null if its own id is known.</param>
    public static JsonObject Of(string? externalId = null) => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)),
        ("close", Blocks.Plain("Close", 24)), ("external_id", externalId),
        ("blocks", new JsonArray(Blocks.Section("Looking up the ticket and who can be phoned …"))));
}
