#!/usr/bin/env bash
# System.Threading.RateLimiting of .NET 10: the sliding window names RETRY_AFTER among its metadata and never has a value.
#
# Code that answers 429 with Retry-After from the lease works with a fixed window and a token bucket, and silently sends
# no header after a change to a sliding window, although MetadataNames says that the value is there.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package System.Threading.RateLimiting@10.0.0
using System.Threading.RateLimiting;

var window = TimeSpan.FromSeconds(10);
Show("fixed window", new FixedWindowRateLimiter(new() { PermitLimit = 1, Window = window, AutoReplenishment = false }));
Show("token bucket", new TokenBucketRateLimiter(new() { TokenLimit = 1, TokensPerPeriod = 1, ReplenishmentPeriod = window, AutoReplenishment = false }));
Show("sliding window", new SlidingWindowRateLimiter(new() { PermitLimit = 1, Window = window, SegmentsPerWindow = 2, AutoReplenishment = false }));

static void Show(string name, RateLimiter limiter)
{
    limiter.AttemptAcquire();
    using var refused = limiter.AttemptAcquire();
    var after = refused.TryGetMetadata(MetadataName.RetryAfter, out var value) ? $"{value.TotalSeconds} s" : "no value";
    Console.WriteLine($"{name}: names {string.Join(' ', refused.MetadataNames)}, {after}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
fixed window: names RETRY_AFTER, 10 s
token bucket: names RETRY_AFTER, 10 s
sliding window: names RETRY_AFTER, no value
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
