#!/usr/bin/env bash
# adaptivecards-templating 2.3.1 with adaptive-expressions 4.23.3: a field that is null raises inside a sentence, is null
# alone, and a field that is missing stays on the card as written.
#
# "Place: ${place}" with a place of null ends the expansion of the whole card; "${place}" gives null, which a text block does
# not accept. Without the field the reader sees "${place}". A list that is missing leaves one row with the names of its fields;
# an empty list leaves none. JSON from ticket systems has null and missing fields in the same answer.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adaptivecards-templating@2.3.1 adaptive-expressions@4.23.3 adaptivecards@3.0.6 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Template } from 'adaptivecards-templating';

function expand(card, $root) {
    try { return JSON.stringify(new Template(card).expand({ $root })); }
    catch (error) { return `raises ${error.constructor.name}`; }
}

console.log(`in a sentence, null: ${expand({ text: 'Place: ${place}' }, { place: null })}`);
console.log(`in a sentence, missing: ${expand({ text: 'Place: ${place}' }, {})}`);
console.log(`alone, null: ${expand({ text: '${place}' }, { place: null })}`);
console.log(`alone, missing: ${expand({ text: '${place}' }, {})}`);
const rows = { items: [{ $data: '${people}', text: '${name}' }] };
console.log(`rows of an empty list: ${expand(rows, { people: [] })}`);
console.log(`rows of a missing list: ${expand(rows, {})}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
in a sentence, null: raises TypeError
in a sentence, missing: {"text":"Place: ${place}"}
alone, null: {"text":null}
alone, missing: {"text":"${place}"}
rows of an empty list: {"items":[]}
rows of a missing list: {"items":[{"text":"${name}"}]}
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
