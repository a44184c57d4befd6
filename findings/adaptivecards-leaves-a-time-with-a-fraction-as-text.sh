#!/usr/bin/env bash
# adaptivecards 3.0.6: {{TIME(...)}} with fractions of a second, or {{DATE(...)}} without a time, stays as text.
#
# Both are valid ISO 8601 and what JSON serializers write by default (.NET's "2026-10-25T08:30:00.1234567Z" among them).
# The reader of the card sees the braces. Whole seconds with Z are replaced.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adaptivecards@3.0.6 jsdom@24.1.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html>', { runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/adaptivecards/dist/adaptivecards.js', 'utf8'));
const { AdaptiveCard } = window.AdaptiveCards;
// Markdown is where a host gets the text to draw, after the card has put in dates and times.
let drawn;
AdaptiveCard.onProcessMarkdown = (text, result) => { drawn = text; result.outputHtml = ''; result.didProcess = true; };
for (const text of ['{{TIME(2026-10-25T08:30:00Z)}}', '{{TIME(2026-10-25T08:30:00.123Z)}}', '{{DATE(2026-10-25T08:30:00Z, SHORT)}}', '{{DATE(2026-10-25, SHORT)}}']) {
    const card = new AdaptiveCard();
    card.parse({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] });
    card.render();
    console.log(`${text} is ${drawn === text ? 'left as text' : 'replaced'}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
{{TIME(2026-10-25T08:30:00Z)}} is replaced
{{TIME(2026-10-25T08:30:00.123Z)}} is left as text
{{DATE(2026-10-25T08:30:00Z, SHORT)}} is replaced
{{DATE(2026-10-25, SHORT)}} is left as text
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
