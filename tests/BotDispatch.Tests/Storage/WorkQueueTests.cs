using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

public class WorkQueueTests
{
    [Fact]
    public async Task A_commit_that_throws_fails_those_who_wait_for_it_and_nobody_after_them()
    {
        var commits = 0;
        await using var queue = new WorkQueue(batch =>
        {
            if (commits++ == 0)
                throw new AggregateException("a log provider is broken");
            return AnswerAsync(batch);
        });
        WriteWork first = new([]), second = new([]);
        queue.Enqueue(first);
        await Should.ThrowAsync<AggregateException>(first.Answered);
        queue.Enqueue(second);
        (await second.Answered).ShouldBeEmpty();
    }

    /// <summary>The loop ends while this is between two works, just before the second or just after it.</summary>
    [Fact]
    public async Task Work_that_comes_after_a_rest_is_committed()
    {
        await using var queue = new WorkQueue(AnswerAsync);
        for (var n = 0; n < 2000; n++)
        {
            var work = new WriteWork([]);
            queue.Enqueue(work);
            await work.Answered.WaitAsync(TimeSpan.FromSeconds(30));
            for (var pauses = n % 4; pauses > 0; pauses--)
                await Task.Yield();
        }
    }

    [Fact]
    public async Task Keys_are_committed_before_everything_else_that_waits()
    {
        await using var held = new HeldQueue();
        WriteWork first = new([]), last = new([]);
        var key = new InputWork(Some.Id("INC-1"), new DispatchInput.KeysPressed(Some.Call(Some.Id("INC-1")), "1"), null);
        await held.BeginAsync();
        held.Queue.Enqueue(first);
        held.Queue.Enqueue(key);
        held.Queue.Enqueue(last);
        held.Release();
        await last.Answered;
        held.Batches[1].ShouldBe([key, first, last]);
    }

    [Fact]
    public async Task What_still_waits_when_it_stops_fails()
    {
        await using var held = new HeldQueue();
        var waiting = new WriteWork([]);
        var begun = await held.BeginAsync();
        held.Queue.Enqueue(waiting);
        var stopping = held.Queue.DisposeAsync();
        held.Release();
        await stopping;
        (await begun.Answered).ShouldBeEmpty();
        await Should.ThrowAsync<OperationCanceledException>(waiting.Answered);
        held.Batches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_accepted_after_it_stopped()
    {
        var queue = new WorkQueue(AnswerAsync);
        await queue.DisposeAsync();
        Should.Throw<ObjectDisposedException>(() => queue.Enqueue(new WriteWork([])));
    }

    [Fact]
    public async Task A_commit_does_not_run_in_the_context_of_the_request_that_was_first()
    {
        var carried = new AsyncLocal<string?> { Value = "the first request" };
        var seen = new TaskCompletionSource<string?>();
        await using var queue = new WorkQueue(batch =>
        {
            seen.SetResult(carried.Value);
            return AnswerAsync(batch);
        });
        queue.Enqueue(new WriteWork([]));
        (await seen.Task).ShouldBeNull();
    }

    static Task AnswerAsync(List<Work> batch)
    {
        batch.ForEach(work => work.Answer());
        return Task.CompletedTask;
    }

    /// <summary>A queue whose first commit takes until it is released.</summary>
    sealed class HeldQueue : IAsyncDisposable
    {
        readonly TaskCompletionSource begun = new(), released = new();

        public HeldQueue() => Queue = new(async batch =>
        {
            Batches.Add([.. batch]);
            begun.TrySetResult();
            await released.Task;
            await AnswerAsync(batch);
        });

        public WorkQueue Queue { get; }

        public List<Work[]> Batches { get; } = [];

        /// <summary>Returns the work of the first commit once that is under way.</summary>
        public async Task<WriteWork> BeginAsync()
        {
            var work = new WriteWork([]);
            Queue.Enqueue(work);
            await begun.Task;
            return work;
        }

        public void Release() => released.TrySetResult();

        public ValueTask DisposeAsync()
        {
            Release();
            return Queue.DisposeAsync();
        }
    }
}
