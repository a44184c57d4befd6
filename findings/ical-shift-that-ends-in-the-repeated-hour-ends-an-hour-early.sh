#!/usr/bin/env bash
# Ical.Net 5.2.4: a shift that ends between 02:00 and 03:00 of winter time, in the night on which that hour comes twice,
# ends an hour early; a rule by hours ends there altogether.
#
# Eight hours from 19:00 in Berlin end at 02:00 for the second time, 01:00 UTC. EffectiveEndTime is 02:00 for the first
# time, 00:00 UTC; so also if the event has its end in UTC. Of a rota that changes every hour, COUNT=6, the third shift has
# no length and the other three are missing. The whole event written in UTC is right.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Ical.Net@5.2.4
#:package NodaTime@3.3.7
#:property PublishAot=false
using Ical.Net;
using Ical.Net.DataTypes;

Show("DTSTART;TZID=Europe/Berlin:20261024T190000", "DURATION:PT8H");
Show("DTSTART;TZID=Europe/Berlin:20261024T190000", "DTEND:20261025T010000Z");
Show("DTSTART:20261024T170000Z", "DURATION:PT8H");
Show("DTSTART;TZID=Europe/Berlin:20261025T000000", "DURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=6");

void Show(params string[] lines)
{
    var calendar = Calendar.Load(string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//rota//EN", "BEGIN:VEVENT", "UID:1",
        "DTSTAMP:20260101T000000Z", .. lines, "SUMMARY:Dana", "END:VEVENT", "END:VCALENDAR", ""]))!;
    Console.WriteLine($"{string.Join(", ", lines)}\n  {string.Join(", ", calendar.GetOccurrences(new CalDateTime(2026, 10, 1))
        .Select(shift => shift.Period).Select(shift => $"{shift.StartTime.AsUtc:HH:mm}-{shift.EffectiveEndTime!.AsUtc:HH:mm} UTC"))}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
DTSTART;TZID=Europe/Berlin:20261024T190000, DURATION:PT8H
  17:00-00:00 UTC
DTSTART;TZID=Europe/Berlin:20261024T190000, DTEND:20261025T010000Z
  17:00-00:00 UTC
DTSTART:20261024T170000Z, DURATION:PT8H
  17:00-01:00 UTC
DTSTART;TZID=Europe/Berlin:20261025T000000, DURATION:PT1H, RRULE:FREQ=HOURLY;COUNT=6
  22:00-23:00 UTC, 23:00-00:00 UTC, 00:00-00:00 UTC
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
