#!/usr/bin/env bash
# date-holidays 3.37.0: a feast of several days is one entry with the date of the first, written with a sign that is no time
# zone, and isHoliday answers for days on which people work.
#
# "2026-05-27 00:00:00 -0600" in Turkey means: from 18:00 of the day before; the end is elsewhere, 114 hours later. A table
# of days made from date lacks three holidays and a half, and as a time with an offset it is another one. isHoliday is an
# array, so true, for Christmas Eve and the day after Thanksgiving, whose type is optional or observance. Only start, end
# and type tell.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund date-holidays@3.37.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import Holidays from 'date-holidays';

const feast = new Holidays('TR').getHolidays(2026).find(holiday => holiday.date.startsWith('2026-05-27'));
console.log(`${feast.date}: starts ${feast.start.toISOString()}, ends ${feast.end.toISOString()}; read as a time ${new Date(feast.date).toISOString()}`);
for (const day of ['2026-05-26', '2026-05-27', '2026-05-28', '2026-05-30', '2026-05-31']) {
    const entries = new Holidays('TR').getHolidays(2026).filter(holiday => holiday.date.startsWith(day) && holiday.type === 'public');
    const noon = new Holidays('TR').isHoliday(new Date(`${day}T12:00:00+03:00`));
    console.log(`${day}: ${entries.length} in the list, at noon ${noon ? noon.map(holiday => holiday.type) : 'no holiday'}`);
}
for (const day of ['2026-11-27', '2026-12-24'])
    console.log(`United States, ${day}: ${new Holidays('US').isHoliday(new Date(`${day}T17:00:00Z`)).map(({ name, type }) => `${name}, ${type}`)}`);
JAVASCRIPT
seen=$(TZ=UTC node finding.mjs)
expected=$(cat <<'SEEN'
2026-05-27 00:00:00 -0600: starts 2026-05-26T15:00:00.000Z, ends 2026-05-31T09:00:00.000Z; read as a time 2026-05-27T06:00:00.000Z
2026-05-26: 0 in the list, at noon no holiday
2026-05-27: 1 in the list, at noon public
2026-05-28: 0 in the list, at noon public
2026-05-30: 0 in the list, at noon public
2026-05-31: 0 in the list, at noon no holiday
United States, 2026-11-27: Day after Thanksgiving Day, observance
United States, 2026-12-24: Christmas Eve, optional
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
