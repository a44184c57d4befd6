using System.Globalization;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Alerts;

/// <summary>
/// Two nodes that store announcements of the same alerts at the same time. What one of them stores exactly between two statements of the
/// other is stored there by the test, because a statement of a node can be stopped before it is sent.
/// </summary>
/// <remarks>
/// PostgreSQL 15, READ COMMITTED: <c>INSERT … ON CONFLICT DO NOTHING</c> meets a row that the transaction's own SELECT has not seen, and
/// changes no row; and <c>NOT EXISTS</c> does not see the rows of a transaction that is not committed.
/// </remarks>
public sealed class AlertNodesTests
{
    [Theory, OnPostgreSql]
    public async Task An_end_that_another_node_stores_while_the_beginning_is_stored_ends_the_alert(On on)
    {
        await using var nodes = await TwoNodesAsync(on, "INSERT INTO alerts (id, dispatch, starts_at)");
        nodes.Between = () => nodes.Other.StoreAsync([], [nodes.Ended("a")], nodes.Now, default);
        await nodes.First.StoreAsync([nodes.Firing("a")], [], nodes.Now, default);
        (await nodes.OpenAsync()).ShouldBe((0, 0), "its end was announced");
    }

    [Theory, OnPostgreSql]
    public async Task A_beginning_that_another_node_stores_while_its_end_is_stored_is_ended(On on)
    {
        await using var nodes = await TwoNodesAsync(on, "INSERT INTO alerts (id, dispatch, starts_at, resolved_at)");
        nodes.Between = () => nodes.Other.StoreAsync([nodes.Firing("a")], [], nodes.Now, default);
        await nodes.First.StoreAsync([], [nodes.Ended("a")], nodes.Now, default);
        (await nodes.OpenAsync()).ShouldBe((0, 0));
        (await nodes.Other.ListDueAsync(nodes.Now, 9, default)).ShouldHaveSingleItem().Because.ShouldBe("it is over");
    }

    [Theory, OnPostgreSql]
    public async Task An_alert_that_begins_again_after_the_end_that_another_node_stores_begins(On on)
    {
        await using var nodes = await TwoNodesAsync(on, "INSERT INTO alerts (id, dispatch, starts_at)");
        nodes.Between = () => nodes.Other.StoreAsync([], [nodes.Ended("a")], nodes.Now, default);
        await nodes.First.StoreAsync([nodes.Firing("a", minutes: 5)], [], nodes.Now, default);
        (await nodes.OpenAsync()).ShouldBe((1, 1), "that end is of an earlier time");
    }

    [Theory, OnPostgreSql]
    public async Task An_alert_that_joins_a_group_while_another_node_ends_the_last_one_of_it_calls_somebody(On on)
    {
        await using var nodes = await TwoNodesAsync(on, "INSERT INTO alerts (id, dispatch, starts_at, resolved_at)");
        await nodes.Other.StoreAsync([nodes.Firing("last", "group")], [], nodes.Now, default);
        Task? ending = null;
        // Before this statement the alert is in the group, and that is not committed.
        nodes.Between = async () =>
        {
            ending = Task.Run(() => nodes.Other.StoreAsync([], [nodes.Ended("last")], nodes.Now, default));
            await Ground.UntilAsync(async () => ending.IsCompleted || await nodes.HasWaitingAsync());
        };
        await nodes.First.StoreAsync([nodes.Firing("joins", "group")], [nodes.Ended("unknown")], nodes.Now, default);
        await ending.ShouldNotBeNull();
        (await nodes.OpenAsync()).ShouldBe((1, 1));
        (await nodes.Ground.ReadAsync<long?>(
            "SELECT g.resolved_at FROM alerts a JOIN alert_groups g ON g.dispatch = a.dispatch WHERE a.id = 'joins'")).ShouldBe([null]);
    }

