using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Teams.Handlers;

/// <summary>
/// Protects what travels in buttons and comes back, because a client can send anything there. Only what this app protected is read:
/// content of the same kind, for the same tenant.
/// </summary>
internal sealed class ProtectedPayloads(IDataProtectionProvider protection)
{
    /// <summary>Protects what a dialog is to be opened for.</summary>
    public string ProtectRequest(string tenant, DialogRequest request) => Protect(tenant, request, PayloadsJson.Short.DialogRequest);

    /// <summary>Protects what an open dialog belongs to; nobody but this user can send that dialog.</summary>
    public string ProtectDialog(string tenant, string userId, DialogContext dialog) => Protect(
        tenant, new(dialog.FormId, userId, dialog.Channel.Address, dialog.Reference, dialog.Replaces?.Value, dialog.Link),
        PayloadsJson.Short.OpenedDialog);

    /// <summary>Reads what a dialog is to be opened for; null if this app did not protect it.</summary>
    public DialogRequest? OpenRequest(string tenant, string text) => Open(tenant, text, PayloadsJson.Short.DialogRequest);

    /// <summary>Reads what an open dialog belongs to; null if it was not shown to this user.</summary>
    public DialogContext? OpenDialog(string tenant, string userId, string text) =>
        Open(tenant, text, PayloadsJson.Short.OpenedDialog) is { } it && it.By == userId
            ? new(it.FormId, new(TeamsAddress.Platform, it.Channel), it.Reference, ReplacedBy(it), it.Link)
            : null;

    static DispatchId? ReplacedBy(OpenedDialog dialog) => DispatchId.TryParse(dialog.Replaces, null, out var id) ? id : null;

    string Protect<T>(string tenant, T content, JsonTypeInfo<T> json) =>
        Protector<T>(tenant).Protect(JsonSerializer.Serialize(content, json));

    T? Open<T>(string tenant, string text, JsonTypeInfo<T> json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Protector<T>(tenant).Unprotect(text), json);
        }
        // Another release may have protected it, with other fields.
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }

    // Dialogs that were opened before an update must be read after it, so the purpose stays as it was.
    IDataProtector Protector<T>(string tenant) => protection.CreateProtector(
        "BotDispatch.Teams.Handlers", typeof(T) == typeof(OpenedDialog) ? "DialogContext" : typeof(T).Name, tenant);
}

/// <summary>What an open dialog belongs to, and to whom it was shown: their id for this bot.</summary>
internal sealed record OpenedDialog(string FormId, string By, string Channel, string Reference, string? Replaces, string? Link);

/// <summary>How it is written before it is protected. The names are promises: a button lives longer than a release.</summary>
[JsonSerializable(typeof(DialogRequest))]
[JsonSerializable(typeof(OpenedDialog))]
internal sealed partial class PayloadsJson : JsonSerializerContext
{
    /// <summary>Every button carries it, and a card has a limit: letters stand as they are.</summary>
    public static PayloadsJson Short => field ??= new(SafeJson.AsWritten(Default.Options));
}

/// <summary>What a dialog is to be opened for.</summary>
internal enum DialogRequestKind
{
    /// <summary>What was typed to the bot.</summary>
    Command,
    /// <summary>What was typed into the dialog that asks for it.</summary>
    Asked,
    /// <summary>Somebody's message.</summary>
    Message,
    /// <summary>A closed dispatch.</summary>
    Redispatch,
}

/// <summary>
/// An action that opens a dialog, as a button carries it until it is pressed. Then it is handled as the action of the person who presses.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, or the dispatch.</param>
/// <param name="Mentions">The people mentioned in them.</param>
/// <param name="Link">Leads to the message.</param>
/// <param name="Id">The delivery that first asked for it; null if each press is a request of its own.</param>
internal sealed record DialogRequest(
    DialogRequestKind Kind, string Text, IReadOnlyList<Mention> Mentions, string? Link = null, string? Id = null)
{
    const int MostOfText = 4000;

    /// <summary>The request that a button carries for this action; null if the action opens no dialog.</summary>
    public static DialogRequest? Of(ChatAction action) => action switch
    {
        ChatAction.Command it => new(DialogRequestKind.Command, it.Text, it.Mentions),
        ChatAction.Mentioned it => new(DialogRequestKind.Command, CommandText.Of(it.Text), it.Mentions),
        ChatAction.Asked it => new(DialogRequestKind.Asked, it.Text, []),
        ChatAction.MessageChosen it => new(DialogRequestKind.Message, it.Text, [], it.Link),
        ChatAction.Press { Button: { Action: CardAction.Redispatch } it } => new(DialogRequestKind.Redispatch, it.Dispatch.Value, []),
        _ => null,
    };

    /// <summary>
    /// As much of it as a button has room for. Of a long message only the beginning is spoken anyway, and a dialog asks for less.
    /// </summary>
    public DialogRequest InShort() =>
        Kind is DialogRequestKind.Message or DialogRequestKind.Asked ? this with { Text = PlainWords.Shortened(Text, MostOfText) } : this;

    /// <summary>The action again, as this delivery brings it.</summary>
    public ChatAction ToAction(string delivery)
    {
        var mentions = Mentions.ToImmutableArray();
        return Kind switch
        {
            DialogRequestKind.Message => new ChatAction.MessageChosen(delivery, Text, mentions, Link),
            DialogRequestKind.Redispatch => new ChatAction.Press(delivery, new(new DispatchId(Text), CardAction.Redispatch, null, 0)),
            DialogRequestKind.Asked => new ChatAction.Asked(delivery, Text),
            _ => new ChatAction.Command(delivery, Text, mentions),
        };
    }
}
