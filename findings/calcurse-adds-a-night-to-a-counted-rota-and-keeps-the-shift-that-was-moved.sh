#!/usr/bin/env bash
# calcurse 4.7.1 (Debian 12) importing a rota: five nights without the third are five nights, a shift that was moved to Bob stays
# Ann's too, an added shift is missing, and one in New York keeps its Athens hour when the clocks change. "0 skipped".
#
# COUNT=5 counts the night that EXDATE leaves out, so the rota ends on the 26th, and calcurse goes on to the 27th. The event with
# RECURRENCE-ID is added, and what it replaces stays. RDATE beside a rule is passed over. 08:00 in New York is 14:00 in Athens
# in one week of October and 15:00 after it; calcurse repeats 14:00. khal 0.10.5 lists all of them right.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/debian.mjs" "$scratch"
cd "$scratch"
cat >rota.ics <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//rota//EN
BEGIN:VTIMEZONE
TZID:Europe/Athens
BEGIN:DAYLIGHT
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
SUMMARY:Ann
DTSTART;TZID=Europe/Athens:20261022T220000
DTEND;TZID=Europe/Athens:20261022T230000
RRULE:FREQ=DAILY;COUNT=5
EXDATE;TZID=Europe/Athens:20261024T220000
END:VEVENT
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
SUMMARY:Bob
RECURRENCE-ID;TZID=Europe/Athens:20261025T220000
DTSTART;TZID=Europe/Athens:20261025T200000
DTEND;TZID=Europe/Athens:20261025T210000
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20260101T000000Z
SUMMARY:Cyd
DTSTART;TZID=America/New_York:20261028T080000
DTEND;TZID=America/New_York:20261028T090000
RRULE:FREQ=WEEKLY;COUNT=2
RDATE;TZID=America/New_York:20261030T080000
END:VEVENT
END:VCALENDAR
ICS
cat >finding.mjs <<'JAVASCRIPT'
import { run, unpack } from './debian.mjs';

unpack(['calcurse=4.7.1-1', 'khal=1:0.10.5-1.1', 'dash', 'coreutils']);
const env = { TZ: 'Europe/Athens' };
const calcurse = (...words) => run(['calcurse', '-D', '/tmp/data', '-C', '/tmp/data', ...words], { env });
run(['mkdir', '-p', '/tmp/data', '/tmp/khal']);
console.log(calcurse('-i', '/tmp/rota.ics').trim().split('\n').at(-1));
const listed = calcurse('-Q', '--from', '10/22/2026', '--to', '11/04/2026', '--output-datefmt', '%m/%d', '--format-apt', '%S %m\n', '--format-recur-apt', '%S %m\n');
console.log(`calcurse: ${listed.trim().split(/\n\n/).map(day => day.replace(/:?\n/g, ' ').trim()).join('; ')}`);

run(['sh', '-c', `printf '%s\\n' '[calendars]' '[[rota]]' 'path = /tmp/khal' '[sqlite]' 'path = /tmp/khal.db' '[locale]' \
    'local_timezone = Europe/Athens' 'default_timezone = Europe/Athens' 'timeformat = %H:%M' 'dateformat = %m/%d' 'longdateformat = %m/%d/%Y' \
    'datetimeformat = %m/%d %H:%M' 'longdatetimeformat = %m/%d/%Y %H:%M' >/tmp/khal.conf`]);
const khal = (...words) => run(['env', 'LC_ALL=C', 'khal', '-c', '/tmp/khal.conf', ...words], { env });
khal('import', '--batch', '-a', 'rota', '/tmp/rota.ics');
const right = khal('list', '--day-format', '', '--format', '{start-date} {start-time} {title}', '10/22/2026', '11/05/2026');
console.log(`khal: ${right.trim().split('\n').filter(line => line.trim()).join('; ')}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
3 apps / 0 events / 0 todos / 0 skipped
calcurse: 10/22 22:00 Ann; 10/23 22:00 Ann; 10/25 20:00 Bob 22:00 Ann; 10/26 22:00 Ann; 10/27 22:00 Ann; 10/28 14:00 Cyd; 11/04 14:00 Cyd
khal: 10/22 22:00 Ann; 10/23 22:00 Ann; 10/25 20:00 Bob; 10/26 22:00 Ann; 10/28 14:00 Cyd; 10/30 14:00 Cyd; 11/04 15:00 Cyd
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