    [Theory, OnPostgreSql]
    public async Task Two_nodes_that_store_the_same_alerts_in_messages_that_overlap_store_both(On on)
    {
        await using var nodes = await TwoNodesAsync(on, "never");
        string Name(int n) => n.ToString(CultureInfo.InvariantCulture);
        for (var round = 0; round < 20; round++)
        {
            var (firing, ended) = (nodes.Firing($"z{round}"), nodes.Ended($"a{round}"));
            var (otherFiring, otherEnded) = (nodes.Firing($"a{round}"), nodes.Ended($"z{round}"));
            await Task.WhenAll(nodes.First.StoreAsync([firing], [ended], nodes.Now, default), nodes.Other.StoreAsync([otherFiring], [otherEnded], nodes.Now, default));
            (await nodes.OpenAsync()).ShouldBe((0, 0), Name(round));
        }
    }

    [Theory, OnPostgreSql]
    public async Task Two_nodes_whose_alerts_join_the_same_groups_in_opposite_orders_never_wait_in_a_circle(On on)
    {
        const int rounds = 20, groups = 20;
        await using var ground = await Ground.ReadyAsync(on);
        var tries = 0;
        ground.Statements = new(statement =>
        {
            if (statement.Sql.StartsWith("SELECT id, dispatch, starts_at, resolved_at FROM alerts", StringComparison.Ordinal))
                Interlocked.Increment(ref tries);
        });
        var now = ground.Clock.GetUtcNow();
        var (first, other) = (ground.NewNode().Get<AlertStore>(), ground.NewNode().Get<AlertStore>());
        await first.StoreAsync([.. Enumerable.Range(0, groups).Select(n => new FiringAlert($"old-{n:00}", $"group-{n:00}", now, "{}"))], [], now, default);
        for (var round = 0; round < rounds; round++)
            await Task.WhenAll(
                first.StoreAsync([.. Enumerable.Range(0, groups).Select(n => new FiringAlert($"a-{round}-{n:00}", $"group-{n:00}", now, "{}"))], [], now, default),
                other.StoreAsync([.. Enumerable.Range(0, groups).Select(n => new FiringAlert($"b-{round}-{n:00}", $"group-{groups - 1 - n:00}", now, "{}"))], [], now, default));
        tries.ShouldBe(1 + (2 * rounds), "each was stored at once");
        (await ground.CountAsync("alerts WHERE resolved_at IS NULL")).ShouldBe(groups + (2 * rounds * groups));
    }

    static async Task<TwoNodes> TwoNodesAsync(On on, string before)
    {
        var ground = await Ground.ReadyAsync(on);
        var nodes = new TwoNodes(ground);
        ground.Statements = new(statement =>
        {
            if (statement.Sql.Contains(before, StringComparison.Ordinal) && nodes.TakeBetween() is { } between)
                between().GetAwaiter().GetResult();
        });
        nodes.First = ground.NewNode().Get<AlertStore>();
        return nodes;
    }

    sealed class TwoNodes(Ground ground) : IAsyncDisposable
    {
        Func<Task>? between;

        public Ground Ground => ground;

        /// <summary>The node whose statements can be stopped.</summary>
        public AlertStore First { get; set; } = null!;

        public AlertStore Other { get; } = ground.Node.Get<AlertStore>();

        public DateTimeOffset Now { get; } = ground.Clock.GetUtcNow();

        /// <summary>Happens once, before the statement at which the first node is stopped.</summary>
        public Func<Task> Between { set => between = value; }

        public Func<Task>? TakeBetween() => Interlocked.Exchange(ref between, null);

        public FiringAlert Firing(string id, string? group = null, int minutes = 0) => new(id, group ?? id, Now.AddMinutes(minutes), "{}");

        public EndedAlert Ended(string id) => new(id, Now, null, "it is over");

        /// <summary>How many alerts fire, and how many groups.</summary>
        public async Task<(long Alerts, long Groups)> OpenAsync() =>
            (await ground.CountAsync("alerts WHERE resolved_at IS NULL"), await ground.CountAsync("alert_groups WHERE resolved_at IS NULL"));

        /// <summary>Whether a node of this database waits for a row that another one holds.</summary>
        public async Task<bool> HasWaitingAsync() => await ground.CountAsync(
            "pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = current_setting('application_name')") > 0;

        public ValueTask DisposeAsync() => ground.DisposeAsync();
    }
}
