#!/usr/bin/env bash
# node-ical 0.27.2 and ical.js 2.2.1: a week on call, DURATION:P7D, over the end of summer time ends at 08:00 in the one and
# at 09:00 in the other.
#
# RFC 5545 counts days and weeks by the calendar: a week from Monday 09:00 ends on Monday 09:00, 169 hours later in that
# week. So it is for ical.js and for Ical.Net 5.2.4. node-ical adds 168 hours, so for the last hour nobody is on call, and
# in spring two people are. Written with DTEND the same single week is right in all three.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export npm_config_cache="$scratch/cache" NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.27.2 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const zone = ['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19961027T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:19810329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'END:VTIMEZONE'];
const calendar = end => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//rota//EN', ...zone, 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z',
    'DTSTART;TZID=Europe/Berlin:20261019T090000', end, 'SUMMARY:Dana', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const berlin = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' });
for (const end of ['DURATION:P7D', 'DTEND;TZID=Europe/Berlin:20261026T090000']) {
    const event = Object.values(nodeIcal.sync.parseICS(calendar(end))).find(part => part.type === 'VEVENT');
    console.log(`node-ical, ${end}: ends ${berlin.format(event.end)}`);
    const other = new ICAL.Event(new ICAL.Component(ICAL.parse(calendar(end))).getFirstSubcomponent('vevent'));
    console.log(`ical.js, ${end}: ends ${berlin.format(other.endDate.toJSDate())}`);
}
JAVASCRIPT
cat >finding.cs <<'CSHARP'
#:package Ical.Net@5.2.4
#:package NodaTime@3.3.7
#:property PublishAot=false
using Ical.Net;
using Ical.Net.DataTypes;

var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
foreach (var end in new[] { "DURATION:P7D", "DTEND;TZID=Europe/Berlin:20261026T090000" })
{
    var calendar = Calendar.Load($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//example//rota//EN
        BEGIN:VEVENT
        UID:1
        DTSTAMP:20260101T000000Z
        DTSTART;TZID=Europe/Berlin:20261019T090000
        {end}
        SUMMARY:Dana
        END:VEVENT
        END:VCALENDAR
        """)!;
    var shift = calendar.GetOccurrences(new CalDateTime(2026, 10, 1)).Single();
    Console.WriteLine($"Ical.Net, {end}: ends {TimeZoneInfo.ConvertTimeFromUtc(shift.Period.EffectiveEndTime!.AsUtc, zone):ddd HH:mm}");
}
CSHARP
seen=$(TZ=UTC node finding.mjs; dotnet run finding.cs)
expected=$(cat <<'SEEN'
node-ical, DURATION:P7D: ends Mon 08:00
ical.js, DURATION:P7D: ends Mon 09:00
node-ical, DTEND;TZID=Europe/Berlin:20261026T090000: ends Mon 09:00
ical.js, DTEND;TZID=Europe/Berlin:20261026T090000: ends Mon 09:00
Ical.Net, DURATION:P7D: ends Mon 09:00
Ical.Net, DTEND;TZID=Europe/Berlin:20261026T090000: ends Mon 09:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
