#!/usr/bin/env bash
# adaptivecards 3.0.6: a field that was emptied sends the value of the same name in the button's data, a pattern may match a
# part of a text, blanks answer a required question, and a night has no time.
#
# An Input.Number emptied by hand is left out, so that "attempts": 3 in data, meant as a default, is sent as if typed. The
# regex "[0-9]{4}" accepts "abc12345": it is not anchored, as pattern in HTML is. isRequired is content with three blanks.
# Between min 22:00 and max 06:00 no time is valid. "Lee, Dana" chosen beforehand among several ticks "Lee", because values
# are separated by commas.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund adaptivecards@3.0.6 jsdom@24.1.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><body>', { runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/adaptivecards/dist/adaptivecards.js', 'utf8'));
window.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => Object.assign(result, { outputHtml: text, didProcess: true });
const show = (words, input, typed, data = {}) => {
    const card = new window.AdaptiveCards.AdaptiveCard();
    card.parse({ type: 'AdaptiveCard', version: '1.5', body: [{ id: 'x', errorMessage: 'wrong', ...input }], actions: [{ type: 'Action.Submit', title: 'Send', data }] });
    let sent = 'nothing, wrong';
    card.onExecuteAction = action => { sent = JSON.stringify(action.data); };
    const element = card.render();
    window.document.body.replaceChildren(element);
    if (typed !== undefined) {
        const field = element.querySelector('input');
        field.value = typed;
        field.dispatchEvent(new window.Event('input'));
    }
    element.querySelector('button').click();
    console.log(`${words}: sends ${sent}`);
};
show('a number, emptied, with data', { type: 'Input.Number', value: 5 }, '', { x: 3 });
show('[0-9]{4}, "abc12345" typed', { type: 'Input.Text', regex: '[0-9]{4}' }, 'abc12345');
show('[0-9]{4}, "abc" typed', { type: 'Input.Text', regex: '[0-9]{4}' }, 'abc');
show('required, three blanks typed', { type: 'Input.Text', isRequired: true }, '   ');
show('22:00 to 06:00, 23:30 typed', { type: 'Input.Time', min: '22:00', max: '06:00' }, '23:30');
const choices = ['Lee', 'Lee, Dana'].map(title => ({ title, value: title }));
show('choice "Lee" beforehand', { type: 'Input.ChoiceSet', isMultiSelect: true, choices, value: 'Lee' });
show('choice "Lee, Dana" beforehand', { type: 'Input.ChoiceSet', isMultiSelect: true, choices, value: 'Lee, Dana' });
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
a number, emptied, with data: sends {"x":3}
[0-9]{4}, "abc12345" typed: sends {"x":"abc12345"}
[0-9]{4}, "abc" typed: sends nothing, wrong
required, three blanks typed: sends {"x":"   "}
22:00 to 06:00, 23:30 typed: sends nothing, wrong
choice "Lee" beforehand: sends {"x":"Lee"}
choice "Lee, Dana" beforehand: sends {"x":"Lee"}
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
