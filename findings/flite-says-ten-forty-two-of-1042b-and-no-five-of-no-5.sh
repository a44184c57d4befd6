#!/usr/bin/env bash
# flite 2.2 (Debian 12): the digits of a ticket are a quantity, a year or digits by what stands beside them; "No. 5" is a
# refusal and "10:00-14:00" is one number.
#
# "INC-1042" is "one thousand forty two", "1042B" "ten forty two b", "2042" a year and "01042" five digits. A hyphen is never
# said: "10:00-14:00" is "ten fourteen" and "2026-11-30" "two zero two six one one three zero". A telephone number without a
# plus is billions; with one, its country code is "thirty" and its digits follow one by one. Read in single characters, with
# blanks, all of them are right.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/debian.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'flite=2.2-5']);
for (const text of ['INC-1042', '1042B', '2042', '01042', '1 0 4 2', '2101234567', '+30 691 234 5678', 'No. 5', 'St. 5',
    'Pump #3', '10:00-14:00', '2026-11-30', '15:30', '112', 'ext. 12', '5 mm'])
    console.log(`${text}: ${run(['flite', '-t', text, '-o', 'none', '-pw']).trim()}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
INC-1042: inc one thousand forty two
1042B: ten forty two b
2042: twenty forty two
01042: zero one zero four two
1 0 4 2: one zero four two
2101234567: two billion one hundred one million two hundred thirty four thousand five hundred sixty seven
+30 691 234 5678: + thirty six nine one two three four five six seven eight
No. 5: no five
St. 5: saint five
Pump #3: pump # three
10:00-14:00: ten fourteen
2026-11-30: two zero two six one one three zero
15:30: fifteen thirty
112: one hundred twelve
ext. 12: ext twelve
5 mm: five m m
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
