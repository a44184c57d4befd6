#!/usr/bin/env bash
# cronstrue 3.39.0, which puts a rota into words, and cron-parser 5.10.5, which runs it: "every 45 minutes" is at :00 and :45,
# "every 5 hours" is at 20:00 and 00:00 too, and "between 10:00 PM and 06:00 AM" is refused.
#
# "On day 13 of the month, and on Friday" is every 13th and every Friday. "Friday through Monday" and 31 February are put into
# words as any others and refused. So an administrator who reads the words before saving agrees to another rota.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund cronstrue@3.39.0 cron-parser@5.10.5 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { CronExpressionParser } from 'cron-parser';
import cronstrue from 'cronstrue';

const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
function runs(rota) {
    try {
        const times = CronExpressionParser.parse(rota, { tz: 'UTC', currentDate: '2026-12-01T12:50:00Z' });
        return Array.from({ length: 4 }, () => format.format(times.next().toDate()).replace(',', '')).join(' | ');
    } catch (error) {
        return `raises "${error.message}"`;
    }
}
for (const rota of ['*/45 * * * *', '0 */5 * * *', '0 22-6 * * *', '0 9 * * 5-1', '0 9 13 * 5', '0 9 31 2 *'])
    console.log(`${rota}: ${cronstrue.toString(rota)}: ${runs(rota)}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
*/45 * * * *: Every 45 minutes: Tue 1 13:00 | Tue 1 13:45 | Tue 1 14:00 | Tue 1 14:45
0 */5 * * *: On the hour, every 5 hours: Tue 1 15:00 | Tue 1 20:00 | Wed 2 00:00 | Wed 2 05:00
0 22-6 * * *: Every hour, between 10:00 PM and 06:00 AM: raises "Invalid range: 22-6, min(22) > max(6)"
0 9 * * 5-1: At 09:00 AM, Friday through Monday: raises "Invalid range: 5-1, min(5) > max(1)"
0 9 13 * 5: At 09:00 AM, on day 13 of the month, and on Friday: Fri 4 09:00 | Fri 11 09:00 | Sun 13 09:00 | Fri 18 09:00
0 9 31 2 *: At 09:00 AM, on day 31 of the month, only in February: raises "Invalid explicit day of month definition"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
