using System.Net;
using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

/// <summary>How long to wait is read in one place, for Slack, Teams and Routee.</summary>
public sealed class RetryAfterTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    // The standard handler of Microsoft.Extensions.Http.Resilience 10.11.0, met with a Retry-After longer than its total timeout, makes one try, waits and throws at
    // the total: neither the answer nor a second try is left. RFC 9110, section 10.2.3, sets no limit, and allows both forms; the platform's parser (.NET 10)
    // reads a negative or overlong number as no header at all.
    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("30", 30.0)]
    [InlineData("0", 1.0)]
    [InlineData("86400", 300.0)]
    [InlineData("2147483647", 300.0)]
    [InlineData("Mon, 05 Jan 2026 09:00:42 GMT", 42.0)]
    [InlineData("Mon, 05 Jan 2026 08:00:00 GMT", 1.0)]
    [InlineData("Tue, 05 Jan 2027 09:00:00 GMT", 300.0)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Both_forms_are_read_and_held_within_bounds(string? header, double? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        if (header is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        RetryAfter.Of(response, Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)).ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
    }
}
