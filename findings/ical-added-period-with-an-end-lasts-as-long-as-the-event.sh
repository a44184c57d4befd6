#!/usr/bin/env bash
# Ical.Net 5.2.4: an added period whose end is written (RDATE;VALUE=PERIOD:begin/end) lasts as long as the event.
#
# RFC 5545 lets a period be written with its end or with its duration. Here both say two hours, beside an event of eight
# hours. The duration is followed; the end is read and dropped, so that this shift ends six hours late. With a zone
# instead of UTC it is the same.
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

Show("end", "RDATE;VALUE=PERIOD:20260707T090000Z/20260707T110000Z");
Show("duration", "RDATE;VALUE=PERIOD:20260707T090000Z/PT2H");
Show("end in a zone", "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260707T110000/20260707T130000");

static void Show(string title, string added) => Console.WriteLine($"{title}: " + string.Join(", ", Calendar
    .Load($"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:shift\nDTSTART:20260706T090000Z\nDTEND:20260706T170000Z\n{added}\nEND:VEVENT\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n"))!
    .GetOccurrences(new CalDateTime(2026, 7, 1)).Take(9)
    .Select(shift => $"{shift.Period.StartTime.AsUtc:dd HH:mm} to {shift.Period.EffectiveEndTime!.AsUtc:HH:mm}")));
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
end: 06 09:00 to 17:00, 07 09:00 to 17:00
duration: 06 09:00 to 17:00, 07 09:00 to 11:00
end in a zone: 06 09:00 to 17:00, 07 09:00 to 17:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
