#!/usr/bin/env bash
# Ical.Net 5.2.4: an instance that an override cancels (STATUS:CANCELLED) is still among the occurrences.
#
# The override replaces the planned instance, and GetOccurrences returns it like any other shift. Who does not look at
# Status of each source calls a person whose shift was cancelled. RANGE=THISANDFUTURE is read as an override of one
# instance whose planned twin stays, and later instances do not move at all.
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

const string Series = "BEGIN:VEVENT\nUID:shift\nSUMMARY:planned\nDTSTART;TZID=Europe/Berlin:20260706T090000\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\nBEGIN:VEVENT\nUID:shift\n";
Show("cancelled", Series + "SUMMARY:gone\nSTATUS:CANCELLED\nRECURRENCE-ID;TZID=Europe/Berlin:20260707T090000\nDTSTART;TZID=Europe/Berlin:20260707T090000\nDURATION:PT8H\nEND:VEVENT\n");
Show("this and future", Series + "SUMMARY:later\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260707T090000\nDTSTART;TZID=Europe/Berlin:20260707T120000\nDURATION:PT8H\nEND:VEVENT\n");

static void Show(string title, string events) => Console.WriteLine($"{title}: " + string.Join(", ", Calendar
    .Load($"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n".ReplaceLineEndings("\r\n"))!
    .GetOccurrences(new CalDateTime(2026, 7, 1)).Take(9)
    .Select(shift => $"{shift.Period.StartTime.Value:dd HH:mm} {((CalendarEvent)shift.Source).Summary} {((CalendarEvent)shift.Source).Status}".TrimEnd())));
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
cancelled: 06 09:00 planned, 07 09:00 gone CANCELLED, 08 09:00 planned
this and future: 06 09:00 planned, 07 09:00 planned, 07 12:00 later, 08 09:00 planned
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
