using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Brings a thread up to date: posts what it has not shown as one reply, then draws the card as it is now.</summary>
internal sealed class ThreadLane(
    DispatchEngine engine, ThreadStore threads, IEnumerable<IChatPlatform> platforms, Memberships memberships, IsMirrorAllowed isMirrorAllowed, ThreadPosting telling, ILogger<ThreadLane> log,
    [FromKeyedServices("dispatch-clock")] TimeProvider story)
{
    /// <summary>Shows what is missing in the dispatch's <paramref name="n"/>th thread.</summary>
    public async Task<LaneResult> ShowAsync(StoredDispatch stored, int n, CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        if (await threads.FindAsync(id, n, ct) is not { GivenUp: null } row)
            return new LaneResult.Done();
        if (platforms.FirstOrDefault(each => each.Name == row.Channel.Platform) is not { } platform)
            return new LaneResult.TryLater($"the chat {row.Channel.Platform} is not set up", TimeSpan.FromMinutes(1));
        if (row is { RootMessage: null, OwnsCard: false })
            return new LaneResult.TryLater("its successor has not posted the card yet", TimeSpan.FromSeconds(5));
        // A setting can change while it runs, and a successor goes on where its predecessor was shown.
        if (n > 0 && !isMirrorAllowed(row.Channel))
            return await GiveUpAsync(id, row, GivenUpBecause.NotAllowed, "", ct);
        if (n > 0 && row.Asker is null)
        {
            var (not, asker) = await JoinAsync(stored.State, row, ct);
            if (not is not null)
                return not;
            row = row with { Asker = asker };
        }

        if (row.RootMessage is null)
        {
            await engine.WriteAsync(id, [ThreadStore.SaveCardAttempt(id, row, row.RootTries + 1)], ct);
            var posted = await platform.PostCardAsync(row.Channel, await CardAsync(stored.State, n, ct), row.RootTries, ct);
            if (posted is not Posted.Done done)
                return await NotPostedAsync(posted, id, row, ct, ThreadStore.SaveCardAttempt(id, row, row.RootTries));
            // One that stood there already may be an older drawing.
            var drawnFrom = row.RootTries == 0 ? stored.Seq : 0;
            await engine.WriteAsync(id, [ThreadStore.SaveCard(id, row, done.MessageId), ThreadStore.SaveDrawn(id, row with { CardSeq = 0, RedrawRequested = 0 }, drawnFrom)], ct);
            row = row with { RootMessage = done.MessageId, CardSeq = drawnFrom, RedrawRequested = 0, PostingTries = 0 };
        }

        var thread = new ChatThread(row.Channel, row.RootMessage!);
        var (posting, before, told) = await telling.TellAsync(platform, thread, row, stored, ct);
        var untold = posting is null ? null : await NotPostedAsync(posting, id, row, ct, [.. before]);
        if (untold is not (null or LaneResult.NotYet))
            return untold;
        // Of what happened while the reply was posted the card need not be drawn twice.
        var newest = await engine.FindAsync(id, stored.Seq, ct) ?? stored;
        if (!row.OwnsCard || row.ShowsCardOf(newest.Seq))
        {
            await told;
            return untold ?? new LaneResult.Done();
        }
        var drawing = platform.RedrawAsync(thread, await CardAsync(newest.State, n, ct), ct);
        await Task.WhenAll(told, drawing);
        var shown = await drawing switch
        {
            Posted.Done => new LaneResult.Done { Along = [ThreadStore.SaveDrawn(id, row, newest.Seq)] },
            // A card that waits keeps no reply waiting: what happens meanwhile makes the lane due at once.
            Posted.NotYet(var after) => new LaneResult.Again(story.GetUtcNow() + after),
            var other => await NotPostedAsync(other, id, row, ct),
        };
        return untold is null ? shown : untold with { Along = [.. untold.Along, .. shown.Along] };
    }

    async Task<DispatchCard> CardAsync(DispatchState state, int n, CancellationToken ct) =>
        DispatchCard.Of(state, n, await engine.BusyPhonesAsync(state, story.GetUtcNow(), ct));

    /// <summary>Nothing is shown in another place before it is known that whoever wants it there is a member.</summary>
    async Task<(LaneResult? Not, string? Asker)> JoinAsync(DispatchState state, ThreadRow row, CancellationToken ct)
    {
        switch (await memberships.FindAsync(row.Channel, state.Mirrors[row.N - 1].By, ct))
        {
            case Membership.Is(var here):
                await engine.WriteAsync(state.Plan.Id, [ThreadStore.SaveMember(state.Plan.Id, row, here.UserId)], ct);
                return (null, here.UserId);
            case Membership.Unknown(var because, var after):
                return (new LaneResult.TryLater(because, after), null);
            case Membership.Unseen(var because):
                return (await GiveUpAsync(state.Plan.Id, row, GivenUpBecause.Refused, because, ct), null);
            default:
                return (await GiveUpAsync(state.Plan.Id, row, GivenUpBecause.NotAMember, "", ct), null);
        }
    }

    /// <summary>What follows. A post that surely was not made does not count: <paramref name="before"/> is how it was stored before, so that what piles up is told together.</summary>
    async Task<LaneResult> NotPostedAsync(Posted posted, DispatchId id, ThreadRow row, CancellationToken ct, params ImmutableArray<Statement> before)
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
                    Along = row.OwnsCard ? [ThreadStore.SaveCard(id, row, null)] : [.. ThreadStore.ForgetCard(id, row, story.GetUtcNow())],
                };
            default:
                return await GiveUpAsync(id, row, GivenUpBecause.Refused, posted is Posted.Refused refused ? refused.Because : posted.GetType().Name, ct);
        }
    }

    async Task<LaneResult> GiveUpAsync(DispatchId id, ThreadRow row, GivenUpBecause because, string detail, CancellationToken ct)
    {
        log.ThreadGivenUp(id, row.N, detail.Length > 0 ? detail : because.ToString());
        await engine.ApplyAsync(id, new DispatchInput.GiveUpThread(row.N, because, detail), ct);
        return new LaneResult.Done();
    }
}
