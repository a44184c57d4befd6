using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Posts the events that a thread has not shown. A post whose answer was lost is repeated with the same lines, so that the chat can
/// recognise it; later events are posted after it.
/// </summary>
internal sealed class ThreadPosting(DispatchEngine engine, IThreadWords words)
{
    /// <summary>
    /// Posts what is missing, <paramref name="inOneReply"/> or what closes the dispatch in a reply of its own. <c>Failed</c> is why a reply
    /// was not posted, null if all were; <c>Before</c> restores the row as it was before that reply; <c>Saved</c> completes when it is
    /// stored that all were posted, and gives the row as it is stored then. Nothing is posted before <paramref name="cardSaved"/>.
    /// </summary>
    public async Task<(Posted? Failed, ImmutableArray<Statement> Before, Task<ThreadRow> Saved)> PostAsync(
        IChatPlatform platform, ChatThread thread, ThreadRow row, StoredDispatch stored, bool inOneReply, Task cardSaved,
        CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        var events = await engine.EventsAfterAsync(stored, row.PostedSeq, ct);
        // All of them are written first, so that nothing can fail between a post and storing that it was made.
        List<(long From, long To, ThreadUpdate Update)> replies = [.. Replies(stored, row, events, inOneReply)];
        var postingSeq = row.PostingSeq;
        foreach (var (from, to, update) in replies)
        {
            var tries = from == row.PostedSeq ? row.PostingTries : 0;
            // All deaths of the process within the post count as one try: only lost answers mean that the chat may have posted it.
            // The same statement stores that the reply before it was posted.
            await Task.WhenAll(cardSaved, engine.WriteAsync(id, [ThreadStore.SaveReplyAttempt(id, row, from, to, Math.Max(tries, 1))], ct));
            var posted = await platform.ReplyAsync(thread, AsThere(update, stored.State, row), tries, ct);
            if (posted is Posted.Unsure && tries > 0)
                await engine.WriteAsync(id, [ThreadStore.SaveReplyAttempt(id, row, from, to, tries + 1)], ct);
            if (posted is not Posted.Done)
                return (posted, [ThreadStore.SaveReplyAttempt(id, row, from, postingSeq, tries)], Task.FromResult(row));
            postingSeq = to;
        }
        engine.ForgetEvents(id, stored.Seq);
        var replied = row.PostedSeq < stored.Seq ? row with { PostedSeq = stored.Seq, PostingSeq = postingSeq, PostingTries = 0 } : row;
        return (null, [], SavedAsync());

        async Task<ThreadRow> SavedAsync()
        {
            var repliedSaved = replied == row ? Task.CompletedTask : engine.WriteAsync(id, [ThreadStore.SaveReplied(id, replied)], ct);
            await Task.WhenAll(cardSaved, repliedSaved);
            return replied;
        }
    }

    // Events of which the thread says nothing make no reply.
    IEnumerable<(long From, long To, ThreadUpdate Update)> Replies(
        StoredDispatch stored, ThreadRow row, ImmutableArray<StoredEvent> events, bool inOneReply)
    {
        for (var from = row.PostedSeq; from < stored.Seq;)
        {
            var to = row.PostingSeq > from ? row.PostingSeq : inOneReply ? stored.Seq : EndOfReply(events, row, from, stored.Seq);
            ImmutableArray<DispatchEvent> missing =
                [.. events.Where(each => each.Seq > from && each.Seq <= to).Select(each => each.Happened)];
            if (Written(stored.State, row, from, to, missing) is { } update)
                yield return (from, to, update);
            from = to;
        }
    }

    /// <summary>
    /// The last event of the reply that begins after <paramref name="from"/>. What closes the dispatch, with all that was committed with
    /// it, is a reply of its own: the whole channel may see it.
    /// </summary>
    static long EndOfReply(ImmutableArray<StoredEvent> events, ThreadRow row, long from, long newest)
    {
        var isLateMirror = row.N > 0 && from == 0;
        var closing = events.FirstOrDefault(each => each.Seq > from && each.Seq <= newest && IsClosing(each.Happened));
        if (isLateMirror || closing is null)
            return newest;
        return closing.CommitSeq > from + 1
            ? closing.CommitSeq - 1
            : events.Last(each => each.CommitSeq == closing.CommitSeq && each.Seq <= newest).Seq;
    }

    static bool IsClosing(DispatchEvent happened) =>
        happened is DispatchEvent.Accepted or DispatchEvent.Taken or DispatchEvent.Cancelled or DispatchEvent.CalledOff
            or DispatchEvent.Exhausted;

    // A mirror that begins late gets a summary instead of a line for every call that failed.
    ThreadUpdate? Written(DispatchState now, ThreadRow row, long from, long to, ImmutableArray<DispatchEvent> missing)
    {
        if (row.N > 0 && from == 0 && missing.Aggregate(DispatchState.Initial, Evolution.Evolve) is var then && HasHistory(then))
            return words.Summary(then, to);
        return words.Update(now, from + 1, missing);
    }

    static bool HasHistory(DispatchState state) => state.IsClosed || state.Legs.Any(leg => leg.Outcome is not null);

    /// <summary>
    /// The requester has another account in the mirrored chat: mention that one. Drop mentions of other people of another chat.
    /// </summary>
    static ThreadUpdate AsThere(ThreadUpdate update, DispatchState state, ThreadRow row)
    {
        return update with { Lines = [.. update.Lines.Select(line => line with { Mention = AccountHere(line.Mention) })] };

        Person? AccountHere(Person? person) =>
            person?.IsProgram == true ? null
            : row.Asker is { } asker && person == state.Mirrors[row.N - 1].By ? new(row.Channel.Platform, asker, person.Name)
            : person?.Platform == row.Channel.Platform ? person
            : null;
    }
}
