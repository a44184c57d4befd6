using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>A commit keeps its lines in memory and writes them with SQL: both must come to the same.</summary>
public class PhoneLinesTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Every_change_of_lines_comes_to_the_same_rows_in_memory_and_in_the_database(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (now, random) = (ground.Clock.GetUtcNow(), new Random(20261129));
        var memory = new PhoneLines([]);
        for (var n = 0; n < 120; n++)
        {
            var change = AnyChange(random, now);
            // A call begins only on a line that is free.
            if (change is LineChange.HoldForCall hold && memory.StatusOf(hold.Phone, now) != LineStatus.Free)
                continue;
            memory.Apply(change);
            await WriteAsync(ground, change, now);
            (await RowsAsync(ground)).ShouldBe(memory.Rows, ignoreOrder: true, $"after {change}, which is change {n}");
        }
        memory.Rows.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_a_process_remembers_of_all_lines_is_what_the_database_has()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var (now, random, database) = (ground.Clock.GetUtcNow(), new Random(20261130), ground.Node.Get<Database>());
        await WriteAsync(ground, new LineChange.HoldForJob(PhoneOf(0), new("d0"), null, now.AddSeconds(60)), now);
        await WriteAsync(ground, new LineChange.AwaitLine(PhoneOf(1), new("d1")), now);
        var known = new KnownLines(database);
        known.Of([PhoneOf(0)]).ShouldBeNull("they are not read");
        known.MayBeAwaited(PhoneOf(2)).ShouldBeTrue("they are not read");
        await database.WriteAsync(async session =>
        {
            await known.ReadAsync(session);
            return 0;
        }, default);
        string[] phones = [.. Enumerable.Range(0, 3).Select(PhoneOf)];
        for (var n = 0; n < 200; n++)
        {
            var line = random.Next(4) switch
            {
                0 => new LineChange.AwaitLine(PhoneOf(random.Next(3)), new($"d{random.Next(3)}")),
                1 when random.Next(3) == 0 => new LineChange.StopWaiting(new($"d{random.Next(3)}")),
                _ => AnyChange(random, now),
            };
            if (line is LineChange.HoldForCall hold && known.Of([hold.Phone])!.Any(row => row.HeldUntil > now))
                continue;
            var isAwaited = phones.ToDictionary(phone => phone, known.MayBeAwaited);
            await WriteAsync(ground, line, now, phone => isAwaited[phone]);
            known.Note([line], now);
            (await RowsAsync(ground)).ShouldBe(known.Of(phones)!, ignoreOrder: true, $"after {line}, which is change {n}");
            var awaited = await ground.ReadAsync<string>("SELECT DISTINCT phone FROM line_waits");
            phones.Where(known.MayBeAwaited).ShouldBe(awaited, ignoreOrder: true, $"after {line}, which is change {n}");
        }
    }

    [Fact]
    public async Task A_process_forgets_the_jobs_of_a_number_whose_hold_expired_a_day_ago()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var known = new KnownLines(ground.Node.Get<Database>());
        await ground.Node.Get<Database>().WriteAsync(async session =>
        {
            await known.ReadAsync(session);
            return 0;
        }, default);
        var now = ground.Clock.GetUtcNow();
        for (var day = 0; day < 400; day++)
        {
            known.Note([new LineChange.HoldForJob(PhoneOf(0), new($"d{day}"), null, now.AddHours(4))], now);
            now += TimeSpan.FromDays(1);
        }
        known.Of([PhoneOf(0)])!.Count.ShouldBeLessThan(4);
        // What was forgotten may still be freed.
        known.Note([new LineChange.FreeJob(new("d1")), new LineChange.FreeJob(new("d399"))], now);
        known.Of([PhoneOf(0)])!.ShouldAllBe(row => row.Dispatch != new DispatchId("d399"));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_call_that_begins_and_is_withdrawn_in_one_commit_leaves_its_line_free(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, plan) = (ground.Node, Some.Plan("INC-1"));
        await node.StartAsync(plan);
        // What follows waits behind this commit, and is committed together.
        var first = node.StartAsync(Some.Plan("INC-2", "bob"));
        var begun = node.ApplyAsync(plan.Id, Some.Begin(Some.Call(plan.Id)));
        var withdrawn = node.ApplyAsync(plan.Id, new DispatchInput.CallNotPlaced(Some.Call(plan.Id), new NotPlaced.LineIsDown(LineDownReason.Unreachable)));
        await Task.WhenAll(first, begun, withdrawn);
        Some.Decided(await withdrawn).ShouldBeTrue();
        (await ground.CountAsync("lines")).ShouldBe(0);
    }

    static LineChange AnyChange(Random random, DateTimeOffset now)
    {
        var dispatch = new DispatchId($"d{random.Next(3)}");
        var phone = PhoneOf(random.Next(3));
        var attempt = new AttemptId(dispatch, random.Next(2), 1);
        // Some holds have expired.
        var until = now.AddSeconds(random.Next(-1, 2) * 60);
        return random.Next(8) switch
        {
            0 or 1 or 2 => new LineChange.HoldForCall(phone, attempt, until),
            3 or 4 => new LineChange.FreeCall(phone, attempt),
            5 => new LineChange.HoldForJob(phone, dispatch, attempt, until),
            6 => new LineChange.HoldForJob(phone, dispatch, null, until),
            _ => new LineChange.FreeJob(dispatch),
        };
    }

    static string PhoneOf(int n) => $"+4910000000{n}";

    static Task WriteAsync(Ground ground, LineChange line, DateTimeOffset now, Func<string, bool>? mayBeAwaited = null) =>
        ground.Node.Engine.WriteAsync(default, [.. LineWrites.InOrder([line], now).Select(each => each.Write), .. LineWrites.Waits([line], now, mayBeAwaited ?? (static _ => true))], default);

    static async Task<ImmutableArray<LineRow>> RowsAsync(Ground ground) =>
    [
        .. from row in await ground.ReadAsync<(string Phone, string Dispatch, string Attempt, long HeldUntil, long IsAccepted)>(
               "SELECT phone, dispatch, attempt, held_until, is_accepted FROM lines")
           select new LineRow(row.Phone, new(row.Dispatch), row.Attempt, Moment.From(row.HeldUntil), row.IsAccepted != 0),
    ];
}
