using System.Collections.Concurrent;

namespace BotDispatch.Chat;

/// <summary>
/// Asks questions whose answer may take longer than the caller can wait. A late question goes on, and the next caller with the same
/// question gets the first answer that comes, to the new question or to the late one. So a retry succeeds even where every answer is slow.
/// </summary>
internal sealed class PendingQueries(TimeProvider realTime)
{
    const int Most = 200;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    // A late answer that no caller fetched in this time may be outdated.
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Late> late = [];

    /// <summary>
    /// The answer to the question <paramref name="what"/>. Throws <see cref="OperationCanceledException"/> if none comes
    /// <paramref name="inTime"/>. A late answer for which <paramref name="isAnswer"/> is false is dropped.
    /// </summary>
    public async Task<T> AskAsync<T>(
        string what, Func<CancellationToken, Task<T>> ask, CancellationToken inTime, Func<T, bool>? isAnswer = null)
    {
        var before = late.TryRemove(what, out var kept) && realTime.GetUtcNow() - kept.Asked < Kept ? (Task<T>)kept.Answer : null;
        if (before is { IsCompleted: true } && await IsGoodAsync(before, isAnswer))
            return await before;
        var (asked, answer) = (realTime.GetUtcNow(), AnswerAsync(ask));
        if (before is not null)
            answer = EitherAsync(before, answer, isAnswer);
        try
        {
            return await answer.WaitAsync(inTime);
        }
        catch (OperationCanceledException) when (!answer.IsCompleted)
        {
            if (late.Count >= Most)
                late.Clear();
            late[what] = new(answer, asked);
            throw;
        }
    }

    async Task<T> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var limit = new CancellationTokenSource(Longest, realTime);
        return await ask(limit.Token);
    }

    // A failure of the new question is the newest answer; a failure of the late one is no answer.
    static async Task<T> EitherAsync<T>(Task<T> before, Task<T> now, Func<T, bool>? isAnswer) =>
        await Task.WhenAny(before, now) == before && await IsGoodAsync(before, isAnswer) ? await before : await now;

    static async Task<bool> IsGoodAsync<T>(Task<T> ended, Func<T, bool>? isAnswer) =>
        ended.IsCompletedSuccessfully && isAnswer?.Invoke(await ended) != false;

    sealed record Late(Task Answer, DateTimeOffset Asked);
}
