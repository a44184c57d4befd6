#!/usr/bin/env bash
# node-ical 0.27.2 and ical.js 2.2.1: of an event with added dates (RDATE) each lists other shifts, and neither lists all.
#
# node-ical's expansion leaves every added date out, with or without a rule. ical.js lists the added dates and leaves out
# the first shift, DTSTART, if there is no rule beside them; with a rule it is there. RFC 5545 counts DTSTART and every
# RDATE. A rota of single dates, as some exporters write it, is another rota in each.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund node-ical@0.27.2 ical.js@2.2.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const calendar = lines => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//rota//EN', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z',
    'DTSTART:20261019T090000Z', 'DURATION:PT8H', ...lines, 'SUMMARY:Dana', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const day = date => date.toISOString().slice(8, 10);

for (const lines of [['RDATE:20261021T090000Z,20261023T090000Z'], ['RRULE:FREQ=DAILY;COUNT=2', 'RDATE:20261023T090000Z']]) {
    const text = calendar(lines);
    console.log(`DTSTART on the 19th, ${lines.join(', ')}`);
    const event = Object.values(nodeIcal.sync.parseICS(text)).find(part => part.type === 'VEVENT');
    const days = nodeIcal.expandRecurringEvent(event, { from: new Date('2026-10-18'), to: new Date('2026-11-01') });
    console.log(`  node-ical: ${days.map(shift => day(shift.start)).join(' ')}`);
    const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator();
    const listed = [];
    for (let next = iterator.next(); next && listed.length < 9; next = iterator.next()) listed.push(day(next.toJSDate()));
    console.log(`  ical.js:   ${listed.join(' ')}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
DTSTART on the 19th, RDATE:20261021T090000Z,20261023T090000Z
  node-ical: 19
  ical.js:   21 23
DTSTART on the 19th, RRULE:FREQ=DAILY;COUNT=2, RDATE:20261023T090000Z
  node-ical: 19 20
  ical.js:   19 20 23
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
