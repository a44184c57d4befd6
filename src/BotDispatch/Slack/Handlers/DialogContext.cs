using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Handlers;

/// <summary>What a dialog keeps for us between what is done in it: Slack shows it to nobody and brings it back each time.</summary>
/// <param name="FormId">Which opening of the dialog.</param>
/// <param name="Channel">Where the card is to stand.</param>
/// <param name="Reference">The ticket's, or the free words.</param>
/// <param name="Replaces">The closed dispatch whose thread this goes on in.</param>
/// <param name="Link">Where free words came from.</param>
internal sealed record DialogContext(string FormId, ChatChannel Channel, string Reference, DispatchId? Replaces, string? Link)
{
    // Slack takes 3000 characters, and the ones that JSON escapes for web pages would be six each.
    static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What belongs to this form.</summary>
    public static DialogContext Of(DispatchForm form, ChatChannel where) =>
        new(form.FormId, where, form.Ticket.Reference, form.Replaces, form.Ticket.IsFreeText ? form.Ticket.Link : null);

    /// <summary>As a view keeps it.</summary>
    public string Write() => Blocks.Of(("form", FormId), ("channel", Channel.Address), ("ticket", Reference), ("replaces", Replaces?.Value), ("link", Link)).ToJsonString(Short);

    /// <summary>Reads what came back; null if it is none of ours.</summary>
    public static DialogContext? Read(string kept)
    {
        try
        {
            return JsonNode.Parse(kept) is JsonObject it && Text(it, "form") is { } form && Text(it, "channel") is { } channel && Text(it, "ticket") is { } ticket
                ? new(form, new(SlackAddress.Platform, channel), ticket, DispatchId.TryParse(Text(it, "replaces"), null, out var id) ? id : null, Text(it, "link"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
