#!/usr/bin/env bash
# papaparse 5.7.1: a short list of two columns with semicolons is read with commas if it ends with a line break.
#
# The guess counts the empty line after the last row as a row of one column, and wants almost two columns on average. So
# name;phone, as a spreadsheet in most of Europe saves it, becomes one column named "name;phone" for up to eight people, and
# the same file without its last line break, with three columns, or with more people is read rightly. With skipEmptyLines
# it is right, too. An error says so (UndetectableDelimiter) and the rows are returned all the same.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund papaparse@5.7.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import Papa from 'papaparse';

const people = count => Array.from({ length: count }, (_, number) => `Person ${number};+3069123456${number}`).join('\n');
function show(name, text, options = {}) {
    const { errors, meta } = Papa.parse(text, { header: true, ...options });
    console.log(`${name}: separator ${JSON.stringify(meta.delimiter)}, columns ${JSON.stringify(meta.fields)} ${errors.map(error => error.code).slice(0, 1)}`);
}

show('5 people, a line break at the end', `name;phone\n${people(5)}\n`);
show('5 people, none', `name;phone\n${people(5)}`);
show('8 people, a line break at the end', `name;phone\n${people(8)}\n`);
show('9 people, a line break at the end', `name;phone\n${people(9)}\n`);
show('5 people, skipEmptyLines', `name;phone\n${people(5)}\n`, { skipEmptyLines: true });
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
5 people, a line break at the end: separator ",", columns ["name;phone"] UndetectableDelimiter
5 people, none: separator ";", columns ["name","phone"] 
8 people, a line break at the end: separator ",", columns ["name;phone"] UndetectableDelimiter
9 people, a line break at the end: separator ";", columns ["name","phone"] TooFewFields
5 people, skipEmptyLines: separator ";", columns ["name","phone"] 
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
