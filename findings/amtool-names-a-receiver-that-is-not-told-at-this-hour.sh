#!/usr/bin/env bash
# amtool 0.25.0 (Debian 12): "config routes test" names the receiver of a route that is active in the year 2001 only.
#
# The time intervals of a route are not looked at, and no option sets a time: what it prints is who would be told at some
# time. Alertmanager takes such a route and tells nobody outside its hours, since the routes behind it are not tried
# (no "continue"). A pattern must fit the whole value: "ops" does not fit ops-night. Alerts without the label fit
# team!="lifts" and floor=~".*", so a route for "all other teams" gets what has no team.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/debian.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { writeFileSync } from 'node:fs';
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'prometheus-alertmanager=0.25.0-1+b4']);
const receivers = ['office', 'night-shift', 'other-teams', 'floors'];
writeFileSync('alertmanager.yml', JSON.stringify({
    route: {
        receiver: 'office',
        routes: [
            { receiver: 'night-shift', matchers: ['team=~"ops"'], active_time_intervals: ['year-2001'] },
            { receiver: 'other-teams', matchers: ['team!="lifts"'], continue: true },
            { receiver: 'floors', matchers: ['floor=~".*"'] },
        ],
    },
    receivers: receivers.map(name => ({ name })),
    time_intervals: [{ name: 'year-2001', time_intervals: [{ years: ['2001'] }] }],
}));
for (const labels of [['team=ops'], ['team=ops-night'], ['team=lifts'], ['severity=critical']])
    console.log(`${labels}: ${run(['amtool', 'config', 'routes', 'test', '--config.file=/tmp/alertmanager.yml', ...labels]).trim()}`);
console.log(run(['amtool', 'check-config', '/tmp/alertmanager.yml']).split('\n')[0]);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
team=ops: night-shift
team=ops-night: other-teams,floors
team=lifts: floors
severity=critical: other-teams,floors
Checking '/tmp/alertmanager.yml'  SUCCESS
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
