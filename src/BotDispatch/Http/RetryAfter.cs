namespace BotDispatch.Http;

/// <summary>Reads how long a server asks to be left alone. One reader for every provider and for both forms of the header: seconds, and an HTTP date.</summary>
/// <remarks>RFC 9110, section 10.2.3.</remarks>
internal static class RetryAfter
{
    /// <summary>The wait that the answer asks for, held within <paramref name="shortest"/> and <paramref name="longest"/>; null if it asks for none, or in no form that can be read.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">The present by our clock, which a date is held against.</param>
    /// <param name="shortest">A shorter wish, a date that has passed among them, is taken for this.</param>
    /// <param name="longest">A longer wish is taken for this.</param>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now, TimeSpan shortest, TimeSpan longest)
    {
        TimeSpan? wish = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
        return wish < shortest ? shortest : wish > longest ? longest : wish;
    }
}
