using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// Everything that a person or a chat can do, in the same words for every chat. What only one chat knows, such as a trigger or a token,
/// stays in its <see cref="IReplySurface{TReply}"/>.
/// </summary>
/// <param name="Id">Names the delivery. A delivery that is sent again has the same name, and is handled once.</param>
internal abstract record ChatAction(string Id)
{
    /// <summary>Somebody typed a command, which may be answered with the dialog.</summary>
    /// <param name="Id">Names the delivery.</param>
    /// <param name="Text">The text after <c>/dispatch</c>, without the chat's markup.</param>
    /// <param name="Mentions">The people mentioned in it, in their order. A surface completes their names.</param>
    public sealed record Command(string Id, string Text, ImmutableArray<Mention> Mentions) : ChatAction(Id);

    /// <summary>
    /// Somebody wrote to the bot in a message. No dialog opens from a message, so a button is offered that opens it.
    /// </summary>
    public sealed record Mentioned(string Id, string Text, ImmutableArray<Mention> Mentions) : ChatAction(Id);

    /// <summary>Somebody chose a message that is to be dispatched.</summary>
    /// <param name="Id">Names the delivery.</param>
    /// <param name="Text">The message, without the chat's markup.</param>
    /// <param name="Mentions">The people mentioned in it.</param>
    /// <param name="Link">Leads to it; null if the chat gives none.</param>
    public sealed record MessageChosen(string Id, string Text, ImmutableArray<Mention> Mentions, string? Link) : ChatAction(Id);

    /// <summary>Somebody pressed a button of a dispatch's card.</summary>
    public sealed record Press(string Id, CardPress Button) : ChatAction(Id);

    /// <summary>A client asks for the card as it is now. Nobody decided anything.</summary>
    public sealed record Refresh(string Id, DispatchId Dispatch) : ChatAction(Id);

    /// <summary>Somebody wants to begin and did not say what: they are asked.</summary>
    public sealed record Ask(string Id) : ChatAction(Id);

    /// <summary>Somebody answered what is to be dispatched.</summary>
    public sealed record Asked(string Id, string Text) : ChatAction(Id);

    /// <summary>The dialog was sent.</summary>
    public sealed record Submit(string Id, DialogContext Context, DialogFields Fields) : ChatAction(Id);

    /// <summary>Something in the open dialog changed, so it is to be drawn again.</summary>
    public sealed record Redraw(string Id, DialogContext Context, DialogFields Fields) : ChatAction(Id);

    /// <summary>Somebody types into the dialog's field of people.</summary>
    /// <param name="Id">Names the delivery.</param>
    /// <param name="Typed">What they typed so far.</param>
    /// <param name="Most">How many people are wanted; 0 for a field that we do not know.</param>
    public sealed record Search(string Id, string Typed, int Most) : ChatAction(Id);

    /// <summary>Somebody looks at the app's own page.</summary>
    public sealed record HomeOpened(string Id) : ChatAction(Id);

    /// <summary>The app was installed there.</summary>
    public sealed record Installed(string Id) : ChatAction(Id);

    /// <summary>The app was removed there, or its tokens were revoked.</summary>
    public sealed record Removed(string Id) : ChatAction(Id);

    /// <summary>A dialog or a button of ours came back, and what it carries cannot be read.</summary>
    public sealed record Unreadable(string Id) : ChatAction(Id);

    /// <summary>Something that we do not know, or that asks for nothing. It is acknowledged.</summary>
    public sealed record Unknown(string Id, string Type) : ChatAction(Id);

    /// <summary>Whether it is a press that opens no dialog.</summary>
    public bool IsPlainPress => this is Press { Button.Action: not CardAction.Redispatch };

    /// <summary>
    /// Whether the answer to a repeated delivery is the first one's. What is typed into a search is worth nothing later, and an
    /// unknown delivery may have the name of a known one: in Teams an edited message has the name of the message.
    /// </summary>
    public bool IsRemembered => this is not (Search or Unknown);
}
