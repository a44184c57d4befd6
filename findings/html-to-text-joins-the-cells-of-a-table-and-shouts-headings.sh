#!/usr/bin/env bash
# html-to-text 10.0.1: the cells of a table are joined without a blank, and headings become capitals, ticket keys and names
# too.
#
# A table "Lift | 3" and "Floor | 12", as mails and tickets write it, becomes "Lift3Floor12", which a voice reads as one
# word and another number. "Lift inc-1042a" in a heading becomes "INC-1042A". Each table must be named with the formatter
# "dataTable", each heading with uppercase: false; lines are broken at 80 characters, inside a sentence. An empty picture is
# its address.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund html-to-text@10.0.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { convert } from 'html-to-text';

const table = '<table><tr><td>Lift</td><td>3</td></tr><tr><td>Floor</td><td>12</td></tr></table>';
const show = (name, html, options) => console.log(`${name}: ${JSON.stringify(convert(html, options))}`);
show('a table', table);
show('the same as dataTable', table, { selectors: [{ selector: 'table', format: 'dataTable' }] });
show('a heading', '<h2>Lift inc-1042a, call Dana McKay</h2>');
show('a picture', '<p>See <img src="cid:photo-1"></p>');
show('a long sentence', `<p>The lift of building 4 is stuck between floors 2 and 3, and the person in it has been calling since 03:00</p>`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
X
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
