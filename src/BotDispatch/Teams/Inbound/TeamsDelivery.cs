using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Inbound;

/// <summary>Who did it.</summary>
/// <param name="Tenant">Where they are; empty if Teams does not say.</param>
/// <param name="UserId">Their id for this bot, as <c>29:1abc</c>; empty where Teams itself speaks.</param>
/// <param name="AadObjectId">Their Entra object id, where Teams tells it.</param>
/// <param name="Name">How Teams shows them, where it tells it.</param>
internal sealed record TeamsOrigin(string Tenant, string UserId, string? AadObjectId, string Name)
{
    /// <summary>As everybody else knows them.</summary>
    public Person Person => TeamsAddress.Person(Tenant, AadObjectId, UserId, Name);
}

/// <summary>What kind of place a conversation is.</summary>
internal enum ConversationKind
{
    /// <summary>One person and the bot.</summary>
    Personal,
    /// <summary>A group chat or a meeting: no threads.</summary>
    GroupChat,
    /// <summary>A channel of a team: posts with threads.</summary>
    Channel,
}

/// <summary>All that it takes to speak there later.</summary>
/// <param name="Tenant">The tenant; empty if Teams does not say.</param>
/// <param name="ServiceUrl">Where Teams is to be called, as it came.</param>
/// <param name="Conversation">The conversation's id, without any thread.</param>
/// <param name="Root">The post that the thread hangs on; empty where it happened in no thread.</param>
/// <param name="Kind">What kind of place.</param>
/// <param name="Team">The team, for channels.</param>
/// <param name="Name">How people call it, where Teams tells it.</param>
/// <param name="BotId">The bot as it is called there.</param>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages</remarks>
internal sealed record ConversationReference(
    string Tenant, string ServiceUrl, string Conversation, string Root, ConversationKind Kind, string? Team, string? Name, string BotId)
{
    /// <summary>As everybody else knows it.</summary>
    public ChatChannel Channel => TeamsAddress.Channel(Tenant, Conversation);

    /// <summary>Where an answer goes that belongs into the same thread.</summary>
    public string ThreadId => TeamsAddress.ThreadId(Conversation, Root);
}

/// <summary>A message that somebody chose.</summary>
/// <param name="Id">The message.</param>
/// <param name="Author">Who wrote it, where Teams tells it.</param>
/// <param name="Text">Its words, without markup.</param>
/// <param name="Link">Leads to it; null if Teams gives none.</param>
internal sealed record ChosenMessage(TeamsMessageId Id, string Author, string Text, Uri? Link);

/// <summary>Everything that Teams sends. Fields of cards and dialogs are texts by name; what a client sent in them proves nothing.</summary>
/// <param name="Id">The same for the same delivery, also when it is sent again.</param>
/// <param name="From">Who did it.</param>
/// <param name="Where">In which conversation.</param>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal abstract record TeamsDelivery(string Id, TeamsOrigin From, ConversationReference Where)
{
    /// <summary>Somebody wrote to the bot.</summary>
    /// <param name="Id">The delivery.</param>
    /// <param name="From">Who.</param>
    /// <param name="Where">Where.</param>
    /// <param name="Text">What, without the mention of the bot; empty if there was nothing else.</param>
    /// <param name="Mentions">Everybody else who is mentioned in it, in their order.</param>
    /// <param name="IsTargeted">Only the writer sees it, and only they should see the answer.</param>
    /// <param name="Message">The message itself.</param>
    public sealed record Command(string Id, TeamsOrigin From, ConversationReference Where, string Text, ImmutableArray<Mention> Mentions, bool IsTargeted, TeamsMessageId Message)
        : TeamsDelivery(Id, From, Where);

    /// <summary>A plain button of a card was pressed. Nothing can be answered but by a message.</summary>
    /// <param name="Id">The delivery.</param>
    /// <param name="From">Who.</param>
    /// <param name="Where">Where.</param>
    /// <param name="Data">The button's data and what is filled in.</param>
    /// <param name="Message">The card; null if Teams does not say.</param>
    public sealed record CardSubmit(string Id, TeamsOrigin From, ConversationReference Where, ImmutableDictionary<string, string> Data, TeamsMessageId? Message)
        : TeamsDelivery(Id, From, Where);

    /// <summary>A button of a card was pressed that is answered with a card or a text, or a client asks for the card anew.</summary>
    /// <param name="Id">The delivery.</param>
    /// <param name="From">Who.</param>
    /// <param name="Where">Where.</param>
    /// <param name="Verb">The button's verb.</param>
    /// <param name="Data">The button's data and what is filled in.</param>
    /// <param name="Message">The card; null if Teams does not say.</param>
    /// <param name="IsRefresh">Nobody pressed anything.</param>
    public sealed record CardExecute(
        string Id, TeamsOrigin From, ConversationReference Where, string Verb, ImmutableDictionary<string, string> Data, TeamsMessageId? Message, bool IsRefresh)
        : TeamsDelivery(Id, From, Where);

    /// <summary>A button of a card asks for a dialog.</summary>
    public sealed record DialogFetch(string Id, TeamsOrigin From, ConversationReference Where, ImmutableDictionary<string, string> Data, TeamsMessageId? Message)
        : TeamsDelivery(Id, From, Where);

    /// <summary>Such a dialog was sent.</summary>
    public sealed record DialogSubmit(string Id, TeamsOrigin From, ConversationReference Where, ImmutableDictionary<string, string> Data, TeamsMessageId? Message)
        : TeamsDelivery(Id, From, Where);

    /// <summary>A message extension asks for its dialog; <paramref name="Chosen"/> is null unless it was begun on a message.</summary>
    public sealed record ExtensionFetch(string Id, TeamsOrigin From, ConversationReference Where, string CommandId, string Context, ChosenMessage? Chosen)
        : TeamsDelivery(Id, From, Where);

    /// <summary>The dialog of a message extension was sent.</summary>
    public sealed record ExtensionSubmit(
        string Id, TeamsOrigin From, ConversationReference Where, string CommandId, string Context, ChosenMessage? Chosen, ImmutableDictionary<string, string> Data)
        : TeamsDelivery(Id, From, Where);

    /// <summary>Somebody types into a field that asks us for its choices.</summary>
    public sealed record Search(string Id, TeamsOrigin From, ConversationReference Where, string Typed, string Dataset, int Skip, int Top, ImmutableDictionary<string, string> Data)
        : TeamsDelivery(Id, From, Where);

    /// <summary>The bot was added there. Teams says it up to twice: as an installation and as a new member.</summary>
    public sealed record BotAdded(string Id, TeamsOrigin From, ConversationReference Where, bool IsInstallation) : TeamsDelivery(Id, From, Where);

    /// <summary>The bot was removed there; said up to twice, too.</summary>
    public sealed record BotRemoved(string Id, TeamsOrigin From, ConversationReference Where, bool IsInstallation) : TeamsDelivery(Id, From, Where);

    /// <summary>Something asks for an answer that we do not know: answered with 501 and handed to nobody.</summary>
    public sealed record UnknownInvoke(string Id, TeamsOrigin From, ConversationReference Where, string Name) : TeamsDelivery(Id, From, Where);

    /// <summary>Something that we do not know, that is not for us or that asks for nothing, as an edited message. It is acknowledged.</summary>
    public sealed record Unknown(string Id, TeamsOrigin From, ConversationReference Where, string Type) : TeamsDelivery(Id, From, Where);
}
