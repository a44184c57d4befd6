#!/usr/bin/env bash
# slackify-html 1.0.1: two paragraphs, the items of a list and a heading with its text are one word, so floor 7 and 12 bar
# are "712 bar"; what is struck out reads as if it held, and text in <code> has lost its marks.
#
# Nothing stands between blocks, not even a blank, nor for <br>, nor between the cells of a table. The numbers of an
# ordered list are gone. So a ticket that was written as HTML gives a dispatcher other numbers.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund slackify-html@1.0.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import slackify from 'slackify-html';

for (const html of [
    '<p>Pump on floor 7</p><p>12 bar</p>',
    'Pump on floor 7<br>12 bar',
    '<ol><li>Call 112</li><li>1 valve to close</li></ol>',
    '<h1>Lift 3</h1>4 people inside',
    '<table><tr><td>Room</td><td>5</td></tr><tr><td>1 person</td></tr></table>',
    'Valve <s>open</s> <b>closed</b>, see <a href="https://example.com/">plan</a>',
    'Run <code>restart_pump_7</code>',
]) console.log(`${html}: ${JSON.stringify(slackify(html))}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
<p>Pump on floor 7</p><p>12 bar</p>: "Pump on floor 712 bar"
Pump on floor 7<br>12 bar: "Pump on floor 712 bar"
<ol><li>Call 112</li><li>1 valve to close</li></ol>: "Call 1121 valve to close"
<h1>Lift 3</h1>4 people inside: "Lift 34 people inside"
<table><tr><td>Room</td><td>5</td></tr><tr><td>1 person</td></tr></table>: "Room51 person"
Valve <s>open</s> <b>closed</b>, see <a href="https://example.com/">plan</a>: "Valve open *closed*, see <https://example.com/|plan>"
Run <code>restart_pump_7</code>: "Run restart_pump_7"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
