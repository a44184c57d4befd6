using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Teams.Inbound;

/// <summary>The person who caused an activity.</summary>
/// <param name="Tenant">Their tenant; empty if Teams does not say.</param>
/// <param name="UserId">Their id for this bot, as <c>29:1abc</c>; empty if Teams itself caused it.</param>
/// <param name="AadObjectId">Their Entra object id, if Teams sends it.</param>
/// <param name="Name">Their display name, if Teams sends it.</param>
internal sealed record TeamsOrigin(string Tenant, string UserId, string? AadObjectId, string Name)
{
    /// <summary>The same person as the other rooms know them.</summary>
    public Person Person => TeamsAddress.Person(Tenant, AadObjectId, UserId, Name);
}

/// <summary>The kind of a conversation.</summary>
internal enum ConversationKind
{
    /// <summary>One person and the bot.</summary>
    Personal,
    /// <summary>A group chat or a meeting: no threads.</summary>
    GroupChat,
    /// <summary>A channel of a team: posts with threads.</summary>
    Channel,
}

/// <summary>The data that the bot needs to send to a conversation later.</summary>
/// <param name="Tenant">The tenant; empty if Teams does not say.</param>
/// <param name="ServiceUrl">The address at which Teams is called, as it was received.</param>
/// <param name="Conversation">The conversation's id without a thread.</param>
/// <param name="Root">The root post of the thread; empty if the activity is in no thread.</param>
/// <param name="Kind">The kind of the conversation.</param>
/// <param name="Team">The team, for channels.</param>
/// <param name="Name">The conversation's name, if Teams sends it.</param>
/// <param name="BotId">The bot's id in that conversation.</param>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages</remarks>
internal sealed record ConversationReference(
    string Tenant, string ServiceUrl, string Conversation, string Root, ConversationKind Kind, string? Team, string? Name, string BotId)
{
    /// <summary>The same conversation as the other rooms know it.</summary>
    public ChatChannel Channel => TeamsAddress.Channel(Tenant, Conversation);

    /// <summary>The conversation id for an answer in the same thread.</summary>
    public string ThreadId => TeamsAddress.ThreadId(Conversation, Root);
}

/// <summary>A message that somebody chose.</summary>
/// <param name="Id">The id of the message.</param>
/// <param name="Author">Who wrote it, if Teams sends it.</param>
/// <param name="Text">Its words, without markup.</param>
/// <param name="Link">The link to the message; null if Teams sends none.</param>
internal sealed record ChosenMessage(TeamsMessageId Id, string Author, string Text, Uri? Link);

/// <summary>An activity of Teams after reading: the action, and the details that only Teams has.</summary>
/// <param name="Action">The action of the person.</param>
/// <param name="From">Who did it.</param>
/// <param name="Where">The conversation in which they did it.</param>
/// <param name="Kind">What Teams waits for.</param>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal sealed record TeamsDelivery(ChatAction Action, TeamsOrigin From, ConversationReference Where, InvokeKind Kind = InvokeKind.None)
{
    /// <summary>The id of the delivery. It stays the same when Teams sends the delivery again.</summary>
    public string Id => Action.Id;

    /// <summary>The IANA name of the time zone of the client with which it was done; null if Teams does not say.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The message that was written, or the card that was pressed; null if Teams does not say.</summary>
    public TeamsMessageId? Message { get; init; }

    /// <summary>The button's data and the values of the fields, by name. A client can send anything here.</summary>
    public ImmutableDictionary<string, string> Data { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether only the author sees the message, so that only they may see the answer.</summary>
    public bool IsTargeted { get; init; }

    /// <summary>The message from which a message extension was started; null for other activities.</summary>
    public ChosenMessage? Chosen { get; init; }

    /// <summary>The id of the earlier delivery whose request this button repeats; null for a new request.</summary>
    public string? RequestId { get; init; }

    /// <summary>How many choices the field shows already.</summary>
    public int Skip { get; init; }

    /// <summary>How many choices the field asks for.</summary>
    public int Top { get; init; }

    /// <summary>The surface on which the answer is drawn.</summary>
    public Surface Surface => Kind switch
    {
        InvokeKind.CardExecute => Surface.Card,
        InvokeKind.None => Surface.Message,
        _ => Surface.Dialog,
    };
}
