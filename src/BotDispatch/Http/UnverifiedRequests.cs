using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Http;

/// <summary>
/// Answers requests whose sender does not show who they are. Each costs one counter. If one address fails too often, it gets 429 with
/// Retry-After. A request comes here only after it failed verification, so a verified request is never counted: behind a reverse proxy,
/// Slack, Teams, Routee and strangers have the same address. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The address is the connection's, or with <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> the one that the proxy names.
/// System.Threading.RateLimiting (.NET 10) takes no TimeProvider, and a PartitionedRateLimiter wakes ten times a second while it lives.
/// These limiters are refilled when they are asked again, and need no timer.
/// </remarks>
internal sealed class UnverifiedRequests(RefusalTally tally) : IDisposable
{
    /// <summary>How many requests of one address get the status that says what is wrong before they get 429.</summary>
    public const int MostOfOneAddress = 100;

    // A sender can have, or claim, any number of addresses. This bounds how many are remembered. Two addresses that share an entry get 429
    // a little sooner.
    const int Buckets = 1024;

    // The owner of one IPv6 address usually owns the whole /64.
    const int BytesOfNetwork = 8;

    static readonly FixedWindowRateLimiterOptions OneMinute = new()
    {
        PermitLimit = MostOfOneAddress,
        Window = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
        AutoReplenishment = false,
    };

    readonly FixedWindowRateLimiter?[] limiters = new FixedWindowRateLimiter?[Buckets];

    /// <summary>Refuses a request that is not verified. Returns the status of the answer, which it sets.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The status that says what is wrong.</param>
    /// <param name="reason">The reason for the log, in our words.</param>
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

    /// <summary>Counts a request that was refused for a reason that may not be its sender's fault, such as lack of room.</summary>
    public void Count(HttpContext http, string reason) =>
        tally.Add((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "elsewhere", reason);

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

/// <summary>What all rooms with inbound requests share.</summary>
internal static class UnverifiedModule
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds one count of refusals and one limit for each address, for the whole app. Needs the real <see cref="TimeProvider"/>.
        /// </summary>
        public IServiceCollection AddUnverifiedRequests()
        {
            services.TryAddSingleton<RefusalTally>();
            services.TryAddSingleton<UnverifiedRequests>();
            return services;
        }
    }
}
