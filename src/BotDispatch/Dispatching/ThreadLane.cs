using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Brings a thread up to date: posts what it has not shown as one reply, then draws the card as it is now.</summary>
internal sealed class ThreadLane(
    DispatchEngine engine, DispatchStore dispatches, ThreadStore threads, IEnumerable<IChatPlatform> platforms, WriteThreadUpdate write, ILogger<ThreadLane> log)
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
            var posted = await platform.PostCardAsync(row.Channel, DispatchCard.Of(stored.State), ct);
            if (posted is not Posted.Done done)
                return await NotPostedAsync(posted, id, row, ct);
            await engine.WriteAsync(id, [ThreadStore.Rooted(id, row, done.MessageId), ThreadStore.Drawn(id, row, stored.Seq)], ct);
            row = row with { RootMessage = done.MessageId, CardSeq = Math.Max(row.CardSeq, stored.Seq) };
        }

        var thread = new ChatThread(row.Channel, row.RootMessage!);
        var (untold, told) = await TellAsync(platform, thread, row, stored, ct);
        if (untold is not null)
            return untold;
        // Of what happened while the reply was posted the card need not be drawn twice.
        var newest = await engine.FindAsync(id, stored.Seq, ct) ?? stored;
        if (!row.OwnsCard || row.CardSeq >= newest.Seq)
        {
            await told;
            return new LaneResult.Done();
        }
        var drawing = platform.RedrawAsync(thread, DispatchCard.Of(newest.State), ct);
        await Task.WhenAll(told, drawing);
        var drawn = await drawing;
        return drawn is Posted.Done ? new LaneResult.Done { Along = [ThreadStore.Drawn(id, row, newest.Seq)] } : await NotPostedAsync(drawn, id, row, ct);
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
        for (var (from, interrupted) = (row.PostedSeq, row.PostingSeq); from < stored.Seq;)
        {
            var to = interrupted > from ? interrupted : stored.Seq;
            ImmutableArray<DispatchEvent> untold = [.. events.Where(each => each.Seq > from && each.Seq <= to).Select(each => each.Happened)];
            if (write(stored.State, from + 1, untold) is { } update)
            {
                if (to != interrupted)
                    await engine.WriteAsync(id, [ThreadStore.Telling(id, row, to)], ct);
                var posted = await platform.ReplyAsync(thread, update, ct);
                if (posted is not Posted.Done)
                    return (await NotPostedAsync(posted, id, row, ct), told);
            }
            await told;
            told = engine.WriteAsync(id, [ThreadStore.Told(id, row, to)], ct);
            from = to;
        }
        return (null, told);
    }

    async Task<LaneResult> NotPostedAsync(Posted posted, DispatchId id, ThreadRow row, CancellationToken ct)
    {
        switch (posted)
        {
            case Posted.TryLater later:
                return new LaneResult.TryLater(later.Because, later.After);
            case Posted.Gone gone when row.OwnsCard:
                await engine.WriteAsync(id, [ThreadStore.Rooted(id, row, null)], ct);
                return new LaneResult.TryLater(gone.Because, TimeSpan.FromSeconds(1));
            default:
                var because = posted is Posted.Refused refused ? refused.Because : "the card is gone";
                log.ThreadGivenUp(id, because);
                await engine.WriteAsync(id, [ThreadStore.GaveUp(id, row, because)], ct);
                return new LaneResult.Done();
        }
    }
}
