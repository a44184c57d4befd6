#!/usr/bin/env bash
# adaptivecards 3.0.6: a filtered choice that is set beforehand shows its value in place of its title, and of two equal
# titles only the first can be sent.
#
# An employee picked beforehand is shown as the raw id. The name of one of two people who share it, typed, sends the id of
# the first. The compact style shows the title and sends the right one.
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
const choices = [{ title: 'Ann Ember', value: 'ann-1' }, { title: 'Ann Ember', value: 'ann-2' }];
const draw = input => {
    const card = new window.AdaptiveCards.AdaptiveCard();
    card.parse({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Input.ChoiceSet', id: 'who', choices, ...input }] });
    const element = card.render();
    window.document.body.append(element);
    return { field: element.querySelector('input, select'), sent: () => card.getAllInputs()[0].value };
};
const filtered = draw({ style: 'filtered', value: 'ann-2' });
console.log(`filtered, ann-2 beforehand: shows "${filtered.field.value}"`);
const typed = draw({ style: 'filtered' });
typed.field.value = 'Ann Ember';
typed.field.dispatchEvent(new window.Event('input'));
console.log(`filtered, Ann Ember typed: sends ${typed.sent()}`);
const compact = draw({ style: 'compact', value: 'ann-2' });
console.log(`compact, ann-2 beforehand: shows "${compact.field.selectedOptions[0].textContent}", sends ${compact.sent()}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
filtered, ann-2 beforehand: shows "ann-2"
filtered, Ann Ember typed: sends ann-1
compact, ann-2 beforehand: shows "Ann Ember", sends ann-2
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
