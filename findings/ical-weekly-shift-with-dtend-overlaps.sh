#!/usr/bin/env bash
# Ical.Net 5.2.4: a weekly shift written with DTSTART and DTEND drifts by an hour when the clocks change.
#
# A rota "from Monday 09:00 to the next Monday 09:00, weekly" that begins in the week in which summer time ends has a
# first shift of 169 hours. Ical.Net gives every later shift the same exact 169 hours, so each ends at 10:00 and overlaps
# the next one by an hour, for ever. The same rota written with DURATION:P7D keeps 09:00. Both are what calendars export.
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

Show("DTEND", "DTEND;TZID=Europe/Berlin:20261026T090000");
Show("DURATION", "DURATION:P7D");

static void Show(string title, string end)
{
    var calendar = Calendar.Load($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        UID:shift
        DTSTART;TZID=Europe/Berlin:20261019T090000
        {end}
        RRULE:FREQ=WEEKLY;COUNT=3
        END:VEVENT
        END:VCALENDAR
        """)!;
    foreach (var shift in calendar.GetOccurrences(new CalDateTime(2026, 10, 1)).Take(3))
        Console.WriteLine($"{title}: {shift.Period.StartTime.Value:MM-dd HH:mm} to {shift.Period.EffectiveEndTime!.Value:MM-dd HH:mm}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
DTEND: 10-19 09:00 to 10-26 09:00
DTEND: 10-26 09:00 to 11-02 10:00
DTEND: 11-02 09:00 to 11-09 10:00
DURATION: 10-19 09:00 to 10-26 09:00
DURATION: 10-26 09:00 to 11-02 09:00
DURATION: 11-02 09:00 to 11-09 09:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
