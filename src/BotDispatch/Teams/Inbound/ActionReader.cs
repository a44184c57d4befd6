using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Handlers;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Reads what somebody did from the data of a button. The buttons of a dialog and of a card come back in every way that Teams has, so the
/// data alone says what they are.
/// </summary>
internal sealed class ActionReader(ProtectedPayloads payloads)
{
    /// <summary>Reads a pressed button, or a client's wish for the card as it is now.</summary>
    /// <param name="id">Names the delivery.</param>
    /// <param name="from">Who pressed it.</param>
    /// <param name="where">In which conversation.</param>
    /// <param name="kind">What Teams waits for.</param>
    /// <param name="data">The button's data and what is filled in.</param>
    /// <param name="message">The card; null if Teams does not say.</param>
    /// <param name="verb">The button's verb; empty for a button that has none, whose data says it.</param>
    /// <param name="isRefresh">Nobody pressed anything.</param>
    public TeamsDelivery Button(
        string id, TeamsOrigin from, ConversationReference where, InvokeKind kind, ImmutableDictionary<string, string> data,
        TeamsMessageId? message, string verb = "", bool isRefresh = false)
    {
        var (action, wish) = (isRefresh, DialogData.Read(data)) switch
        {
            (false, { } dialog) => DialogOf(id, from, where, dialog),
            _ => (CardOf(id, verb, data, isRefresh), null),
        };
        return new(action, from, where, kind) { Data = data, Message = message, Wish = wish };
    }

    (ChatAction Action, string? Wish) DialogOf(string id, TeamsOrigin from, ConversationReference where, DialogData dialog)
    {
        switch (dialog.Wish)
        {
            case DialogWish.Open when payloads.Open<DialogRequest>(where.Tenant, dialog.Kept) is { } request:
                return (request.ToAction(id), request.Id);
            case DialogWish.Next:
                return (new ChatAction.Asked(id, dialog.What), null);
        }
        var fields = new DialogFields(dialog.People, dialog.Note, dialog.AlsoIn);
        return ((dialog.Wish, payloads.OpenDialog(where.Tenant, from.UserId, dialog.Kept)) switch
        {
            (DialogWish.Look or DialogWish.Up, { } context) => new ChatAction.Redraw(id, context, fields),
            (DialogWish.Send, { } context) => new ChatAction.Submit(id, context, fields),
            (DialogWish.Back, { Replaces: { } replaced }) => new ChatAction.Refresh(id, replaced),
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
