#!/usr/bin/env bash
# Ical.Net 5.2.4: some zone names that real calendars carry become UTC without a word, others raise when listed.
#
# "W. Europe Standard Time" is understood. The display name of the same zone, as some Outlook exports have it, and
# "GMT+0200" become UTC: an event at 09:00 in Amsterdam is listed at 09:00 UTC, two hours late. A name that the calendar
# explains by a VTIMEZONE of its own is not looked up there: listing it raises an exception.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Ical.Net@5.2.4
using Ical.Net;
using Ical.Net.DataTypes;

const string Depot = "BEGIN:VTIMEZONE\nTZID:Depot\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n";
foreach (var (zone, own) in new[] { ("W. Europe Standard Time", ""), ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", ""), ("GMT+0200", ""), ("Depot", Depot) })
{
    var calendar = Calendar.Load(($"BEGIN:VCALENDAR\nVERSION:2.0\n{own}BEGIN:VEVENT\nUID:shift\n"
        + $"DTSTART;TZID=\"{zone}\":20260706T090000\nDTEND;TZID=\"{zone}\":20260706T170000\nEND:VEVENT\nEND:VCALENDAR\n").ReplaceLineEndings("\r\n"))!;
    try
    {
        Console.WriteLine($"{zone} 09:00 = {calendar.GetOccurrences(new CalDateTime(2026, 7, 1)).First().Period.StartTime.AsUtc:HH:mm} UTC");
    }
    catch (ArgumentException raised)
    {
        Console.WriteLine($"{zone} raises {raised.GetType().Name}");
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
W. Europe Standard Time 09:00 = 07:00 UTC
(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna 09:00 = 09:00 UTC
GMT+0200 09:00 = 09:00 UTC
Depot raises ArgumentException
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
