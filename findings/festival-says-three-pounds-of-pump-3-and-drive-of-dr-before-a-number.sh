#!/usr/bin/env bash
# festival 2.5.0 with its voice kal (Debian 12): "Pump #3" is "pump three pounds", "Dr. 7" is "drive seven" and "Lift III" is
# "lift I I I".
#
# "INC-1042" is a quantity, "1042B" four digits and "2042" a year. "10:00-14:00" is "ten fourteen", and the hyphens of a date
# are silent. A telephone number without a plus is digits; with one, its country code is "thirty". Read in single
# characters, with blanks, a number is right.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/debian.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { writeFileSync } from 'node:fs';
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'festival=1:2.5.0-9', 'festvox-kallpc16k=2.4-1']);
const texts = ['Pump #3', 'Dr. 7', 'Dr. Dana', 'No. 5', 'St. 5', 'Lift III', 'INC-1042', '1042B', '2042', '01042', '1 0 4 2', '2101234567',
    '+30 691 234 5678', '10:00-14:00', '2026-11-30', '112', '5 mm', '3/4'];
writeFileSync('words.scm', texts.map(text =>
    `(print (mapcar (lambda (word) (item.name word)) (utt.relation.items (utt.synth (Utterance Text "${text}")) 'Word)))\n`).join(''));
const words = run(['festival', '-b', '/tmp/words.scm']).split('\n');
texts.forEach((text, index) => console.log(`${text}: ${words[index].replace(/[()"]/g, '')}`));
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
Pump #3: Pump three pounds
Dr. 7: drive seven
Dr. Dana: doctor Dana
No. 5: number five
St. 5: street five
Lift III: Lift I I I
INC-1042: INC one thousand and forty two
1042B: one zero four two B
2042: twenty forty two
01042: zero one zero four two
1 0 4 2: one zero four two
2101234567: two one zero one two three four five six seven
+30 691 234 5678: + thirty six nine one two three four five six seven eight
10:00-14:00: ten fourteen
2026-11-30: two zero two six one one three zero
112: one hundred twelve
5 mm: five m m
3/4: three quarter
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
