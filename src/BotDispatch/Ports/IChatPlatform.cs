using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A chat. It shows a dispatch as one card, which is redrawn in place, with one thread below the card.</summary>
internal interface IChatPlatform
{
    /// <summary>The name of the chat in addresses, such as <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>Whether the chat is set up in this process. Nothing is shown in one that is not.</summary>
    bool IsSetUp => true;

    /// <summary>
    /// Posts the card as a new message in the channel. If the channel where a dispatch began refuses the card, a direct chat with the
    /// requester may replace the channel; for a mirror it may not. After a lost answer the call is repeated with the same dispatch, and
    /// should then find the first message if it can.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="card">The card.</param>
    /// <param name="earlierTries">How many earlier attempts had an unknown result, so that the message may exist already. A message that is
    /// found need not be redrawn.</param>
    /// <param name="ct">Stops the wait.</param>
    Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct);

    /// <summary>Redraws the card in place.</summary>
    Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct);

    /// <summary>
    /// Adds one reply to the thread. A repeated call with the same <see cref="ThreadUpdate.Key"/> should not post the reply twice if it can
    /// avoid that.
    /// </summary>
    /// <param name="thread">The thread.</param>
    /// <param name="update">The reply. A repeated call has exactly the same lines.</param>
    /// <param name="earlierTries">How many earlier attempts had an unknown result, so that the reply may exist already.</param>
    /// <param name="ct">Stops the wait.</param>
    Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct);

    /// <summary>
    /// Returns the email of a person; null if the chat knows none or does not reveal it. Throws if the chat cannot be asked.
    /// </summary>
    Task<string?> EmailOfAsync(Person person, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>
    /// Returns the IANA name of a person's time zone; null if the chat knows none or does not reveal it. Throws if the chat cannot be
    /// asked.
    /// </summary>
    Task<string?> TimeZoneOfAsync(Person person, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>
    /// Sends a direct message to the person who has this email in the tenant of a place. The text is plain. Returns whether it was surely
    /// sent; it is not sent again. May throw if the chat cannot be asked.
    /// </summary>
    Task<bool> TellAsync(ChatChannel place, string email, string text, CancellationToken ct) => Task.FromResult(false);

    /// <summary>Returns an address that opens the thread for people outside the chat; null if there is none.</summary>
    Task<string?> LinkToAsync(ChatThread thread, CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Whether all people in this chat belong to one tenant, such as a workspace: the tenant that runs this process.</summary>
    bool IsSingleTenant => true;

    /// <summary>
    /// Reads a place as an administrator writes it, such as <c>slack:T0ACME/C0OPS</c> or a link to it. Returns null if it is not a place in
    /// this chat.
    /// </summary>
    ChatChannel? ReadPlace(string written) =>
        written.StartsWith(Name + ":", StringComparison.Ordinal) ? new(Name, written[(Name.Length + 1)..]) : null;

    /// <summary>
    /// Returns whether a person is a member of a place, and their account there. People of the same tenant are found by their id, others by
    /// their email.
    /// </summary>
    Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) =>
        Task.FromResult<Membership>(person.Platform == Name ? new Membership.Is(person) : new Membership.IsNot());
}

/// <summary>Reads places of every chat as an administrator writes them, whether or not that chat is set up.</summary>
internal interface IPlaceReader
{
    /// <summary>Returns the place, or null if it is a place in no chat.</summary>
    ChatChannel? Read(string written);
}

/// <summary>Knows in which places an administrator allows other channels' dispatches to be shown.</summary>
internal interface IMirrorPermission
{
    /// <summary>Returns whether dispatches of other channels may be shown in the place.</summary>
    bool IsAllowed(ChatChannel place);
}

/// <summary>Whether a person is a member of a place.</summary>
internal abstract record Membership
{
    private Membership() { }

    /// <summary>They are a member, with this account.</summary>
    public sealed record Is(Person Here) : Membership;

    /// <summary>They are not a member, or the chat does not know them.</summary>
    public sealed record IsNot : Membership;

    /// <summary>This app has no access to that place. It can show nothing there until somebody grants access.</summary>
    public sealed record Unseen(string Because) : Membership;

    /// <summary>The chat cannot be asked now. Ask again after the given time.</summary>
    public sealed record Unknown(string Because, TimeSpan After) : Membership;
}

/// <summary>The thread of a dispatch in one chat, named by the message that is its card.</summary>
internal sealed record ChatThread(ChatChannel Channel, string RootMessage);

/// <summary>The importance of a line in the thread.</summary>
internal enum Tone
{
    /// <summary>The line reports an expected step.</summary>
    Plain,
    /// <summary>A person has the job.</summary>
    Good,
    /// <summary>An attempt failed.</summary>
    Bad,
    /// <summary>Somebody must act.</summary>
    Alert,
}

/// <summary>One line of the thread in plain text. The code that draws it must escape it.</summary>
/// <param name="Tone">The importance, which decides how the line is marked.</param>
/// <param name="Text">The text.</param>
/// <param name="Mention">The person to notify; null if nobody is to be notified.</param>
internal sealed record UpdateLine(Tone Tone, string Text, Person? Mention = null);

/// <summary>One reply: every line of a dispatch that its thread has not shown.</summary>
/// <param name="Key">Identifies the lines: the same lines always have the same key, so a repeated post can be recognised.</param>
/// <param name="Lines">The lines in order; never empty.</param>
/// <param name="AlsoInChannel">Whether the whole channel sees the reply, because somebody has the job.</param>
internal sealed record ThreadUpdate(string Key, ImmutableArray<UpdateLine> Lines, bool AlsoInChannel);

/// <summary>The result of a post.</summary>
internal abstract record Posted
{
    private Posted() { }

    /// <summary>The message was posted.</summary>
    public sealed record Done(string MessageId) : Posted;

    /// <summary>
    /// The message was certainly not posted, and nothing is wrong: the chat limits how much it accepts, so try after the given time.
    /// </summary>
    public sealed record NotYet(TimeSpan After) : Posted;

    /// <summary>The message was certainly not posted, because the chat cannot be reached or does not accept it now.</summary>
    public sealed record TryLater(string Because, TimeSpan After) : Posted;

    /// <summary>The answer was lost, so the message may have been posted. The next attempt gets the number of such attempts.</summary>
    public sealed record Unsure(string Because, TimeSpan After) : Posted;

    /// <summary>The card's message was deleted, so the card must be posted anew.</summary>
    public sealed record Gone(string Because) : Posted;

    /// <summary>This place will never accept the message.</summary>
    public sealed record Refused(string Because) : Posted;
}

/// <summary>Puts what happened to a dispatch into words, for the threads of every chat.</summary>
internal interface IThreadWords
{
    /// <summary>Returns the thread's text for events; null if no event is worth a line.</summary>
    /// <param name="state">The state after the events, for names and numbers.</param>
    /// <param name="fromSeq">The number of the first event. The same events yield the same key.</param>
    /// <param name="events">The events that the thread has not shown, without gaps and in order.</param>
    ThreadUpdate? Update(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events);

    /// <summary>
    /// Returns a summary for a thread that begins late, in place of everything that happened before. The same state yields the same lines.
    /// </summary>
    /// <param name="state">The state that is summarised.</param>
    /// <param name="seq">The number of its last event. The same number yields the same key.</param>
    ThreadUpdate Summary(DispatchState state, long seq);
}
