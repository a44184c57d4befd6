using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Handlers;

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
