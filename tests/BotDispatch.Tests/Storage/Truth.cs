using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>What must be true of every database at every moment, whatever happened.</summary>
internal static class Truth
{
    sealed record Row(string Id, long Version, string Status, string Plan, string State, long IsOpen, string Ticket);

    public static async Task HoldsAsync(Ground ground)
    {
        foreach (var row in await ground.ReadAsync<Row>(
            "SELECT id AS Id, version AS Version, status AS Status, plan AS Plan, state AS State, CAST(is_open AS bigint) AS IsOpen, ticket AS Ticket FROM dispatches"))
        {
            var id = new DispatchId(row.Id);
            var events = await ground.Node.Get<DispatchStore>().EventsAfterAsync(id, 0, default);
            var stored = (await ground.Node.Get<DispatchStore>().FindAsync(id, default)).ShouldNotBeNull();
            events.Select(each => each.Seq).ShouldBe(Enumerable.Range(1, (int)stored.Seq).Select(seq => (long)seq), $"the events of {id} have no gap");
            var state = Sum(events);
            StoredAs.Json(stored.State).ShouldBe(StoredAs.Json(state), $"the state of {id} is the sum of its events");
            // The row holds the state of one of its commits, and its columns say what is found by them.
            row.Version.ShouldBeInRange(1, stored.Seq);
            row.State.ShouldBe(StoredAs.Json(Sum(events.Take((int)row.Version))), $"the row of {id} is the sum of its first events");
            row.Status.ShouldBe(CommitWrites.StatusOf(state));
            row.IsOpen.ShouldBe(state.IsClosed ? 0 : 1);

            foreach (var leg in state.Legs.Where(leg => leg.IsLive))
                (await ground.CountAsync("lines WHERE phone = @phone AND attempt = @attempt AND is_accepted = 0 AND held_until > 0",
                    new { phone = state.Plan.Roster[leg.Attempt.Callee].Phone, attempt = leg.Attempt.ToString() }))
                    .ShouldBe(1, $"the live call {leg.Attempt} holds its line");

            var deadline = Agenda.Deadline(state);
            var due = await ground.ReadAsync<long>("SELECT due_at FROM lanes WHERE dispatch = @id AND lane = 'clock'", new { id = row.Id });
            // The only process on a file knows the exact moment; its row may say an earlier one, at which the process only looks.
            if (ground.On is On.PostgreSql || (state.IsClosed && deadline is null))
                due.ShouldBe(deadline is { } moment ? [moment.ToUnixTimeMilliseconds()] : [], $"the clock of {id} is set");
            else if (deadline is { } latest)
                due.ShouldHaveSingleItem().ShouldBeLessThanOrEqualTo(latest.ToUnixTimeMilliseconds(), $"the clock of {id} is set in time");
            (await ground.ReadAsync<(long, string, string)>("SELECT n, platform, address FROM threads WHERE dispatch = @id ORDER BY n", new { id = row.Id }))
                .ShouldBe(state.Places.Select((place, n) => ((long)n, place.Platform, place.Address)), $"every place of {id} has its thread");
            (await ground.ReadAsync<long>("SELECT n FROM threads WHERE dispatch = @id AND given_up IS NOT NULL", new { id = row.Id })).ShouldBe(state.GivenUpThreads.Select(n => (long)n), ignoreOrder: true);
        }
        (await ground.ReadAsync<string>("SELECT ticket FROM dispatches WHERE is_open = 1 GROUP BY ticket HAVING COUNT(*) > 1")).ShouldBeEmpty();
        foreach (var orphans in new[] { "dispatch_events", "earlier_events", "lanes", "threads", "lines", "line_waits" })
            (await ground.CountAsync($"{orphans} WHERE dispatch NOT IN (SELECT id FROM dispatches)")).ShouldBe(0, $"{orphans} belong to a dispatch");
        await NobodyIsRungTwiceAsync(ground);
    }

    static DispatchState Sum(IEnumerable<StoredEvent> events) =>
        events.Aggregate(DispatchState.Initial, (state, each) => Evolution.Evolve(state, each.Happened));

    static async Task<IEnumerable<DispatchState>> StatesAsync(Ground ground)
    {
        var ids = (await ground.ReadAsync<string>("SELECT id FROM dispatches")).Select(id => new DispatchId(id)).ToList();
        return (await ground.Node.Get<DispatchStore>().FindManyAsync(ids, default)).Select(stored => stored.State);
    }

    /// <summary>No number is in two live calls.</summary>
    public static async Task NobodyIsRungTwiceAsync(Ground ground) => (await RungAsync(ground)).ShouldBeUnique("nobody is in two calls");

    /// <summary>The employee of each call that has not ended, at one moment.</summary>
    public static async Task<IReadOnlyList<EmployeeId>> RungAsync(Ground ground) =>
    [
        .. from state in await StatesAsync(ground)
           from leg in state.Legs
           where leg.EndedAt is null
           select state.Plan.Roster[leg.Attempt.Callee].Id,
    ];
}
