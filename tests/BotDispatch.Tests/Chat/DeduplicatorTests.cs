using System.Globalization;
using BotDispatch.Chat;
using BotDispatch.Tests.Adapters.Teams.Inbound;

namespace BotDispatch.Tests.Chat;

public sealed class DeduplicatorTests
{
    readonly ManualClock clock = new();
    readonly Deduplicator<string> once;
    int done;

    public DeduplicatorTests() => once = new(clock);

    Task<string> Take(string name, Func<Task<string>>? take = null) => once.DoAsync(name, () =>
    {
        var number = Interlocked.Increment(ref done);
        return take is null ? Task.FromResult($"{name}{number}") : take();
    });

    [Fact]
    public async Task What_comes_again_gets_the_same_answer_and_is_done_once()
    {
        (await Take("a")).ShouldBe("a1");
        (await Take("a")).ShouldBe("a1");
        (await Take("b")).ShouldBe("b2");
    }

    [Fact]
    public async Task A_hundred_at_the_same_moment_are_one()
    {
        var begin = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, 100).Select(_ => Task.Run(() => Take("a", () => begin.Task))).ToList();
        await TeamsBench.UntilAsync(() => done == 1);
        begin.SetResult("x");
        (await Task.WhenAll(all)).ShouldAllBe(each => each == "x");
        done.ShouldBe(1);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_failure_reaches_everybody_who_waits_and_the_work_is_done_when_it_comes_again(bool atOnce)
    {
        var answer = new TaskCompletionSource<string>();
        var first = Take("a", () => atOnce ? throw new InvalidOperationException("broken") : answer.Task);
        var second = atOnce ? first : Take("a");
        answer.SetException(new InvalidOperationException("broken"));
        foreach (var each in (Task<string>[])[first, second])
            (await Should.ThrowAsync<InvalidOperationException>(each)).Message.ShouldBe("broken");
        _ = answer.Task.Exception;
        (await Take("a")).ShouldBe("a2");
    }

    [Fact]
    public async Task A_name_is_remembered_for_a_quarter_of_an_hour()
    {
        await Take("a");
        clock.Advance(Deduplicator<string>.Memory - TimeSpan.FromSeconds(1));
        (await Take("a")).ShouldBe("a1");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await Take("a")).ShouldBe("a2");
    }

    [Fact]
    public async Task No_more_are_remembered_than_there_is_room_for_and_the_oldest_goes_first()
    {
        for (var number = 0; number <= Deduplicator<string>.Most; number++)
            await Take(number.ToString(CultureInfo.InvariantCulture));
        await Take("1");
        done.ShouldBe(Deduplicator<string>.Most + 1);
        await Take("0");
        done.ShouldBe(Deduplicator<string>.Most + 2);
    }

    [Fact]
    public async Task An_answer_that_is_to_be_forgotten_reaches_everybody_who_waits_and_is_made_anew_when_it_comes_again()
    {
        var forgetful = new Deduplicator<int>(clock, answer => answer < 2);
        var answer = new TaskCompletionSource<int>();
        var both = Task.WhenAll(forgetful.DoAsync("a", () => answer.Task), forgetful.DoAsync("a", () => Task.FromResult(5)));
        answer.SetResult(1);
        (await both).ShouldBe([1, 1]);
        (await forgetful.DoAsync("a", () => Task.FromResult(2))).ShouldBe(2);
        (await forgetful.DoAsync("a", () => Task.FromResult(3))).ShouldBe(2);
    }
}
