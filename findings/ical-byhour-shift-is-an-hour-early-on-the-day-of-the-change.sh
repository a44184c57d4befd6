#!/usr/bin/env bash
# Ical.Net 5.2.4: in a rule FREQ=DAILY;BYHOUR=0,12 the noon shift begins at 11:00 on the day on which summer time ends.
#
# The hours of BYHOUR are added to midnight as elapsed time on that day. The day before and the day after are right, so a
# two-shift rota has one wrong hand-over a year in autumn.
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

var calendar = Calendar.Load("""
    BEGIN:VCALENDAR
    VERSION:2.0
    BEGIN:VEVENT
    UID:shift
    DTSTART;TZID=Europe/Berlin:20261024T000000
    DURATION:PT12H
    RRULE:FREQ=DAILY;BYHOUR=0,12;COUNT=6
    END:VEVENT
    END:VCALENDAR
    """)!;
foreach (var shift in calendar.GetOccurrences(new CalDateTime(2026, 10, 1)).Take(6))
    Console.WriteLine($"{shift.Period.StartTime.Value:MM-dd HH:mm}");
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
10-24 00:00
10-24 12:00
10-25 00:00
10-25 11:00
10-26 00:00
10-26 12:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
