#!/usr/bin/env bash
# cron 4.4.0, croner 11.0.0, node-schedule 2.1.1 and node-cron 4.6.0 on the days on which the clocks change: a hand-over at
# 02:30 is at 03:00, at 03:30 or not at all in spring, and an hourly check leaves an hour out in autumn in one of them.
#
# In the night without an hour, cron and croner run a job of 02:30 at 03:00, node-schedule at 03:30, and node-cron on the
# next day. "Every quarter of an hour from 02:00" runs once in cron, four times in node-schedule, and never in the others. In
# the night with an hour twice, node-cron knows the second one only, for an hourly job too: two hours pass between two
# runs. croner runs a job of "0 */2" at both 02:00 and one of "30 2" at the first 02:30 only. Each ran under a simulated clock.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund cron@4.4.0 croner@11.0.0 node-schedule@2.1.1 node-cron@4.6.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { mock } from 'node:test';

const [expression, start, hours] = process.argv.slice(2);
const turn = setImmediate;
mock.timers.enable({ apis: ['Date', 'setTimeout', 'setInterval'], now: new Date(start) });
const { CronJob } = await import('cron');
const { Cron } = await import('croner');
const { default: nodeSchedule } = await import('node-schedule');
const { default: nodeCron } = await import('node-cron');
const timeZone = 'Europe/Berlin';
const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
const runs = { cron: [], croner: [], 'node-schedule': [], 'node-cron': [] };
const note = name => () => runs[name].push(clock.format(new Date()).replace('GMT', ''));
CronJob.from({ cronTime: expression, onTick: note('cron'), start: true, timeZone });
new Cron(expression, { timezone: timeZone }, note('croner'));
nodeSchedule.scheduleJob({ rule: expression, tz: timeZone }, note('node-schedule'));
nodeCron.schedule(expression, note('node-cron'), { timezone: timeZone });
for (let minute = 0; minute < hours * 60; minute++) {
    mock.timers.tick(60_000);
    for (let turns = 0; turns < 2; turns++) await new Promise(turn);
}
console.log(`${expression} from ${start}:`);
for (const [name, times] of Object.entries(runs)) console.log(`  ${name}: ${times.join(', ') || 'none'}`);
process.exit();
JAVASCRIPT
run() { node --no-warnings finding.mjs "$@"; }
seen=$(
    run '30 2 * * *' 2026-03-29T00:15Z 3
    run '*/15 2 * * *' 2026-03-29T00:15Z 3
    run '0 * * * *' 2026-10-24T23:30Z 3
    run '30 2 * * *' 2026-10-24T23:30Z 3
    run '0 */2 * * *' 2026-10-24T23:30Z 4
)
expected=$(cat <<'SEEN'
30 2 * * * from 2026-03-29T00:15Z:
  cron: 03:00 CEST
  croner: 03:00 CEST
  node-schedule: 03:30 CEST
  node-cron: none
*/15 2 * * * from 2026-03-29T00:15Z:
  cron: 03:00 CEST
  croner: none
  node-schedule: 03:00 CEST, 03:15 CEST, 03:30 CEST, 03:45 CEST
  node-cron: none
0 * * * * from 2026-10-24T23:30Z:
  cron: 02:00 CEST, 02:00 CET, 03:00 CET
  croner: 02:00 CEST, 02:00 CET, 03:00 CET
  node-schedule: 02:00 CEST, 02:00 CET, 03:00 CET
  node-cron: 02:00 CET, 03:00 CET
30 2 * * * from 2026-10-24T23:30Z:
  cron: 02:30 CEST
  croner: 02:30 CEST
  node-schedule: 02:30 CEST
  node-cron: 02:30 CET
0 */2 * * * from 2026-10-24T23:30Z:
  cron: 02:00 CEST, 04:00 CET
  croner: 02:00 CEST, 02:00 CET, 04:00 CET
  node-schedule: 02:00 CEST, 04:00 CET
  node-cron: 02:00 CET, 04:00 CET
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
