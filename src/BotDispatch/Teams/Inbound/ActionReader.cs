using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Handlers;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Reads an action from the data of a pressed button. Teams delivers the buttons of dialogs and cards in several ways, so only the data
/// says which button it is.
/// </summary>
internal sealed class ActionReader(ProtectedPayloads payloads)
{
    /// <summary>Reads a pressed button, or a client's request for the current card.</summary>
    /// <param name="id">The id of the delivery.</param>
    /// <param name="from">Who pressed it.</param>
    /// <param name="where">The conversation in which it was pressed.</param>
    /// <param name="kind">What Teams waits for.</param>
    /// <param name="data">The button's data and the values of the fields.</param>
    /// <param name="message">The card; null if Teams does not say.</param>
    /// <param name="verb">The button's verb; empty for a plain button, whose data holds the verb.</param>
    /// <param name="isRefresh">Whether the client asks by itself, without a press.</param>
    public TeamsDelivery Button(
        string id, TeamsOrigin from, ConversationReference where, InvokeKind kind, ImmutableDictionary<string, string> data,
        TeamsMessageId? message, string verb = "", bool isRefresh = false)
    {
        var (action, requestId) = (isRefresh, DialogData.Read(data)) switch
        {
            (false, { } dialog) => DialogOf(id, from, where, dialog),
            _ => (CardOf(id, verb, data, isRefresh), null),
        };
        return new(action, from, where, kind) { Data = data, Message = message, RequestId = requestId };
    }

    (ChatAction Action, string? RequestId) DialogOf(string id, TeamsOrigin from, ConversationReference where, DialogData dialog)
    {
        switch (dialog.Intent)
        {
            case DialogIntent.Open when payloads.Open<DialogRequest>(where.Tenant, dialog.Kept) is { } request:
                return (request.ToAction(id), request.Id);
            case DialogIntent.Next:
                return (new ChatAction.Asked(id, dialog.What), null);
        }
        var fields = new DialogFields(dialog.People, dialog.Note, dialog.AlsoIn);
        return ((dialog.Intent, payloads.OpenDialog(where.Tenant, from.UserId, dialog.Kept)) switch
        {
            (DialogIntent.Look or DialogIntent.Up, { } context) => new ChatAction.Redraw(id, context, fields),
            (DialogIntent.Send, { } context) => new ChatAction.Submit(id, context, fields),
            (DialogIntent.Back, { Replaces: { } replaced }) => new ChatAction.Refresh(id, replaced),
            _ => (ChatAction)new ChatAction.Unreadable(id),
        }, null);
    }

    static ChatAction CardOf(string id, string verb, ImmutableDictionary<string, string> data, bool isRefresh) =>
        (verb.Length > 0 ? CardPressCodec.Read(verb, data) : CardPressCodec.Read(data)) switch
        {
            null => new ChatAction.Unknown(id, verb),
            var drawn when isRefresh => new ChatAction.Refresh(id, drawn.Dispatch),
            var pressed => new ChatAction.Press(id, pressed),
        };
}
