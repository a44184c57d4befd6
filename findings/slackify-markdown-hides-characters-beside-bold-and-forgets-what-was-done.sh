#!/usr/bin/env bash
# slackify-markdown 4.5.0: bold text gets invisible characters, a done task looks like an open one, and lists are counted
# anew.
#
# A ticket's number in bold, copied from Slack, has a zero width space (U+200B) before and behind it, and no search finds
# it. "[x]" and "[ ]" are both a plain item. A list 1, 2, 5 becomes 1, 2, 3. A line break by two blanks is a backslash on
# the screen, and a line of hyphens is three stars.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund slackify-markdown@4.5.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import slackify from 'slackify-markdown';

for (const text of ['**INC-1042** is open', '- [x] call Dana\n- [ ] call Lee', '1. one\n2. two\n5. five', 'Lift 3  \nFloor 2', 'before\n\n---\n\nafter'])
    console.log(`${JSON.stringify(text)} -> ${JSON.stringify(slackify(text)).replaceAll('\u200b', '\\u200b')}`);
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
