using BotDispatch.Hosting;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Hosting;

public sealed class TidyingTests
{
    [Theory, OnSqlite, OnPostgreSql]
    internal async Task Deliveries_are_forgotten_after_days_and_not_before(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var seen = ground.Node.Get<SeenStore>();
        await seen.TryAddAsync("old", default);
        ground.Clock.Advance(TimeSpan.FromDays(2));
        await seen.TryAddAsync("new", default);
        using var tidying = new Tidying(seen, ground.Clock, NullLogger<Tidying>.Instance);
        await tidying.StartAsync(default);
        await UntilAsync(() => Task.FromResult(ground.Clock.NextTimer is not null));
        ground.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        await UntilAsync(async () => await ground.CountAsync("seen") == 1);
        (await seen.TryAddAsync("new", default)).ShouldBeFalse();
        await tidying.StopAsync(default);
    }

    static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var looks = 0; !await isSo(); looks++)
        {
            looks.ShouldBeLessThan(5000, "it did not come to that");
            await Task.Delay(1);
        }
    }
}
