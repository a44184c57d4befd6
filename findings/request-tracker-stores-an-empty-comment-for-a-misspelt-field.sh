#!/usr/bin/env bash
# Request Tracker 5.0.3 (Debian 12), REST 2.0: a comment whose field is misspelt is stored empty, and the answer is 201 "Comments added".
#
# Only ContentType must be there. And an order by a field that does not exist is a total of one with no items, 200, not an
# error, so a reader that goes by the items sees an empty list.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,request-tracker}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRequestTracker } from './request-tracker.mjs';

const { ask, stop } = await startRequestTracker();
await ask('POST', '/ticket', { Queue: 'General', Subject: 'Lift 3' });
for (const comment of [{ Content: 'Dana is on the way', ContentType: 'text/plain' }, { Contents: 'Dana is on the way', ContentType: 'text/plain' }, { Content: 'Dana' }]) {
    const { status, answer } = await ask('POST', '/ticket/1/comment', comment);
    console.log(`${Object.keys(comment)}: ${status} ${JSON.stringify(answer)}`);
}
const { answer: attachments } = await ask('GET', '/ticket/1/attachments?fields=Content,ContentLength&per_page=100');
console.log(`stored: ${attachments.items.map(item => JSON.stringify(item.Content ?? '')).join(', ')}`);
const { status, answer: list } = await ask('GET', `/tickets?query=${encodeURIComponent('id > 0')}&orderby=Changed`);
console.log(`ordered by an unknown field: ${status}, total ${list.total}, items ${list.items.length}`);
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
Content,ContentType: 201 ["Comments added"]
Contents,ContentType: 201 ["Comments added"]
Content: 400 {"message":"ContentType is a required field for application/json"}
stored: "Dana is on the way", ""
ordered by an unknown field: 200, total 1, items 0
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
