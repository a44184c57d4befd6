#!/usr/bin/env bash
# Ical.Net 5.2.4: a moved shift whose RECURRENCE-ID is in UTC does not replace the one it moves: both stand.
#
# The same instance named in the zone of the series is replaced as it should be, and an EXDATE in UTC does remove it,
# so one feed can have both habits and only one of them works.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Ical.Net@5.2.4
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

const string Series = "BEGIN:VEVENT\nUID:shift\nSUMMARY:planned\nDTSTART;TZID=Europe/Berlin:20260706T090000\nDTEND;TZID=Europe/Berlin:20260706T170000\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n";
const string Moved = "DTSTART;TZID=Europe/Berlin:20260707T120000\nDTEND;TZID=Europe/Berlin:20260707T200000\nSUMMARY:moved\nEND:VEVENT\n";
Show("RECURRENCE-ID in the zone", Series + "BEGIN:VEVENT\nUID:shift\nRECURRENCE-ID;TZID=Europe/Berlin:20260707T090000\n" + Moved);
Show("RECURRENCE-ID in UTC", Series + "BEGIN:VEVENT\nUID:shift\nRECURRENCE-ID:20260707T070000Z\n" + Moved);
Show("EXDATE in UTC", Series.Replace("END:VEVENT", "EXDATE:20260707T070000Z\nEND:VEVENT"));

static void Show(string title, string events) => Console.WriteLine($"{title}: " + string.Join(", ", Calendar
    .Load($"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n".ReplaceLineEndings("\r\n"))!
    .GetOccurrences(new CalDateTime(2026, 7, 1)).Take(9)
    .Select(shift => $"{shift.Period.StartTime.Value:dd HH:mm} {((CalendarEvent)shift.Source).Summary}")));
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
RECURRENCE-ID in the zone: 06 09:00 planned, 07 12:00 moved, 08 09:00 planned
RECURRENCE-ID in UTC: 06 09:00 planned, 07 09:00 planned, 07 12:00 moved, 08 09:00 planned
EXDATE in UTC: 06 09:00 planned, 08 09:00 planned
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
