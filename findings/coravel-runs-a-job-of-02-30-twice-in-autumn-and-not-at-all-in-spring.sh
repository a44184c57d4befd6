#!/usr/bin/env bash
# Coravel 6.0.2: a job that is Zoned to a time zone at 02:30 runs twice in the night in which the clocks go back, and not at
# all in the one in which they go forward, where Cronos 0.13.0 and Quartz 4.7.3 run it once in both.
#
# It compares the minute on the zone's clock with the job's, so a minute that comes twice counts twice. In spring the other
# two run at 03:00. Without Zoned all times are UTC: Weekly() is at 00:00 UTC on Mondays.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Coravel@6.0.2
#:package Cronos@0.13.0
#:package Quartz@4.7.3
#:property PublishAot=false
#:property NoWarn=NU1603
using System.Globalization;
using Coravel;
using Coravel.Scheduling.Schedule;
using Coravel.Scheduling.Schedule.Interfaces;
using Microsoft.Extensions.DependencyInjection;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
string Show(IEnumerable<DateTimeOffset> times) =>
    string.Join(", ", times.Select(time => $"{TimeZoneInfo.ConvertTime(time, zone):HH:mm zzz}").DefaultIfEmpty("none"));

DateTimeOffset[] nights = [new(2026, 3, 29, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 24, 23, 0, 0, TimeSpan.Zero)];
foreach (var start in nights)
{
    var end = start.AddHours(4);
    Console.WriteLine($"From {start:d MMMM HH:mm} UTC for four hours:");
    Console.WriteLine($"  Coravel: {Show(await Coravel(job => job.DailyAt(2, 30).Zoned(zone), start, end))}");
    Console.WriteLine($"  Cronos: {Show(Cronos.CronExpression.Parse("30 2 * * *").GetOccurrences(start, end, zone))}");
    Console.WriteLine($"  Quartz: {Show(Quartz(new Quartz.CronExpression("0 30 2 * * ?", zone), start, end))}");
}
var sunday = new DateTimeOffset(2026, 10, 25, 20, 0, 0, TimeSpan.Zero);
Console.WriteLine($"Weekly in Coravel: {Show(await Coravel(job => job.Weekly(), sunday, sunday.AddDays(1)))}");

async Task<List<DateTimeOffset>> Coravel(Action<IScheduleInterval> when, DateTimeOffset start, DateTimeOffset end)
{
    using var services = new ServiceCollection().AddScheduler().BuildServiceProvider();
    var scheduler = (Scheduler)services.GetRequiredService<IScheduler>();
    var now = start;
    List<DateTimeOffset> runs = [];
    when(scheduler.Schedule(() => runs.Add(now)));
    for (; now < end; now = now.AddMinutes(1)) await scheduler.RunAtAsync(now.UtcDateTime);
    return runs;
}

IEnumerable<DateTimeOffset> Quartz(Quartz.CronExpression rule, DateTimeOffset start, DateTimeOffset end)
{
    for (var next = rule.GetNextValidTimeAfter(start); next < end; next = rule.GetNextValidTimeAfter(next.Value)) yield return next.Value;
}
CSHARP
seen=$(TZ=UTC dotnet run finding.cs 2>/dev/null)
expected=$(cat <<'SEEN'
From 29 March 00:00 UTC for four hours:
  Coravel: none
  Cronos: 03:00 +02:00
  Quartz: 03:00 +02:00
From 24 October 23:00 UTC for four hours:
  Coravel: 02:30 +02:00, 02:30 +01:00
  Cronos: 02:30 +02:00
  Quartz: 02:30 +02:00
Weekly in Coravel: 01:00 +01:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
