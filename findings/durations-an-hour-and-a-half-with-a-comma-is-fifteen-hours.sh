#!/usr/bin/env bash
# parse-duration 2.1.9, timestring 7.0.0, juration 0.1.1 and itty-time 2.0.2: "1,5h" is fifteen hours, or five; "1:30h" is
# thirty hours, or more than five days; "2 h" is two milliseconds.
#
# Everything that one of them does not know is passed over, and a number without a unit counts as milliseconds or seconds:
# of the range "8-10h" the 8 is added, "1h30" is 90 minutes, one hour and 30 seconds, or one hour, and "1 000ms" is one
# millisecond. To itty-time "h" and "Minuten" are no units, and the number alone counts. @lukeed/ms 2.0.2 gives nothing
# for a text that it does not know as a whole, so a mistake can be told to whoever typed it.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund parse-duration@2.1.9 timestring@7.0.0 juration@0.1.1 itty-time@2.0.2 @lukeed/ms@2.0.2 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { parse as lukeed } from '@lukeed/ms';
import { seconds as itty } from 'itty-time';
import juration from 'juration';
import parseDuration from 'parse-duration';
import timestring from 'timestring';

const parsers = {
    'parse-duration': text => parseDuration(text, 's'),
    timestring,
    juration: text => juration.parse(text),
    'itty-time': itty,
    '@lukeed/ms': text => lukeed(text) / 1000,
};
function seconds(parse, text) {
    try { return parse(text) || 'none'; } catch { return 'raises'; }
}
console.log(`In seconds, by ${Object.keys(parsers).join(', ')}:`);
for (const text of ['1.5h', '1,5h', '1:30h', '1h30', '2 h', '8-10h', '1 000ms', '10 Minuten', '45'])
    console.log(`"${text}": ${Object.values(parsers).map(parse => seconds(parse, text)).join(', ')}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
In seconds, by parse-duration, timestring, juration, itty-time, @lukeed/ms:
"1.5h": 5400, 5400, 5400, none, 5400
"1,5h": 54000, 54000, 18001, none, none
"1:30h": 108001, 468000, 108001, none, none
"1h30": 5400, 3600, 3630, none, none
"2 h": 7200, 7200, 7200, 0.002, 7200
"8-10h": 36008, 36000, 36008, none, none
"1 000ms": 1, 1, 1, 0.001, none
"10 Minuten": none, raises, raises, 0.01, none
"45": 45, 0.045, 45, 0.045, 0.045
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
