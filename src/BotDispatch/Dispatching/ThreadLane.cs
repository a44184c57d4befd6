using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Brings a thread up to date: posts the events that it has not shown as one reply, then draws the card as it is now.</summary>
// Nine: what is stored, in which places it may be shown, by whose permission, and how it is posted and drawn.
internal sealed class ThreadLane(
    DispatchEngine engine, KnownThreads threads, IEnumerable<IChatPlatform> platforms, Memberships memberships,
    IMirrorPermission mirrors, ThreadPosting posting, DrawnCards drawn, ILogger<ThreadLane> log,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    /// <summary>
    /// Posts and draws what is missing in the dispatch's thread number <paramref name="n"/>. After a wait, for whatever reason, everything
    /// that is missing is one reply, because each further reply may have to wait again.
    /// </summary>
    public async Task<LaneResult> ShowAsync(StoredDispatch stored, int n, bool afterWait, CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        var (found, asOf) = await threads.TakeAsync(id, n, ct);
        if (found is not { GivenUp: null } row)
            return new LaneResult.Done();
        if (platforms.FirstOrDefault(each => each.Name == row.Channel.Platform) is not { } platform)
            return new LaneResult.TryLater($"the chat {row.Channel.Platform} is not set up", TimeSpan.FromMinutes(1));
        if (row is { RootMessage: null, OwnsCard: false })
            return new LaneResult.TryLater("its successor has not posted the card yet", TimeSpan.FromSeconds(5));
        // The setting may have changed since the mirror was requested, and a re-dispatch takes over the mirrors of its predecessor.
        if (n > 0 && !mirrors.IsAllowed(row.Channel))
            return await GiveUpAsync(id, row, GivenUpBecause.NotAllowed, "", ct);
        if (n > 0 && row.Asker is null)
        {
            var (result, asker) = await FindAskerAsync(stored.State, row, ct);
            if (result is not null)
                return result;
            row = row with { Asker = asker };
        }

        var cardSaved = Task.CompletedTask;
        if (row.RootMessage is null)
        {
            await engine.WriteAsync(id, [ThreadStore.SaveCardAttempt(id, row, row.RootTries + 1)], ct);
            var card = await CardAsync(stored.State, n, ct);
            var posted = await platform.PostCardAsync(row.Channel, card, row.RootTries, ct);
            if (posted is not Posted.Done done)
                return await NotPostedAsync(posted, id, row, ct, ThreadStore.SaveCardAttempt(id, row, row.RootTries));
            // After an earlier try the chat may have found the card of that try, which may show an older state.
            var drawnFrom = row.RootTries == 0 ? stored.Seq : 0;
            var isSuccessor = stored.State.Plan.Replaces is not null;
            // Queued at once and not waited for: the attempt of the first reply is queued behind it, mostly for the same commit.
            cardSaved = engine.WriteAsync(id, [ThreadStore.SaveCard(id, row, done.MessageId, drawnFrom, isSuccessor)], ct);
            row = row with { RootMessage = done.MessageId, CardSeq = drawnFrom, RedrawRequested = 0, PostingTries = 0, RootTries = 0 };
            if (drawnFrom > 0)
                drawn.Remember(card, n, done.MessageId, drawnFrom);
            // The reply has also what happened while the card was posted.
            stored = await engine.FindAsync(id, stored.Seq, ct) ?? stored;
        }

        var thread = new ChatThread(row.Channel, row.RootMessage!);
        var (failed, before, saved) = await posting.PostAsync(platform, thread, row, stored, afterWait, cardSaved, ct);
        var missing = failed is null ? null : await NotPostedAsync(failed, id, row, ct, [.. before]);
        if (missing is not (null or LaneResult.NotYet))
            return missing;
        // The card is drawn once for the newest state, also for what happened while the reply was posted.
        var newest = await engine.FindAsync(id, stored.Seq, ct) ?? stored;
        if (!row.OwnsCard || row.ShowsCardOf(newest.Seq))
            return await EndAsync(missing ?? new LaneResult.Done());
        var newCard = await CardAsync(newest.State, n, ct);
        var isUnchanged = drawn.Shows(newCard, row);
        var drawing = isUnchanged ? Task.FromResult<Posted>(new Posted.Done(row.RootMessage!)) : platform.RedrawAsync(thread, newCard, ct);
        await Task.WhenAll(saved, drawing);
        if (await drawing is Posted.Done)
            drawn.Remember(newCard, n, row.RootMessage!, newest.Seq);
        var shown = await drawing switch
        {
            Posted.Done when drawn.MayStayUnstored(newest.State, row) => new LaneResult.Done(),
            Posted.Done => new LaneResult.Done { Along = [ThreadStore.SaveDrawn(id, row, newest.Seq)] },
            // Again, and not NotYet: a card that must wait does not delay replies, because a new event makes the lane due at once.
            Posted.NotYet(var after) => new LaneResult.Again(dispatchClock.GetUtcNow() + after),
            var other => await NotPostedAsync(other, id, row, ct),
        };
        var isDrawingSaved = shown is LaneResult.Done { Along.IsEmpty: false };
        return await EndAsync(
            missing is null ? shown : missing with { Along = [.. missing.Along, .. shown.Along] }, isDrawingSaved ? newest.Seq : null);

        // With the end of the lane the drawing is stored; nobody takes the row before, and if that commit fails all rows are forgotten.
        async Task<LaneResult> EndAsync(LaneResult result, long? drawnSeq = null)
        {
            var stands = await saved;
            if (drawnSeq is { } seq)
                stands = stands with { CardSeq = seq, RedrawRequested = 0 };
            if (missing is null && (result.Along.IsEmpty || drawnSeq is not null))
                threads.PutBack(id, stands, asOf);
            return result;
        }
    }

    async Task<DispatchCard> CardAsync(DispatchState state, int n, CancellationToken ct) =>
        DispatchCard.Of(state, n, await engine.BusyPhonesAsync(state, dispatchClock.GetUtcNow(), ct));

    /// <summary>
    /// Finds the requester's id in the mirror's chat. Nothing is shown there before they are known to be a member; if they are not, the
    /// result says why.
    /// </summary>
    async Task<(LaneResult? Result, string? Asker)> FindAskerAsync(DispatchState state, ThreadRow row, CancellationToken ct)
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

    /// <summary>
    /// What follows from a post that failed. If it was surely not made, <paramref name="before"/> restores the row as it was before the
    /// try, so that the next reply also has what happens until then.
    /// </summary>
    async Task<LaneResult> NotPostedAsync(
        Posted posted, DispatchId id, ThreadRow row, CancellationToken ct, params ImmutableArray<Statement> before)
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
                    Along = row.OwnsCard
                        ? [ThreadStore.LoseCard(id, row)]
                        : [.. ThreadStore.ForgetCard(id, row, dispatchClock.GetUtcNow())],
                };
            default:
                var detail = posted is Posted.Refused refused ? refused.Because : posted.GetType().Name;
                return await GiveUpAsync(id, row, GivenUpBecause.Refused, detail, ct);
        }
    }

    async Task<LaneResult> GiveUpAsync(DispatchId id, ThreadRow row, GivenUpBecause because, string detail, CancellationToken ct)
    {
        log.ThreadGivenUp(id, row.N, detail.Length > 0 ? detail : because.ToString());
        await engine.ApplyAsync(id, new DispatchInput.GiveUpThread(row.N, because, detail), ct);
        return new LaneResult.Done();
    }
}
