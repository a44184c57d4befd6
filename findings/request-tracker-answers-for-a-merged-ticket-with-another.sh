#!/usr/bin/env bash
# Request Tracker 5.0.3 (Debian 12), REST 2.0: a ticket that was merged is answered as the ticket it was merged into, with 200 and
# no hint but its number; what is written to it goes there.
#
# A search by the old number finds nothing, though reading it works. Who asks whether ticket 2 is closed is told about ticket 1.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,request-tracker}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRequestTracker } from './request-tracker.mjs';

const { ask, stop } = await startRequestTracker();
await ask('POST', '/ticket', { Queue: 'General', Subject: 'Lift 3' });
await ask('POST', '/ticket', { Queue: 'General', Subject: 'Lift 4' });
await ask('PUT', '/ticket/2', { MergeInto: 1 });
const { status, answer } = await ask('GET', '/ticket/2');
console.log(`ticket 2: ${status}, id ${answer.id}, ${answer.Subject}`);
await ask('PUT', '/ticket/2', { Status: 'resolved' });
console.log(`ticket 1 after closing ticket 2: ${(await ask('GET', '/ticket/1')).answer.Status}`);
for (const id of [1, 2]) console.log(`search for id ${id}: ${(await ask('GET', `/tickets?query=${encodeURIComponent(`id = ${id}`)}`)).answer.total} found`);
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
ticket 2: 200, id 1, Lift 3
ticket 1 after closing ticket 2: resolved
search for id 1: 1 found
search for id 2: 0 found
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
