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
            batch.ForEach(work => work.Answer());
            return Task.CompletedTask;
        });
        WriteWork first = new([]), second = new([]);
        queue.Enqueue(first);
        await Should.ThrowAsync<AggregateException>(first.Answered);
        queue.Enqueue(second);
        (await second.Answered).ShouldBeEmpty();
    }
}
