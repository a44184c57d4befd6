using BotDispatch.Chat;

namespace BotDispatch.Tests.Chat;

public sealed class SlowQuestionTests
{
    readonly ManualClock clock = new();
    readonly Queue<TaskCompletionSource<string>> asked = [];
    readonly PendingQueries questions;

    public SlowQuestionTests() => questions = new(clock);

    [Fact]
    public async Task What_is_answered_in_time_is_asked_anew_each_time()
    {
        (await AnsweredAsync("people", "one")).ShouldBe("one");
        (await AnsweredAsync("people", "two")).ShouldBe("two");
    }

    [Fact]
    public async Task An_answer_that_came_too_late_is_there_for_the_person_who_asks_again_and_for_nobody_else()
    {
        (await TooLateAsync("people")).SetResult("late");
        (await AnsweredAsync("ticket", "other")).ShouldBe("other");
        (await questions.AskAsync<string>("people", _ => throw new InvalidOperationException("it is there"), default)).ShouldBe("late");
        (await AnsweredAsync("people", "new")).ShouldBe("new");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_comes_first_is_the_answer(bool isTheEarlier)
    {
        var earlier = await TooLateAsync("people");
        var asking = AskAsync("people", default);
        (isTheEarlier ? earlier : asked.Dequeue()).SetResult("first");
        (await asking).ShouldBe("first");
    }

    [Fact]
    public async Task What_broke_meanwhile_is_no_answer()
    {
        var earlier = await TooLateAsync("people");
        var asking = AskAsync("people", default);
        earlier.SetException(new IOException());
        asked.Dequeue().SetResult("new");
        (await asking).ShouldBe("new");
        (await TooLateAsync("people")).SetException(new IOException());
        (await AnsweredAsync("people", "newer")).ShouldBe("newer");
    }

    [Fact]
    public async Task What_is_no_answer_is_asked_anew()
    {
        (await TooLateAsync("people")).SetResult("nobody knows");
        (await questions.AskAsync("people", _ => Task.FromResult("new"), default, isAnswer: said => said != "nobody knows")).ShouldBe("new");
        var earlier = await TooLateAsync("people");
        var asking = questions.AskAsync("people", _ => Task.FromResult("newer"), default, isAnswer: said => said != "nobody knows");
        earlier.SetResult("nobody knows");
        (await asking).ShouldBe("newer");
    }

    [Fact]
    public async Task It_may_be_too_slow_twice()
    {
        var first = await TooLateAsync("people");
        await TooLateAsync("people");
        first.SetResult("late");
        (await questions.AskAsync<string>("people", _ => new TaskCompletionSource<string>().Task, default)).ShouldBe("late");
    }

    [Fact]
    public async Task No_old_answer_is_given_and_nothing_is_asked_for_ever()
    {
        (await TooLateAsync("people")).SetResult("old");
        clock.Advance(TimeSpan.FromMinutes(1));
        (await AnsweredAsync("people", "new")).ShouldBe("new");
        var hanging = questions.AskAsync("people", ct => new TaskCompletionSource<string>().Task.WaitAsync(ct), default);
        clock.Advance(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<OperationCanceledException>(() => hanging);
        clock.NextTimer.ShouldBeNull();
    }

    Task<string> AskAsync(string what, CancellationToken inTime) => questions.AskAsync(what, _ =>
    {
        asked.Enqueue(new(TaskCreationOptions.RunContinuationsAsynchronously));
        return asked.Last().Task;
    }, inTime);

    async Task<string> AnsweredAsync(string what, string answer)
    {
        var asking = AskAsync(what, default);
        asked.Dequeue().SetResult(answer);
        return await asking;
    }

    async Task<TaskCompletionSource<string>> TooLateAsync(string what)
    {
        using var budget = new CancellationTokenSource();
        var asking = AskAsync(what, budget.Token);
        await budget.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        return asked.Dequeue();
    }
}
