using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Posts what a thread has not shown. A post whose answer was lost is repeated with the very same lines, so that a chat can recognise it; what happened meanwhile comes after it.
/// </summary>
internal sealed class ThreadPosting(DispatchEngine engine, DispatchStore dispatches, WriteThreadUpdate write, WriteThreadSummary summarise)
{
    /// <summary>Posts it. What kept a reply from being posted, and how it was stored before; null if all is told. That it was told is being stored when this returns.</summary>
    public async Task<(Posted? Untold, ImmutableArray<Statement> Before, Task Told)> TellAsync(
        IChatPlatform platform, ChatThread thread, ThreadRow row, StoredDispatch stored, CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        var told = Task.CompletedTask;
        var events = await dispatches.EventsAfterAsync(id, row.PostedSeq, ct);
        for (var (from, interrupted, tries) = (row.PostedSeq, row.PostingSeq, row.PostingTries); from < stored.Seq;)
        {
            var to = interrupted > from ? interrupted : stored.Seq;
            ImmutableArray<DispatchEvent> untold = [.. events.Where(each => each.Seq > from && each.Seq <= to).Select(each => each.Happened)];
            if (Written(stored.State, row, from, to, untold) is { } update)
            {
                // A death within the post counts as one try, however often it happens: a chat may take a line as posted after several, but only after answers that were lost.
                await engine.WriteAsync(id, [ThreadStore.SaveReplyAttempt(id, row, to, Math.Max(tries, 1))], ct);
                var posted = await platform.ReplyAsync(thread, AsThere(update, stored.State, row), tries, ct);
                if (posted is Posted.Unsure && tries > 0)
                    await engine.WriteAsync(id, [ThreadStore.SaveReplyAttempt(id, row, to, tries + 1)], ct);
                if (posted is not Posted.Done)
                    return (posted, [ThreadStore.SaveReplyAttempt(id, row, interrupted, tries)], told);
            }
            await told;
            told = engine.WriteAsync(id, [ThreadStore.SaveReplied(id, row, to)], ct);
            (from, tries) = (to, 0);
        }
        return (null, [], told);
    }

    // Who follows from later on wants to know how it stands, not every call that was in vain.
    ThreadUpdate? Written(DispatchState now, ThreadRow row, long from, long to, ImmutableArray<DispatchEvent> untold)
    {
        if (row.N > 0 && from == 0 && untold.Aggregate(DispatchState.Initial, Evolution.Evolve) is var then && HasHistory(then))
            return summarise(then, to);
        return write(now, from + 1, untold);
    }

    static bool HasHistory(DispatchState state) => state.IsClosed || state.Legs.Any(leg => leg.Outcome is not null);

    /// <summary>Whoever wants it in that place is somebody else there, and called by that. Others of another chat can be called only in their own.</summary>
    static ThreadUpdate AsThere(ThreadUpdate update, DispatchState state, ThreadRow row)
    {
        return update with { Lines = [.. update.Lines.Select(line => line with { Mention = Called(line.Mention) })] };

        Person? Called(Person? person) =>
            row.Asker is { } asker && person == state.Mirrors[row.N - 1].By ? new(row.Channel.Platform, asker, person.Name)
            : person?.Platform == row.Channel.Platform ? person
            : null;
    }
}
