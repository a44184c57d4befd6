using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

public sealed class ExpiringCacheTests
{
    readonly ManualClock clock = new();
    readonly ExpiringCache<string, string?> cache;

    public ExpiringCacheTests() => cache = new(capacity: 3, lifetime: TimeSpan.FromMinutes(10), clock);

    [Fact]
    public void A_value_is_remembered_until_its_time_is_over_also_that_there_is_none()
    {
        cache.Set("ann", "ann@example.com").ShouldBe("ann@example.com");
        cache.Set("bob", null);
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        cache.TryGet("ann", out var email).ShouldBeTrue();
        email.ShouldBe("ann@example.com");
        cache.TryGet("bob", out var none).ShouldBeTrue();
        none.ShouldBeNull();
        clock.Advance(TimeSpan.FromTicks(1));
        cache.TryGet("ann", out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_taken_out_is_there_once()
    {
        cache.Set("ann", "1");
        cache.TryRemove("ann", out var value).ShouldBeTrue();
        value.ShouldBe("1");
        cache.TryRemove("ann", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_full_cache_forgets_what_has_expired_and_keeps_the_rest()
    {
        cache.Set("old", "1");
        clock.Advance(TimeSpan.FromMinutes(6));
        cache.Set("b", "2");
        cache.Set("c", "3");
        clock.Advance(TimeSpan.FromMinutes(5));
        cache.Set("d", "4");
        Known().ShouldBe(["b", "c", "d"]);
    }

    [Fact]
    public void A_full_cache_takes_a_new_value_however_fresh_the_others_are_and_never_grows()
    {
        for (var n = 0; n < 10; n++)
        {
            cache.Set($"{n}", "x");
            cache.TryGet($"{n}", out _).ShouldBeTrue();
        }
        Enumerable.Range(0, 10).Count(n => cache.TryGet($"{n}", out _)).ShouldBeLessThanOrEqualTo(3);
    }

    IEnumerable<string> Known() => new[] { "old", "b", "c", "d" }.Where(key => cache.TryGet(key, out _));
}
