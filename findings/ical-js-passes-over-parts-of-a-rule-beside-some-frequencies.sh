#!/usr/bin/env bash
# ical.js 2.2.1: parts of a rule that stand beside a frequency it does not expect are passed over, and the rota has other
# days.
#
# "The last of Monday, Wednesday and Friday, each week" (BYSETPOS) is all three. "The Mondays of weeks 2 and 53" are all
# Mondays of January. "The first and the last day of the month", asked for as daily, are the first days only, and the 20th
# Monday of the year is the first. "Yearly from 29 February" is 1 March in other years, which RFC 5545 leaves out. All are
# examples of that RFC or one number away from them; nothing warns. rrule 2.8.1 has the right days.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import ICAL from 'ical.js';
import rrule from 'rrule';

const calendar = lines => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//rota//EN', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z',
    ...lines, 'DURATION:PT8H', 'SUMMARY:Dana', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const day = date => date.toISOString().slice(0, 10);

for (const [start, rule] of [['20260105', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1'], ['20260105', 'FREQ=YEARLY;BYWEEKNO=2,53;BYDAY=MO'],
    ['20260101', 'FREQ=DAILY;BYMONTHDAY=1,-1'], ['20260105', 'FREQ=YEARLY;BYDAY=20MO'], ['20240229', 'FREQ=YEARLY']]) {
    const lines = [`DTSTART:${start}T090000Z`, `RRULE:${rule};COUNT=4`];
    const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(calendar(lines))).getFirstSubcomponent('vevent')).iterator();
    const listed = Array.from({ length: 4 }, () => iterator.next()).filter(Boolean).map(time => day(time.toJSDate()));
    console.log(`${rule} from ${start}\n  ical.js: ${listed.join(' ')}\n  rrule:   ${rrule.rrulestr(lines.join('\n')).all().map(day).join(' ')}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1 from 20260105
  ical.js: 2026-01-05 2026-01-07 2026-01-09 2026-01-12
  rrule:   2026-01-09 2026-01-16 2026-01-23 2026-01-30
FREQ=YEARLY;BYWEEKNO=2,53;BYDAY=MO from 20260105
  ical.js: 2026-01-12 2026-01-19 2026-01-26 2026-02-02
  rrule:   2026-01-05 2026-12-28 2027-01-11 2028-01-10
FREQ=DAILY;BYMONTHDAY=1,-1 from 20260101
  ical.js: 2026-01-01 2026-02-01 2026-03-01 2026-04-01
  rrule:   2026-01-01 2026-01-31 2026-02-01 2026-02-28
FREQ=YEARLY;BYDAY=20MO from 20260105
  ical.js: 2026-01-05 2026-01-12 2026-01-19 2026-01-26
  rrule:   2026-05-18 2027-05-17 2028-05-15 2029-05-14
FREQ=YEARLY from 20240229
  ical.js: 2024-02-29 2025-03-01 2026-03-01 2027-03-01
  rrule:   2024-02-29 2028-02-29 2032-02-29 2036-02-29
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
