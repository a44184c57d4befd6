#!/usr/bin/env bash
# adaptive-expressions 4.23.3: string(1042) is "1,042", an empty text, 0 and an empty list are true, and 7/2 is 3.
#
# string() writes a number as people of the locale do, so a ticket's number in a link or a message is another text; concat()
# and a sentence ("#${id}") write 1042. if(description, ...) takes the branch for "there is one" for an empty description:
# only null, false and what is missing are not true. Two whole numbers are divided without a rest, though in JSON from
# JavaScript there is one kind of number.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adaptive-expressions@4.23.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Expression } from 'adaptive-expressions';

const data = { id: 1042, minutes: 7, half: 7.5, text: '', none: 0, list: [], empty: null };
for (const text of ['string(id)', "concat(id, '')", 'string(half)', "if(text, 'yes', 'no')", "if(none, 'yes', 'no')", "if(list, 'yes', 'no')", "if(empty, 'yes', 'no')",
    "if(absent, 'yes', 'no')", 'minutes / 2', 'half / 2'])
    console.log(`${text} = ${JSON.stringify(Expression.parse(text).tryEvaluate(data).value)}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
string(id) = "1,042"
concat(id, '') = "1042"
string(half) = "7.5"
if(text, 'yes', 'no') = "yes"
if(none, 'yes', 'no') = "yes"
if(list, 'yes', 'no') = "yes"
if(empty, 'yes', 'no') = "no"
if(absent, 'yes', 'no') = "no"
minutes / 2 = 3
half / 2 = 3.75
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
