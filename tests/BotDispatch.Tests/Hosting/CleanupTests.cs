using BotDispatch.Hosting;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Hosting;

public sealed class CleanupTests
{
    [Theory, OnSqlite, OnPostgreSql]
    internal async Task Deliveries_are_forgotten_after_days_and_not_before(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var seen = ground.Node.Get<SeenStore>();
        await seen.TryAddAsync("old", default);
        ground.Clock.Advance(TimeSpan.FromDays(2));
        await seen.TryAddAsync("new", default);
        using var tidying = new Cleanup(seen, ground.Node.Get<LineStore>(), ground.Node.Get<ApiKeyStore>(), ground.Node.Get<AlertStore>(), ground.Clock, ground.Clock, NullLogger<Cleanup>.Instance);
        await tidying.StartAsync(default);
        await Ground.UntilAsync(() => Task.FromResult(ground.Clock.NextTimer is not null));
        ground.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        await Ground.UntilAsync(async () => await ground.CountAsync("seen") == 1);
        (await seen.TryAddAsync("new", default)).ShouldBeFalse();
        await tidying.StopAsync(default);
    }

    [Theory, OnSqlite, OnPostgreSql]
    internal async Task Expired_holds_are_deleted_a_day_later_however_many_there_are_and_no_others(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var now = ground.Clock.GetUtcNow();
        // More than one commit deletes.
        const int Many = (2 * BoundedDelete.MostAtOnce) + 1;
        const string Hold = "INSERT INTO lines (phone, holder, dispatch, attempt, held_until, is_accepted) VALUES (@phone, 'd', 'd', 'taken', @until, 1)";
        await ground.WriteAsync(Hold, Enumerable.Range(0, Many).Select(n => new { phone = $"+{n}", until = (now + TimeSpan.FromMinutes(n)).ToUnixTimeMilliseconds() }));
        await ground.WriteAsync(Hold, new { phone = "+lasts", until = (now + TimeSpan.FromDays(30)).ToUnixTimeMilliseconds() });
        using var tidying = new Cleanup(ground.Node.Get<SeenStore>(), ground.Node.Get<LineStore>(), ground.Node.Get<ApiKeyStore>(), ground.Node.Get<AlertStore>(), ground.Clock, ground.Clock, NullLogger<Cleanup>.Instance);
        await tidying.StartAsync(default);
        await Ground.UntilAsync(() => Task.FromResult(ground.Clock.NextTimer is not null));
        ground.Clock.Advance(TimeSpan.FromDays(1));
        await Ground.UntilAsync(async () => await ground.CountAsync("notes WHERE name = 'none'") == 0 && ground.Clock.NextTimer > ground.Clock.GetUtcNow());
        (await ground.CountAsync("lines")).ShouldBe(Many + 1);
        ground.Clock.Advance(TimeSpan.FromDays(1));
        await Ground.UntilAsync(async () => await ground.CountAsync("lines") == 1);
        (await ground.CountAsync("lines WHERE phone = '+lasts'")).ShouldBe(1);
        await tidying.StopAsync(default);
    }

    [Theory, OnSqlite, OnPostgreSql]
    internal async Task What_can_not_be_deleted_keeps_nothing_else_from_being_deleted(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.WriteAsync("INSERT INTO lines (phone, holder, dispatch, attempt, held_until, is_accepted) VALUES ('+1', 'd', 'd', 'taken', 1, 1)");
        await ground.WriteAsync("ALTER TABLE seen RENAME TO lost");
        using var tidying = new Cleanup(ground.Node.Get<SeenStore>(), ground.Node.Get<LineStore>(), ground.Node.Get<ApiKeyStore>(), ground.Node.Get<AlertStore>(), ground.Clock, ground.Clock, NullLogger<Cleanup>.Instance);
        await tidying.StartAsync(default);
        await Ground.UntilAsync(() => Task.FromResult(ground.Clock.NextTimer is not null));
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await Ground.UntilAsync(async () => await ground.CountAsync("lines") == 0);
        await tidying.StopAsync(default);
    }
}
