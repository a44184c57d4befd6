#!/usr/bin/env bash
# adaptivecards 3.0.6 with adaptivecards-templating 2.3.1: "${id}" alone is a number after templating, and a number is shown
# as nothing.
#
# "#${id}" is text, because a sentence is. Alone, the value keeps its type, and the renderer shows an empty text block and
# an empty fact for a number, true or a list, with no event among its warnings. So a card whose ticket number or floor
# stands in a field of its own is empty for numbers and right for texts. concat() of the one value is text.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adaptivecards@3.0.6 adaptivecards-templating@2.3.1 adaptive-expressions@4.23.3 jsdom@24.1.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { Template } from 'adaptivecards-templating';

const { window } = new JSDOM('<!doctype html><body>', { runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/adaptivecards/dist/adaptivecards.js', 'utf8'));
window.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => Object.assign(result, { outputHtml: text, didProcess: true });
const show = (body, data) => {
    const expanded = new Template({ type: 'AdaptiveCard', version: '1.5', body: [body] }).expand({ $root: data });
    const card = new window.AdaptiveCards.AdaptiveCard();
    const context = new window.AdaptiveCards.SerializationContext();
    card.parse(expanded, context);
    console.log(`${JSON.stringify(body.text ?? body.facts)} with ${JSON.stringify(data)}: shows "${card.render().textContent}", ${context.eventCount} warnings`);
};
for (const text of ['${id}', '#${id}', '${concat(id)}'])
    show({ type: 'TextBlock', text }, { id: 1042 });
show({ type: 'TextBlock', text: '${id}' }, { id: 'INC-1042' });
show({ type: 'TextBlock', text: '${urgent}' }, { urgent: true });
show({ type: 'FactSet', facts: [{ title: 'Floor', value: '${floor}' }] }, { floor: 3 });
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
"${id}" with {"id":1042}: shows "", 0 warnings
"#${id}" with {"id":1042}: shows "#1042", 0 warnings
"${concat(id)}" with {"id":1042}: shows "1042", 0 warnings
"${id}" with {"id":"INC-1042"}: shows "INC-1042", 0 warnings
"${urgent}" with {"urgent":true}: shows "", 0 warnings
[{"title":"Floor","value":"${floor}"}] with {"floor":3}: shows "Floor", 0 warnings
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
