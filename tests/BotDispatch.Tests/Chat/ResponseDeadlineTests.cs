using BotDispatch.Chat;

namespace BotDispatch.Tests.Chat;

public sealed class ResponseDeadlineTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly ManualClock clock = new();

    [Fact]
    public async Task Time_that_has_passed_already_counts()
    {
        var begun = clock.GetTimestamp();
        clock.Advance(Second / 2);
        var waiting = new ResponseDeadline(Second, clock, begun).IsMetByAsync(new TaskCompletionSource().Task);

        clock.Advance(Second / 2);

        (await waiting).ShouldBeFalse();
    }

    [Fact]
    public async Task After_the_deadline_only_what_is_done_already_counts()
    {
        var deadline = new ResponseDeadline(Second, clock);
        clock.Advance(2 * Second);

        (await deadline.IsMetByAsync(new TaskCompletionSource().Task)).ShouldBeFalse();
        (await deadline.IsMetByAsync(Task.CompletedTask)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_in_a_hurry_ends_the_wait_and_not_the_work()
    {
        using var hurry = new CancellationTokenSource();
        var work = new TaskCompletionSource<int>();
        var waiting = new ResponseDeadline(Second, clock).IsMetByAsync(work.Task, hurry.Token);

        await hurry.CancelAsync();

        (await waiting).ShouldBeFalse();
        work.SetResult(7);
        (await work.Task).ShouldBe(7);
    }

    [Fact]
    public async Task What_is_late_is_answered_with_something_else()
    {
        var work = new TaskCompletionSource<string>();
        var answering = new ResponseDeadline(Second, clock).AnswerAsync(work.Task, "U0DANA", default);

        clock.Advance(Second);

        (await answering).ShouldBe("U0DANA");
    }

    [Fact]
    public async Task What_is_in_time_is_the_answer()
    {
        var work = new TaskCompletionSource<string>();
        var answering = new ResponseDeadline(Second, clock).AnswerAsync(work.Task, "U0DANA", default);

        work.SetResult("Dana");

        (await answering).ShouldBe("Dana");
    }

    [Fact]
    public async Task Of_a_failure_the_type_and_the_place_are_logged_and_not_the_message()
    {
        var shown = new List<string>();

        var answer = await ResponseDeadline.UnbrokenAsync<string>(
            () => throw new InvalidOperationException("dana@example.com"), (type, place) => shown.AddRange([type, place!]));

        answer.ShouldBeNull();
        shown[0].ShouldBe(nameof(InvalidOperationException));
        shown[1].ShouldContain(nameof(ResponseDeadlineTests));
        shown.ShouldNotContain(each => each.Contains("dana@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_process_is_no_failure()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        var shown = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => ResponseDeadline.UnbrokenAsync(
            () => Task.FromCanceled<string>(stopping.Token), (_, _) => shown++, stopping.Token));

        shown.ShouldBe(0);
    }
}
