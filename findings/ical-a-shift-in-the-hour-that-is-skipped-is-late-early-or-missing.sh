#!/usr/bin/env bash
# node-ical 0.27.2, rrule 2.8.1, ical.js 2.2.1 and Ical.Net 5.2.4: a daily shift at 02:30 in the night on which summer time
# begins is missing, an hour early, or an hour late.
#
# RFC 5545 says of a time that does not exist: ignore it, and do not count it. So node-ical has nobody in that night, and
# with COUNT=3 one day more at the end. rrule and ical.js put the shift to 01:30, before the hour that is skipped, Ical.Net
# to 03:30. Who takes over from whom depends on the reader; the same rota at 03:00 is one rota for all.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export npm_config_cache="$scratch/cache" NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.27.2 rrule@2.8.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import rrule from 'rrule';

const zone = ['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19961027T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:19810329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'END:VTIMEZONE'];
const lines = ['DTSTART;TZID=Europe/Berlin:20260328T023000', 'RRULE:FREQ=DAILY;COUNT=3'];
const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//rota//EN', ...zone, 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z',
    ...lines, 'DURATION:PT8H', 'SUMMARY:Dana', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const berlin = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' });
const show = (name, dates) => console.log(`${name}: ${dates.map(date => berlin.format(date).replace(',', '').replace(' at', '')).join(', ')}`);
const event = Object.values(nodeIcal.sync.parseICS(text)).find(part => part.type === 'VEVENT');
show('node-ical', nodeIcal.expandRecurringEvent(event, { from: new Date('2026-03-01'), to: new Date('2026-05-01') }).map(shift => shift.start));
show('rrule', rrule.rrulestr(lines.join('\n')).all());
const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator();
show('ical.js', Array.from({ length: 3 }, () => iterator.next()).map(time => time.toJSDate()));
JAVASCRIPT
cat >finding.cs <<'CSHARP'
#:package Ical.Net@5.2.4
#:package NodaTime@3.3.7
#:property PublishAot=false
using Ical.Net;
using Ical.Net.DataTypes;

var calendar = Calendar.Load("""
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//example//rota//EN
    BEGIN:VEVENT
    UID:1
    DTSTAMP:20260101T000000Z
    DTSTART;TZID=Europe/Berlin:20260328T023000
    RRULE:FREQ=DAILY;COUNT=3
    DURATION:PT8H
    SUMMARY:Dana
    END:VEVENT
    END:VCALENDAR
    """)!;
var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
Console.WriteLine($"Ical.Net: {string.Join(", ", calendar.GetOccurrences(new CalDateTime(2026, 3, 1))
    .Select(shift => $"{TimeZoneInfo.ConvertTimeFromUtc(shift.Period.StartTime.AsUtc, zone):d MMM HH:mm}"))}");
CSHARP
seen=$(TZ=UTC node finding.mjs; dotnet run finding.cs)
expected=$(cat <<'SEEN'
node-ical: 28 Mar 02:30, 30 Mar 02:30, 31 Mar 02:30
rrule: 28 Mar 02:30, 29 Mar 01:30, 30 Mar 02:30
ical.js: 28 Mar 02:30, 29 Mar 01:30, 30 Mar 02:30
Ical.Net: 28 Mar 02:30, 29 Mar 03:30, 30 Mar 02:30
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
