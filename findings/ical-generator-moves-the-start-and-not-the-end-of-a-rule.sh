#!/usr/bin/env bash
# ical-generator 11.1.2: with a time zone, the moment of a Date moves by the zone of the machine, but the rule's "until" does
# not, so that a rota written on another machine loses its last shift.
#
# start: new Date('2026-10-19T09:00:00Z') with timezone: 'Europe/Berlin' is written as 09:00 in Berlin on a machine in UTC,
# and as 18:00 in Berlin on one in Tokyo; "until" is written as the instant it is. The shift of the last day is inside in the
# first file and outside in the second. With Luxon's DateTime the start is right everywhere.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund ical-generator@11.1.2 luxon@3.7.2 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { DateTime } from 'luxon';
import ical from 'ical-generator';

function write(name, start) {
    const calendar = ical();
    calendar.createEvent({
        id: '1', summary: 'Dana', timezone: 'Europe/Berlin', start,
        repeating: { freq: 'DAILY', until: new Date('2026-10-21T09:00:00Z') },
    });
    const lines = calendar.toString().split('\r\n').filter(line => /^(DTSTART|RRULE)/.test(line));
    console.log(`${process.env.TZ}, ${name}: ${lines.join(' ')}`);
}

write('Date', new Date('2026-10-19T09:00:00Z'));
write('Luxon', DateTime.fromISO('2026-10-19T09:00:00Z'));
JAVASCRIPT
seen=$(TZ=UTC node finding.mjs; TZ=Asia/Tokyo node finding.mjs)
expected=$(cat <<'SEEN'
UTC, Date: DTSTART;TZID=Europe/Berlin:20261019T090000 RRULE:FREQ=DAILY;UNTIL=20261021T090000Z
UTC, Luxon: DTSTART;TZID=Europe/Berlin:20261019T110000 RRULE:FREQ=DAILY;UNTIL=20261021T090000Z
Asia/Tokyo, Date: DTSTART;TZID=Europe/Berlin:20261019T180000 RRULE:FREQ=DAILY;UNTIL=20261021T090000Z
Asia/Tokyo, Luxon: DTSTART;TZID=Europe/Berlin:20261019T110000 RRULE:FREQ=DAILY;UNTIL=20261021T090000Z
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
