using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Http;

/// <summary>
/// Answers requests whose sender does not show who they are. Each costs one counter; from one address that fails too often they are answered 429 with Retry-After.
/// A request comes here only once it is known to be unverified, so nothing is ever held against a verified one: behind a reverse proxy, Slack, Teams, Routee
/// and any stranger have the same address. Safe for many at once.
/// </summary>
/// <remarks>
/// The address is that of the connection, or with <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> the one that the proxy names.
/// System.Threading.RateLimiting (.NET 10) takes no TimeProvider, and a PartitionedRateLimiter wakes ten times a second for as long as it lives:
/// these limiters are filled again when they are next asked, and need no timer.
/// </remarks>
internal sealed class UnverifiedRequests(RefusalTally tally) : IDisposable
{
    /// <summary>How many of one address are refused with what is wrong before they are refused with 429.</summary>
    public const int MostOfOneAddress = 100;

    // A sender can have any number of addresses, or claim them: this bounds what is remembered. Two that share one are refused with 429 a little sooner.
    const int Buckets = 1024;

    // Whoever has one address of IPv6 mostly has the whole 64 bits below it.
    const int BytesOfNetwork = 8;

    static readonly FixedWindowRateLimiterOptions OneMinute = new() { PermitLimit = MostOfOneAddress, Window = TimeSpan.FromMinutes(1), QueueLimit = 0, AutoReplenishment = false };

    readonly FixedWindowRateLimiter?[] limiters = new FixedWindowRateLimiter?[Buckets];

    /// <summary>Refuses a request that is not verified; the status that it is answered with, which is set.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The status that says what is wrong.</param>
    /// <param name="reason">The same for the log, in our words.</param>
    public int Refuse(HttpContext http, int status, string reason)
    {
        Count(http, reason);
        http.Response.StatusCode = status;
        // Without an address, as on a Unix socket, all senders would be one.
        if (http.Connection.RemoteIpAddress is { } from && LimiterOf(from) is var limiter && limiter.TryReplenish())
        {
            using var lease = limiter.AttemptAcquire();
            if (!lease.IsAcquired)
            {
                var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : OneMinute.Window;
                http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            }
        }
        return http.Response.StatusCode;
    }

    /// <summary>Counts a request that was refused for a reason that its sender may have no part in, as a lack of room.</summary>
    public void Count(HttpContext http, string reason) => tally.Add((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "elsewhere", reason);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var limiter in limiters)
            limiter?.Dispose();
    }

    FixedWindowRateLimiter LimiterOf(IPAddress from)
    {
        ref var limiter = ref limiters[BucketOf(from)];
        return Volatile.Read(ref limiter) ?? Interlocked.CompareExchange(ref limiter, new(OneMinute), null) ?? limiter!;
    }

    static int BucketOf(IPAddress from)
    {
        Span<byte> bytes = stackalloc byte[16];
        (from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from).TryWriteBytes(bytes, out var length);
        var hash = new HashCode();
        hash.AddBytes(bytes[..Math.Min(length, BytesOfNetwork)]);
        return (int)((uint)hash.ToHashCode() % Buckets);
    }
}

/// <summary>What all rooms that are written to share.</summary>
internal static class UnverifiedModule
{
    extension(IServiceCollection services)
    {
        /// <summary>One count of refusals and one limit for each address, for the whole app. Needs the real <see cref="TimeProvider"/>.</summary>
        public IServiceCollection AddUnverifiedRequests()
        {
            services.TryAddSingleton<RefusalTally>();
            services.TryAddSingleton<UnverifiedRequests>();
            return services;
        }
    }
}
