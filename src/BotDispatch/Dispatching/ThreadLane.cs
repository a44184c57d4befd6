using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Brings a thread up to date: posts what it has not shown as one reply, then draws the card as it is now.</summary>
internal sealed class ThreadLane(
    DispatchEngine engine, DispatchStore dispatches, ThreadStore threads, IEnumerable<IChatPlatform> platforms, WriteThreadUpdate write, ILogger<ThreadLane> log,
    [FromKeyedServices("story")] TimeProvider story)
{
    /// <summary>Shows what is missing in the dispatch's <paramref name="n"/>th thread.</summary>
    public async Task<LaneResult> ShowAsync(StoredDispatch stored, int n, CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        if (await threads.FindAsync(id, n, ct) is not { GivenUp: null } row)
            return new LaneResult.Done();
        if (platforms.FirstOrDefault(each => each.Name == row.Channel.Platform) is not { } platform)
            return new LaneResult.TryLater($"the chat {row.Channel.Platform} is not set up", TimeSpan.FromMinutes(1));

        if (row.RootMessage is null)
        {
            if (!row.OwnsCard)
                return new LaneResult.TryLater("its successor has not posted the card yet", TimeSpan.FromSeconds(5));
            await engine.WriteAsync(id, [ThreadStore.Rooting(id, row, row.RootTries + 1)], ct);
            var posted = await platform.PostCardAsync(row.Channel, DispatchCard.Of(stored.State), row.RootTries, ct);
            if (posted is not Posted.Done done)
                return NotPosted(posted, id, row, ThreadStore.Rooting(id, row, row.RootTries));
            // One that stood there already may be an older drawing.
            var drawnFrom = row.RootTries == 0 ? stored.Seq : 0;
            await engine.WriteAsync(id, [ThreadStore.Rooted(id, row, done.MessageId), ThreadStore.Drawn(id, row, drawnFrom)], ct);
            row = row with { RootMessage = done.MessageId, CardSeq = drawnFrom, PostingTries = 0 };
        }

        var thread = new ChatThread(row.Channel, row.RootMessage!);
        var (untold, told) = await TellAsync(platform, thread, row, stored, ct);
        if (untold is not (null or LaneResult.NotYet))
            return untold;
        // Of what happened while the reply was posted the card need not be drawn twice.
        var newest = await engine.FindAsync(id, stored.Seq, ct) ?? stored;
        if (!row.OwnsCard || row.CardSeq >= newest.Seq)
        {
            await told;
            return untold ?? new LaneResult.Done();
        }
        var drawing = platform.RedrawAsync(thread, DispatchCard.Of(newest.State), ct);
        await Task.WhenAll(told, drawing);
        var shown = await drawing switch
        {
            Posted.Done => new LaneResult.Done { Along = [ThreadStore.Drawn(id, row, newest.Seq)] },
            // A card that waits keeps no reply waiting: what happens meanwhile makes the lane due at once.
            Posted.NotYet(var after) => new LaneResult.Again(story.GetUtcNow() + after),
            var other => NotPosted(other, id, row),
        };
        return untold is null ? shown : untold with { Along = [.. untold.Along, .. shown.Along] };
    }

    /// <summary>
    /// Posts what is missing. A post whose answer was lost is repeated with the very same lines, so that a chat can recognise it;
    /// what happened meanwhile comes after it. That it was told is being stored when this returns.
    /// </summary>
    async Task<(LaneResult? Untold, Task Told)> TellAsync(IChatPlatform platform, ChatThread thread, ThreadRow row, StoredDispatch stored, CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        var told = Task.CompletedTask;
        var events = await dispatches.EventsAfterAsync(id, row.PostedSeq, ct);
        for (var (from, interrupted, tries) = (row.PostedSeq, row.PostingSeq, row.PostingTries); from < stored.Seq;)
        {
            var to = interrupted > from ? interrupted : stored.Seq;
            ImmutableArray<DispatchEvent> untold = [.. events.Where(each => each.Seq > from && each.Seq <= to).Select(each => each.Happened)];
            if (write(stored.State, from + 1, untold) is { } update)
            {
                await engine.WriteAsync(id, [ThreadStore.Telling(id, row, to, tries + 1)], ct);
                var posted = await platform.ReplyAsync(thread, update, tries, ct);
                if (posted is not Posted.Done)
                    return (NotPosted(posted, id, row, ThreadStore.Telling(id, row, interrupted, tries)), told);
            }
            await told;
            told = engine.WriteAsync(id, [ThreadStore.Told(id, row, to)], ct);
            (from, tries) = (to, 0);
        }
        return (null, told);
    }

    /// <summary>What follows. A post that surely was not made does not count: <paramref name="before"/> is how it was stored before, so that what piles up is told together.</summary>
    LaneResult NotPosted(Posted posted, DispatchId id, ThreadRow row, params ImmutableArray<Statement> before)
    {
        switch (posted)
        {
            case Posted.NotYet notYet:
                return new LaneResult.NotYet(notYet.After) { Along = before };
            case Posted.TryLater later:
                return new LaneResult.TryLater(later.Because, later.After) { Along = before };
            case Posted.Unsure unsure:
                return new LaneResult.TryLater(unsure.Because, unsure.After);
            case Posted.Gone gone:
                return new LaneResult.TryLater(gone.Because, TimeSpan.FromSeconds(1))
                {
                    Along = row.OwnsCard ? [ThreadStore.Rooted(id, row, null)] : [.. ThreadStore.Uprooted(id, row, story.GetUtcNow())],
                };
            default:
                var because = posted is Posted.Refused refused ? refused.Because : posted.GetType().Name;
                log.ThreadGivenUp(id, because);
                return new LaneResult.Done { Along = [ThreadStore.GaveUp(id, row, because)] };
        }
    }
}
