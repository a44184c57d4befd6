#!/usr/bin/env bash
# ics 3.12.0 writing a calendar: a rota of Fridays at 01:00 in Athens is one of Saturdays, an hour earlier after the clocks change,
# and a start given as text or a duration of 1.5 hours becomes a line that iCalendar does not have. error is null each time.
#
# Times are turned into UTC by default, and the rule beside them is not: FREQ=WEEKLY;BYDAY=FR stands beside a start on
# Thursday in UTC, and keeps its hour in UTC. A text is written as it is, and ical.js 2.2.1 refuses the whole calendar for it,
# while node-ical 0.27.2 leaves a text where others have a date. A shift from 03:30 to 04:30 in the night of the change begins
# and ends at once.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund ics@3.12.0 ical.js@2.2.1 node-ical@0.27.2 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import ICAL from 'ical.js';
import { createEvent } from 'ics';
import ical from 'node-ical';

const written = event => createEvent({ title: 'On call', ...event });
const lines = event => `${written(event).value.match(/^(DTSTART|DTEND|DURATION|RRULE).*$/gm).join(' ')}, error ${written(event).error}`;
const read = text => new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));

const fridays = { start: [2026, 10, 23, 1, 0], end: [2026, 10, 23, 7, 0], recurrenceRule: 'FREQ=WEEKLY;BYDAY=FR;COUNT=3' };
console.log(`Fridays: ${lines(fridays)}`);
const nights = read(written(fridays).value).iterator();
for (let night; (night = nights.next());)
    console.log(`  in Athens: ${new Intl.DateTimeFormat('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Athens' })
        .format(night.toJSDate())}`);
console.log(`An hour and a half: ${lines({ start: [2026, 12, 24, 9, 0], duration: { hours: 1.5 } })}`);
console.log(`A week and a day: ${lines({ start: [2026, 12, 24, 9, 0], duration: { weeks: 1, hours: 24 } })}`);
console.log(`The night of the change: ${lines({ start: [2026, 3, 29, 3, 30], end: [2026, 3, 29, 4, 30] })}`);

const text = { start: '2026-11-30T22:00:00+02:00', duration: { hours: 8 } };
console.log(`A text: ${lines(text)}`);
try {
    console.log(`  ical.js: ${read(written(text).value).startDate}`);
} catch (error) {
    console.log(`  ical.js: ${error.message}`);
}
const shift = Object.values(ical.sync.parseICS(written(text).value)).find(each => each.type === 'VEVENT');
console.log(`  node-ical: a ${typeof shift.start}, ${shift.start instanceof Date ? 'a Date' : 'no Date'}`);
JAVASCRIPT
seen=$(TZ=Europe/Athens node finding.mjs)
expected=$(cat <<'SEEN'
Fridays: DTSTART:20261022T220000Z DTEND:20261023T040000Z RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=3, error null
  in Athens: Saturday 01:00
  in Athens: Saturday 00:00
  in Athens: Saturday 00:00
An hour and a half: DTSTART:20261224T070000Z DURATION:PT1.5H, error null
A week and a day: DTSTART:20261224T070000Z DURATION:P1WT24H, error null
The night of the change: DTSTART:20260329T013000Z DTEND:20260329T013000Z, error null
A text: DTSTART:2026-11-30T22:00:00+02:00 DURATION:PT8H, error null
  ical.js: Could not extract integer from ":0"
  node-ical: a string, no Date
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
