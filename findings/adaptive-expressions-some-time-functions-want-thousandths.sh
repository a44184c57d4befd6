#!/usr/bin/env bash
# adaptive-expressions 4.23.3: half of the time functions refuse an ISO 8601 time that has no thousandths of a second.
#
# formatDateTime reads "2026-11-30T09:00:00Z"; dayOfWeek, addHours and convertFromUTC call it no ISO format. With ".000" all
# read it. What most servers write, and what the standard gives as its example, has none. Templates of Adaptive Cards and bots
# are written against data with ".000Z" from JavaScript, and fail with other data.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adaptive-expressions@4.23.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Expression } from 'adaptive-expressions';

for (const at of ['2026-11-30T09:00:00Z', '2026-11-30T09:00:00.000Z'])
    for (const text of [`formatDateTime(at, 'HH:mm')`, 'dayOfWeek(at)', 'addHours(at, 1)', `convertFromUTC(at, 'W. Europe Standard Time', 'HH:mm')`]) {
        const { value, error } = Expression.parse(text).tryEvaluate({ at });
        console.log(`${at} ${text}: ${error ? 'refused' : value}`);
    }
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
2026-11-30T09:00:00Z formatDateTime(at, 'HH:mm'): 09:00
2026-11-30T09:00:00Z dayOfWeek(at): refused
2026-11-30T09:00:00Z addHours(at, 1): refused
2026-11-30T09:00:00Z convertFromUTC(at, 'W. Europe Standard Time', 'HH:mm'): refused
2026-11-30T09:00:00.000Z formatDateTime(at, 'HH:mm'): 09:00
2026-11-30T09:00:00.000Z dayOfWeek(at): 1
2026-11-30T09:00:00.000Z addHours(at, 1): 2026-11-30T10:00:00.000Z
2026-11-30T09:00:00.000Z convertFromUTC(at, 'W. Europe Standard Time', 'HH:mm'): 10:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
