using System.Collections.Concurrent;
using System.Threading.Channels;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Storage;

/// <summary>A chat that takes everything, and remembers it.</summary>
internal sealed class PretendChat : IChatPlatform, IMirrorPermission
{
    readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Channel<bool> replied = Channel.CreateUnbounded<bool>();
    readonly Lock gate = new();
    CancellationToken hangUntil;
    Func<Task>? whileDrawing;
    int asked;
    int deaths;

    public const string Platform = "test";

    public string Name => Platform;

    /// <summary>What posting a card comes to.</summary>
    public Posted? InsteadOfCards { get; set; }

    /// <summary>What posting a card into one place comes to; null for the usual.</summary>
    public Func<ChatChannel, Posted?> InsteadIn { get; set; } = _ => null;

    /// <summary>Whether somebody is a member of a place, and how often that was asked.</summary>
    public Func<ChatChannel, Person, Membership> MemberOf { get; set; } = (_, person) => new Membership.Is(person);

    public int Asked => Volatile.Read(ref asked);

    /// <summary>Whether an administrator allows mirrors there.</summary>
    public Func<ChatChannel, bool> IsAllowed { get; set; } = _ => true;

    /// <summary>Where cards were posted.</summary>
    public ConcurrentQueue<string> Places { get; } = new();

    /// <summary>What the next replies and drawings come to instead of being done; each is used once.</summary>
    public ConcurrentQueue<Posted> InsteadOfReplies { get; } = new();

    public ConcurrentQueue<Posted> InsteadOfDrawings { get; } = new();

    /// <summary>Called before each reply.</summary>
    public Action Replying { get; set; } = static () => { };

    public ConcurrentQueue<DispatchId> Cards { get; } = new();

    /// <summary>How many earlier tries each post of a card named, and each reply with its key.</summary>
    public ConcurrentQueue<int> CardTries { get; } = new();

    public ConcurrentQueue<(string Key, int Earlier)> ReplyTries { get; } = new();

    public ConcurrentQueue<(string Root, DispatchId Card)> Drawings { get; } = new();

    public ConcurrentQueue<(string Root, string Key)> Replies { get; } = new();

    /// <summary>The lines of all replies, in order: each names the events that it is about.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    bool IMirrorPermission.IsAllowed(ChatChannel place) => IsAllowed(place);

    public Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct)
    {
        Interlocked.Increment(ref asked);
        return Task.FromResult(MemberOf(place, person));
    }

    /// <summary>Completes when somebody waits for an answer that never comes.</summary>
    public Task Hanging => hanging.Task;

    /// <summary>Until when no card is answered for in that place.</summary>
    public Func<ChatChannel, CancellationToken> HangsIn { get; set; } = _ => default;

    /// <summary>Completes when so many replies were taken.</summary>
    public async Task RepliesPostedAsync(int replies)
    {
        while (Replies.Count < replies)
            await replied.Reader.ReadAsync();
    }

    /// <summary>Within so many of the next replies the process dies: nobody hears what became of them.</summary>
    public void DieWithin(int replies) => Volatile.Write(ref deaths, replies);

    /// <summary>From now on no card is answered for.</summary>
    public void Hang(CancellationToken until) => hangUntil = until;

    public async Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct)
    {
        CardTries.Enqueue(earlierTries);
        if ((hangUntil.CanBeCanceled ? hangUntil : HangsIn(channel)) is { CanBeCanceled: true } until)
        {
            hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, until);
        }
        if ((InsteadOfCards ?? InsteadIn(channel)) is { } other)
            return other;
        // Threads post at the same time, and each message has an id of its own.
        lock (gate)
        {
            Places.Enqueue(channel.Address);
            var again = Cards.Count(each => each == card.Id);
            Cards.Enqueue(card.Id);
            return new Posted.Done($"card-{card.Id}{(again == 0 ? "" : $"-{again + 1}")}");
        }
    }

    public async Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct)
    {
        if (InsteadOfDrawings.TryDequeue(out var other))
            return other;
        Drawings.Enqueue((thread.RootMessage, card.Id));
        if (Interlocked.Exchange(ref whileDrawing, null) is { } meanwhile)
            await meanwhile();
        return new Posted.Done(thread.RootMessage);
    }

    /// <summary>What happens while a card is drawn the next time.</summary>
    public void WhileDrawing(Func<Task> meanwhile) => whileDrawing = meanwhile;

    public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct)
    {
        Replying();
        ReplyTries.Enqueue((update.Key, earlierTries));
        if (Interlocked.Decrement(ref deaths) >= 0)
            throw new InvalidOperationException("the process died");
        if (InsteadOfReplies.TryDequeue(out var other))
            return Task.FromResult(other);
        foreach (var line in update.Lines)
            Lines.Enqueue(line.Text);
        Replies.Enqueue((thread.RootMessage, update.Key));
        replied.Writer.TryWrite(true);
        return Task.FromResult<Posted>(new Posted.Done(update.Key));
    }
}

/// <summary>Words that name the events that people see, or count the calls. As in the real ones, the others make no reply.</summary>
internal sealed class PretendWords : IThreadWords
{
    public ThreadUpdate? Update(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events) =>
        events.Where(LaneMarks.IsShown).Select(happened => happened.GetType().Name).ToList() is { Count: > 0 } names
            ? new($"{state.Plan.Id}:{fromSeq}-{fromSeq + events.Count - 1}", [new(Tone.Plain, string.Join(' ', names))], AlsoInChannel: false)
            : null;

    public ThreadUpdate Summary(DispatchState state, long seq) =>
        new($"{state.Plan.Id}:summary-{seq}", [new(Tone.Plain, $"Summary of {state.Legs.Length} calls")], AlsoInChannel: false);
}
