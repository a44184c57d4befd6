namespace BotDispatch.Http;

/// <summary>
/// Reads how long a server asks us to wait. One reader for every provider and for both forms of the header: seconds, and an HTTP date.
/// </summary>
/// <remarks>RFC 9110, section 10.2.3.</remarks>
internal static class RetryAfter
{
    static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    // If we ask too early, we are refused once more. If we wait too long, the thread falls behind.
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Returns how long a chat asks us to wait, between 1 s and 5 min; <paramref name="usual"/> if it does not say.
    /// </summary>
    public static TimeSpan WaitOf(HttpResponseMessage response, DateTimeOffset now, TimeSpan usual) =>
        Of(response, now, ShortestWait, LongestWait) ?? usual;

    /// <summary>
    /// Returns the wait that the answer asks for, held within <paramref name="shortest"/> and <paramref name="longest"/>; null if it asks
    /// for none, or in a form that cannot be read.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">The time by our clock, with which a date is compared.</param>
    /// <param name="shortest">Replaces a shorter wait, also for a date that has passed.</param>
    /// <param name="longest">Replaces a longer wait.</param>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now, TimeSpan shortest, TimeSpan longest)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
        return wait < shortest ? shortest : wait > longest ? longest : wait;
    }
}
