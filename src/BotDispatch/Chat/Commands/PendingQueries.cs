using System.Collections.Concurrent;

namespace BotDispatch.Chat;

/// <summary>
/// Puts questions whose answer may take longer than whoever asks can wait. They go on then, and whoever asks the same again soon gets the
/// first answer that comes, to this asking
/// or to the one before: so trying again comes to something even where every answer is too slow.
/// </summary>
internal sealed class PendingQueries(TimeProvider realTime)
{
    const int Most = 200;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    // An answer that nobody fetched for so long may be wrong by now.
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Late> late = [];

    /// <summary>
    /// The answer to <paramref name="what"/>; cancelled if it did not come <paramref name="inTime"/>. An earlier one that is no <paramref
    /// name="isAnswer"/> counts for nothing.
    /// </summary>
    public async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> ask, CancellationToken inTime, Func<T, bool>? isAnswer = null)
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

    // What breaks now is the newest word; what broke before is none.
    static async Task<T> EitherAsync<T>(Task<T> before, Task<T> now, Func<T, bool>? isAnswer) =>
        await Task.WhenAny(before, now) == before && await IsGoodAsync(before, isAnswer) ? await before : await now;

    static async Task<bool> IsGoodAsync<T>(Task<T> ended, Func<T, bool>? isAnswer) => ended.IsCompletedSuccessfully && isAnswer?.Invoke(await ended) != false;

    sealed record Late(Task Answer, DateTimeOffset Asked);
}
