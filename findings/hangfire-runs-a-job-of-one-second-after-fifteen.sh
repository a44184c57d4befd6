#!/usr/bin/env bash
# Hangfire.Core 1.8.25 with Hangfire.InMemory 1.0.0: a job scheduled for one second later runs up to 15 seconds later, and a
# job that raises is done eleven times.
#
# The scheduler looks for what is due every 15 seconds (SchedulePollingInterval), so pauses of seconds between calls are
# other pauses. A job without an attribute of its own is repeated ten times over hours: one that has placed a call and then
# fails places eleven. Jobs that are enqueued at once start at once.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Hangfire.Core@1.8.25
#:package Hangfire.InMemory@1.0.0
#:package Newtonsoft.Json@13.0.4
#:property PublishAot=false
using System.Diagnostics;
using Hangfire;
using Hangfire.InMemory;

GlobalConfiguration.Configuration.UseInMemoryStorage();
using var server = new BackgroundJobServer();
// The first look of the scheduler is behind us.
Thread.Sleep(TimeSpan.FromSeconds(3));
BackgroundJob.Enqueue(() => Calls.Place("at once"));
BackgroundJob.Schedule(() => Calls.Place("after one second"), TimeSpan.FromSeconds(1));
if (!Calls.Both.Wait(TimeSpan.FromMinutes(1))) Console.WriteLine("not both within a minute");
Console.WriteLine($"attempts after a failure: {GlobalJobFilters.Filters.Select(filter => filter.Instance).OfType<AutomaticRetryAttribute>().Single().Attempts}");

public static class Calls
{
    private static readonly Stopwatch Since = Stopwatch.StartNew();
    private static TimeSpan? begun;

    public static CountdownEvent Both { get; } = new(2);

    public static void Place(string words)
    {
        begun ??= Since.Elapsed;
        Console.WriteLine($"{words}: {(Since.Elapsed - begun.Value > TimeSpan.FromSeconds(7) ? "more than 7 seconds after the first job" : "the first job, or soon after it")}");
        Both.Signal();
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
at once: the first job, or soon after it
after one second: more than 7 seconds after the first job
attempts after a failure: 10
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
