#!/usr/bin/env bash
# Microsoft.Extensions.TimeProvider.Testing 10.11.0: one long Advance is one moment for a timer that sets itself again.
#
# A timer that is due in 10 s and sets itself for another 10 s in its callback, as polite loops do, fires once in
# Advance(1 minute) and sees the final time; in six steps of 10 s it fires six times. A periodic timer fires six times
# either way. A test that advances in one jump tests a loop that never repeats.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
using Microsoft.Extensions.Time.Testing;

var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
var fired = new List<string>();
var periodic = 0;
ITimer? timer = null;
timer = clock.CreateTimer(_ =>
{
    fired.Add($"{clock.GetUtcNow():mm:ss}");
    timer!.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
}, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
using var other = clock.CreateTimer(_ => periodic++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

clock.Advance(TimeSpan.FromMinutes(1));
Console.WriteLine($"one minute at once: {string.Join(' ', fired)}; periodic {periodic} times");
fired.Clear();
for (var step = 0; step < 6; step++)
    clock.Advance(TimeSpan.FromSeconds(10));
Console.WriteLine($"in six steps: {string.Join(' ', fired)}");
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
one minute at once: 01:00; periodic 6 times
in six steps: 01:10 01:20 01:30 01:40 01:50 02:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
