using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;

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

/// <summary>An activity of Teams, read: what was done, and what only Teams knows of it.</summary>
/// <param name="Action">What was done.</param>
/// <param name="From">Who did it.</param>
/// <param name="Where">In which conversation.</param>
/// <param name="Kind">What Teams waits for.</param>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
internal sealed record TeamsDelivery(ChatAction Action, TeamsOrigin From, ConversationReference Where, InvokeKind Kind = InvokeKind.None)
{
    /// <summary>The same for the same delivery, also when it is sent again.</summary>
    public string Id => Action.Id;

    /// <summary>The message that was written, or the card that was pressed; null if Teams does not say.</summary>
    public TeamsMessageId? Message { get; init; }

    /// <summary>What a button carries, and what is filled in, by name. A client can send anything there.</summary>
    public ImmutableDictionary<string, string> Data { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Only the writer sees the message, so only they should see the answer.</summary>
    public bool IsTargeted { get; init; }

    /// <summary>The message that a message extension was begun on; null for others.</summary>
    public ChosenMessage? Chosen { get; init; }

    /// <summary>Names the wish that a button repeats, which was delivered before; null for a new one.</summary>
    public string? Wish { get; init; }

    /// <summary>How many choices the field shows already.</summary>
    public int Skip { get; init; }

    /// <summary>How many choices the field asks for.</summary>
    public int Top { get; init; }

    /// <summary>Where an answer is drawn.</summary>
    public Surface Surface => Kind switch
    {
        InvokeKind.CardExecute => Surface.Card,
        InvokeKind.None => Surface.Message,
        _ => Surface.Dialog,
    };
}
