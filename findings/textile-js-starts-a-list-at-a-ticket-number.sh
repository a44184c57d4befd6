#!/usr/bin/env bash
# textile-js 2.1.1: a line that begins with a ticket's number is a list that begins with that number.
#
# "#1042 is fixed" becomes an ordered list whose first item is 1042, so the number is gone from the text; in Redmine, whose
# notes are written in Textile, it is a link to the ticket. In the middle of a line it stays. The x of "3x3" becomes a
# multiplication sign, also in names.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund textile-js@2.1.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import textile from 'textile-js';

for (const text of ['#1042 is fixed', '# first', 'see #1042', 'rack 3x3'])
    console.log(`${text} -> ${textile(text).replace(/\s+/g, ' ')}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
#1042 is fixed -> <ol start="1042"> <li>is fixed</li> </ol>
# first -> <ol> <li>first</li> </ol>
see #1042 -> <p>see #1042</p>
rack 3x3 -> <p>rack 3&#215;3</p>
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
