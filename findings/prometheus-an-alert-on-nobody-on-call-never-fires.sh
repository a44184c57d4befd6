#!/usr/bin/env bash
# prometheus 2.42.0 (Debian 12): "count(on_call == 1) == 0" never fires when nobody is on call, an alert whose label holds the
# value never fires while the value changes, and one whose pump is no longer measured goes on.
#
# To count nothing gives nothing, not 0, and nothing is not equal to 0; absent() or "sum(on_call) == 0" fires. A label with
# {{ $value }} makes each value another alert, whose "for" begins anew. One measurement that is missing does not start
# "for" anew, one that says 0 does. A pump that has gone keeps its alert for all of keep_firing_for. In texts,
# {{ $value }} of a counter of 1042567 is "1.042567e+06".
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/debian.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { writeFileSync } from 'node:fs';
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'prometheus=2.42.0+ds-5+deb12u1']);
// Feeds one value a minute and prints whether a rule fires. "_" is no measurement, "stale" the end of the series.
function show(series, values, minute, rule) {
    writeFileSync('rules.yml', JSON.stringify({ groups: [{ name: 'rules', rules: [{ alert: 'Alert', ...rule }] }] }));
    writeFileSync('test.yml', JSON.stringify({
        rule_files: ['rules.yml'], evaluation_interval: '1m',
        tests: [{
            interval: '1m', input_series: [{ series, values }],
            alert_rule_test: [{ eval_time: `${minute}m`, alertname: 'Alert', exp_alerts: [{ exp_labels: { not: 'this' } }] }],
        }],
    }));
    let said = '';
    try { run(['promtool', 'test', 'rules', '/tmp/test.yml']); } catch (error) { said = error.stdout + error.stderr; }
    const got = said.split('got:')[1];
    const text = got.match(/Annotations:\{text="(.*)"\}/)?.[1];
    const fires = got.startsWith('[]') ? 'nothing fires' : `fires${text ? `: ${text}` : ''}`;
    const { expr, ...rest } = rule;
    console.log(`${expr} ${JSON.stringify(rest)}, ${values}, minute ${minute}: ${fires}`);
}

const wait = { for: '5m' };
for (const expr of ['count(on_call == 1) == 0', 'absent(on_call == 1)', 'sum(on_call) == 0'])
    show('on_call{person="dana"}', '0x30', 20, { expr, ...wait });
const expr = 'level > 5';
show('level', '6+1x30', 20, { expr, ...wait });
show('level', '6+1x30', 20, { expr, ...wait, labels: { level: '{{ $value }}' } });
show('level', '6 6 6 6 _ 6x20', 7, { expr, ...wait });
show('level', '6 6 6 6 0 6x20', 7, { expr, ...wait });
show('level', '6 6 6 stale', 4, { expr });
show('level', '6 6 6 stale', 11, { expr, keep_firing_for: '10m' });
for (const value of [104256, 1042567]) show('level', `${value}x30`, 20, { expr, annotations: { text: '{{ $value }}' } });
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
count(on_call == 1) == 0 {"for":"5m"}, 0x30, minute 20: nothing fires
absent(on_call == 1) {"for":"5m"}, 0x30, minute 20: fires
sum(on_call) == 0 {"for":"5m"}, 0x30, minute 20: fires
level > 5 {"for":"5m"}, 6+1x30, minute 20: fires
level > 5 {"for":"5m","labels":{"level":"{{ $value }}"}}, 6+1x30, minute 20: nothing fires
level > 5 {"for":"5m"}, 6 6 6 6 _ 6x20, minute 7: fires
level > 5 {"for":"5m"}, 6 6 6 6 0 6x20, minute 7: nothing fires
level > 5 {}, 6 6 6 stale, minute 4: nothing fires
level > 5 {"keep_firing_for":"10m"}, 6 6 6 stale, minute 11: fires
level > 5 {"annotations":{"text":"{{ $value }}"}}, 104256x30, minute 20: fires: 104256
level > 5 {"annotations":{"text":"{{ $value }}"}}, 1042567x30, minute 20: fires: 1.042567e+06
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
