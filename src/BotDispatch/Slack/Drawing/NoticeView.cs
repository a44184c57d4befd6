using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Drawing;

/// <summary>A message that only one person sees.</summary>
/// <param name="Text">Plain text, which may contain foreign text.</param>
/// <param name="Link">The link to the thread that it is about; null if there is none.</param>
/// <param name="Opens">What a button below the text carries that opens the dialog; null if there is no button.</param>
internal sealed record EphemeralMessage(string Text, string? Link = null, string? Opens = null);

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

    /// <summary>Draws an ephemeral message that answers a command or a press.</summary>
    public static WriteJson Message(EphemeralMessage ephemeral) => json =>
    {
        json.WriteStartObject();
        json.WriteString("response_type"u8, "ephemeral"u8);
        json.WriteBoolean("replace_original"u8, false);
        json.WriteString("text"u8, TextOf(ephemeral));
        json.WritePropertyName("blocks"u8);
        WriteArray(json, ephemeral);
        json.WriteEndObject();
    };

    /// <summary>The text of an ephemeral message.</summary>
    public static string TextOf(EphemeralMessage ephemeral) => SlackText.Inert(ephemeral.Text, MostText);

    /// <summary>Draws the blocks of an ephemeral message.</summary>
    public static WriteJson BlocksOf(EphemeralMessage ephemeral) => json => WriteArray(json, ephemeral);

    /// <summary>Draws a view that cannot be submitted.</summary>
    public static WriteJson Modal(EphemeralMessage ephemeral) => json =>
    {
        json.StartModal(CallbackId);
        WriteBlocks(json, ephemeral);
        json.EndModal();
    };

    /// <summary>A link with that text; empty if a browser cannot follow the address safely.</summary>
    public static string LinkTo(string? address, string words)
    {
        if (address is not { Length: <= 1000 } || WebLink.Read(address) is not { UserInfo: "" } uri)
            return "";
        return $"<{TicketLink.Escaped(uri)}|{words}>";
    }

    static void WriteArray(Utf8JsonWriter json, EphemeralMessage ephemeral)
    {
        json.WriteStartArray();
        WriteBlocks(json, ephemeral);
        json.WriteEndArray();
    }

    static void WriteBlocks(Utf8JsonWriter json, EphemeralMessage ephemeral)
    {
        foreach (var piece in Pieces(ephemeral.Text).Take(MostPieces))
            json.WriteSection(SlackText.Inert(piece, 3000));
        if (LinkTo(ephemeral.Link, "Open its thread") is { Length: > 0 } link)
            json.WriteContext(link);
        if (ephemeral.Opens is { } opens)
        {
            json.StartActions("whisper_actions");
            json.WriteButton(OpenAction, "Open the dialog", opens, "primary");
            json.EndActions();
        }
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
    public static void Draw(Utf8JsonWriter json)
    {
        json.StartModal(CallbackId, submit: "Next");

        json.StartInput(WhatBlock, "What needs to be done?", "plain_text_input"u8, WhatAction);
        json.WriteNumber("max_length"u8, 1500);
        json.WritePlaceholder("INC-1042");
        json.EndInput("A ticket, like INC-1042, or words, like Lift 2 is stuck. @name picks people; the words after note: are spoken too.");

        json.StartInput(WhereBlock, "Where should its card and thread go?", "conversations_select"u8, WhereAction);
        json.WriteBoolean("default_to_current_conversation"u8, true);
        json.WriteStartObject("filter"u8);
        json.WriteStartArray("include"u8);
        json.WriteStringValue("public"u8);
        json.WriteStringValue("private"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.EndInput("Without a channel: in your direct messages with this app.", isOptional: true);

        json.EndModal();
    }
}

/// <summary>
/// Draws the loading view, which is opened while the ticket and the people are looked up, because a trigger expires after three seconds.
/// </summary>
internal static class LoadingView
{
    public const string CallbackId = "dispatch_loading";

    /// <param name="externalId">Our id of the view, which finds it again if Slack's answer is lost; null if its own id is known.</param>
    public static WriteJson Of(string? externalId = null) => json =>
    {
        json.StartModal(CallbackId, externalId: externalId);
        json.WriteSection("Looking up the ticket and who can be phoned …");
        json.EndModal();
    };
}
