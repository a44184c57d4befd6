#!/usr/bin/env bash
# luxon 3.7.2: a shift that begins at 02:30 in the night with that hour twice begins an hour later when it is read in winter
# than when it is read in summer.
#
# Of the two 02:30, luxon takes the one with the offset that the zone has today. So the same list, read anew after the
# change, moves the shift. @js-joda/core 6.3.2 takes the first always; date-fns-tz 3.2.0 takes the second on a server in
# UTC and the first on one in New York. In the spring night without 02:30, luxon and js-joda say 03:30, and date-fns-tz says
# 01:30, an hour before the time written.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund luxon@3.7.2 @js-joda/core@6.3.2 @js-joda/timezone@2.25.2 date-fns@4.4.0 \
    date-fns-tz@3.2.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { LocalDateTime, ZoneId } from '@js-joda/core';
import '@js-joda/timezone';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import { DateTime, Settings } from 'luxon';

const zone = 'Europe/Berlin';
for (const text of ['2026-10-25T02:30', '2026-03-29T02:30']) {
    console.log(`${text}:`);
    for (const today of ['2026-02-01', '2026-07-01', '2026-12-01']) {
        Settings.now = () => Date.parse(today);
        console.log(`  luxon, read on ${today}: ${DateTime.fromISO(text, { zone }).toFormat('HH:mm ZZ')}`);
    }
    console.log(`  js-joda: ${LocalDateTime.parse(text).atZone(ZoneId.of(zone)).toString().slice(11, 22)}`);
    for (const server of ['UTC', 'America/New_York']) {
        process.env.TZ = server;
        console.log(`  date-fns-tz, server in ${server}: ${formatInTimeZone(fromZonedTime(text, zone), zone, 'HH:mm xxx')}`);
    }
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
2026-10-25T02:30:
  luxon, read on 2026-02-01: 02:30 +01:00
  luxon, read on 2026-07-01: 02:30 +02:00
  luxon, read on 2026-12-01: 02:30 +01:00
  js-joda: 02:30+02:00
  date-fns-tz, server in UTC: 02:30 +01:00
  date-fns-tz, server in America/New_York: 02:30 +02:00
2026-03-29T02:30:
  luxon, read on 2026-02-01: 03:30 +02:00
  luxon, read on 2026-07-01: 03:30 +02:00
  luxon, read on 2026-12-01: 03:30 +02:00
  js-joda: 03:30+02:00
  date-fns-tz, server in UTC: 01:30 +01:00
  date-fns-tz, server in America/New_York: 01:30 +01:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
