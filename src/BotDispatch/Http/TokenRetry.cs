namespace BotDispatch.Http;

/// <summary>A token to call with, or the result of the call if there is none. One of the two is not null.</summary>
internal readonly record struct TokenOr<TToken, TResult>(TToken? Token, TResult? Instead) where TToken : class where TResult : class;

/// <summary>
/// Sends a request with a token. If the token is refused, the server certainly did nothing, so the request is sent once more with another
/// token; never more often than that.
/// </summary>
internal static class TokenRetry
{
    /// <summary>Returns the result, and the token if the second one was refused, too.</summary>
    /// <param name="getToken">Returns a token: the first time any, after a refusal another one than that.</param>
    /// <param name="send">Sends the request once.</param>
    /// <param name="isTokenRefused">Whether a result says that the token was refused.</param>
    public static async Task<(TToken? RefusedTwice, TResult Result)> SendAsync<TToken, TResult>(
        Func<(TToken Token, TResult Result)?, ValueTask<TokenOr<TToken, TResult>>> getToken, Func<TToken, Task<TResult>> send,
        Func<TResult, bool> isTokenRefused)
        where TToken : class
        where TResult : class
    {
        (TToken Token, TResult Result)? refused = null;
        while (true)
        {
            var (token, instead) = await getToken(refused);
            if (token is null)
                return (null, instead!);
            var result = await send(token);
            if (!isTokenRefused(result))
                return (null, result);
            if (refused is not null)
                return (token, result);
            refused = (token, result);
        }
    }
}

/// <summary>The time limit that getting a token and sending a request share.</summary>
internal sealed class CallTime(TimeProvider clock, TimeSpan limit)
{
    readonly long started = clock.GetTimestamp();

    /// <summary>The time that is left; zero if none is.</summary>
    public TimeSpan Left => limit - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Waits for the task as long as time is left; then throws a <see cref="TimeoutException"/>.</summary>
    public Task<T> WaitAsync<T>(Task<T> task, CancellationToken ct) => task.WaitAsync(Left, clock, ct);
}
