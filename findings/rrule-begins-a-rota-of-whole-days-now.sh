#!/usr/bin/env bash
# rrule 2.8.1: a rota of whole days (DTSTART;VALUE=DATE) begins now instead of on its day, and a day left out in UTC is not
# left out.
#
# The start is passed over without a word, so each reading of the same text is another rota: it moves along with the clock.
# Whole days are what calendars write for a week on call. In a rota with a time zone, EXDATE names the same instant in UTC
# or in another zone, and the shift stays; named in the rota's own zone it goes.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund rrule@2.8.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import rrule from 'rrule';

const written = text => rrule.rrulestr(text).all();
const nextWeek = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
const weeks = written('DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=3');
console.log(`whole days from 5 January 2026: begins ${weeks[0] < new Date('2026-01-06') ? 'on that day' : weeks[0].toISOString().slice(0, 10) < nextWeek ? 'now' : 'later'}`);
const rota = 'DTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;COUNT=3';
for (const left of ['EXDATE;TZID=Europe/Berlin:20260106T090000', 'EXDATE:20260106T080000Z', 'EXDATE;TZID=America/New_York:20260106T030000'])
    console.log(`daily from 5 January, ${left}: ${written(`${rota}\n${left}`).map(date => date.toISOString().slice(8, 10)).join(' ')}`);
JAVASCRIPT
seen=$(TZ=UTC node finding.mjs)
expected=$(cat <<'SEEN'
X
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
