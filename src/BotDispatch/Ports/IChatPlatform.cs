using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A chat: shows a dispatch as one card that is redrawn in place, and one thread under it.</summary>
internal interface IChatPlatform
{
    /// <summary>The platform's name in addresses, as <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Posts the card as a new message in the channel. Where a dispatch was begun, one that does not take it may be replaced by a chat with whoever asked; a mirror may not. Asked again with the same dispatch after a lost answer, it should find the first one if it can.
    /// </summary>
    /// <param name="channel">Where.</param>
    /// <param name="card">What.</param>
    /// <param name="earlierTries">How often posting it was begun before without a known end: it may stand there already. One that is found need not be drawn anew.</param>
    /// <param name="ct">Stops the waiting.</param>
    Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct);

    /// <summary>Redraws the card in place.</summary>
    Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct);

    /// <summary>Adds one reply to the thread. Asked again with the same <see cref="ThreadUpdate.Key"/>, it should not say it twice if it can.</summary>
    /// <param name="thread">Where.</param>
    /// <param name="update">What; the very same lines whenever it is said again.</param>
    /// <param name="earlierTries">How often this reply was begun before without a known end: it may stand there already.</param>
    /// <param name="ct">Stops the waiting.</param>
    Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct);

    /// <summary>The email that the chat knows of somebody; null if it knows none, or does not tell. Throws where the chat cannot be asked.</summary>
    Task<string?> EmailOfAsync(Person person, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Only people of one house are in this chat, as of one workspace or one tenant: it is the house of whoever runs this.</summary>
    bool IsSingleTenant => true;

    /// <summary>A place as an administrator writes it, as <c>slack:T0ACME/C0OPS</c> or a link to it; null if it is none of this chat's.</summary>
    ChatChannel? ReadPlace(string written) => written.StartsWith(Name + ":", StringComparison.Ordinal) ? new(Name, written[(Name.Length + 1)..]) : null;

    /// <summary>Whether somebody is a member of a place, and who they are there: people of the place's own house by their id, others by their email.</summary>
    Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) =>
        Task.FromResult<Membership>(person.Platform == Name ? new Membership.Is(person) : new Membership.IsNot());
}

/// <summary>Whether an administrator allows dispatches of others to be shown in a place.</summary>
internal delegate bool IsMirrorAllowed(ChatChannel place);

/// <summary>Whether somebody is a member of a place.</summary>
internal abstract record Membership
{
    private Membership() { }

    /// <summary>They are; so they are known there.</summary>
    public sealed record Is(Person Here) : Membership;

    /// <summary>They are not, or the chat does not know them.</summary>
    public sealed record IsNot : Membership;

    /// <summary>This app is not let into that place: nobody can be shown anything there until somebody sets that right.</summary>
    public sealed record Unseen(string Because) : Membership;

    /// <summary>The chat cannot be asked now.</summary>
    public sealed record Unknown(string Because, TimeSpan After) : Membership;
}

/// <summary>The thread of a dispatch in one chat: the message that is its card.</summary>
internal sealed record ChatThread(ChatChannel Channel, string RootMessage);

/// <summary>How much a line of the thread matters.</summary>
internal enum Tone
{
    /// <summary>As expected.</summary>
    Plain,
    /// <summary>A person has the job.</summary>
    Good,
    /// <summary>An attempt came to nothing.</summary>
    Bad,
    /// <summary>Somebody must act.</summary>
    Alert,
}

/// <summary>One line of the thread, in plain words; whoever draws it escapes it.</summary>
/// <param name="Tone">How it is marked.</param>
/// <param name="Text">The words.</param>
/// <param name="Mention">Whom it is for, where somebody must see it.</param>
internal sealed record UpdateLine(Tone Tone, string Text, Person? Mention = null);

/// <summary>One reply: everything of a dispatch that its thread has not shown.</summary>
/// <param name="Key">The same for the same lines, so that a repeated post can be recognised.</param>
/// <param name="Lines">In the order they happened; never empty.</param>
/// <param name="AlsoInChannel">The whole channel is to see it: somebody has the job.</param>
internal sealed record ThreadUpdate(string Key, ImmutableArray<UpdateLine> Lines, bool AlsoInChannel);

/// <summary>How posting went.</summary>
internal abstract record Posted
{
    private Posted() { }

    /// <summary>It stands there.</summary>
    public sealed record Done(string MessageId) : Posted;

    /// <summary>It surely was not done, and nothing is wrong: its turn comes after that time, since a chat takes only so much at once.</summary>
    public sealed record NotYet(TimeSpan After) : Posted;

    /// <summary>It surely was not done: the chat cannot be reached, or does not take it now.</summary>
    public sealed record TryLater(string Because, TimeSpan After) : Posted;

    /// <summary>It may have been done: the answer was lost. The next try is told so.</summary>
    public sealed record Unsure(string Because, TimeSpan After) : Posted;

    /// <summary>The card's message is not there any more: it must be posted anew.</summary>
    public sealed record Gone(string Because) : Posted;

    /// <summary>This place will never take it.</summary>
    public sealed record Refused(string Because) : Posted;
}

/// <summary>
/// Puts events into words for a thread; null if nothing of them is worth a line.
/// </summary>
/// <param name="state">The state after the events, for names and numbers.</param>
/// <param name="fromSeq">The number of the first of the events; the same events give the same key.</param>
/// <param name="events">What the thread has not shown, in order.</param>
internal delegate ThreadUpdate? WriteThreadUpdate(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events);

/// <summary>
/// Tells a thread that begins late how things stand, in the place of everything that happened before; of the same state the same lines.
/// </summary>
internal delegate ThreadUpdate WriteThreadSummary(DispatchState state, long seq);
