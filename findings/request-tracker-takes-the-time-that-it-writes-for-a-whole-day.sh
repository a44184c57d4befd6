#!/usr/bin/env bash
# Request Tracker 5.0.3 (Debian 12), REST 2.0: a search for tickets changed since a moment, written as Request Tracker itself
# writes moments, finds what changed since midnight; words that are no time find everything.
#
# Tickets have "LastUpdated": "2026-11-30T06:39:24Z". In a search of the same form only the date counts. With a blank, "UTC" and no
# Z the time counts. Neither is an error, nor is a word. A poll for changes sees the whole day again and again, or, with "<",
# never the last hours.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,request-tracker}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRequestTracker } from './request-tracker.mjs';

const { ask, stop } = await startRequestTracker();
await ask('POST', '/ticket', { Queue: 'General', Subject: 'Lift 3' });
const { answer: ticket } = await ask('GET', '/ticket/1');
// Five minutes after the last change, on the same day: right before midnight the ticket's own day is another one.
const later = new Date(Date.parse(ticket.LastUpdated) + 300_000).toISOString().slice(0, 19);
if (!ticket.LastUpdated.startsWith(later.slice(0, 10))) throw new Error('Run it again after midnight.');
for (const [name, time] of [['T and Z', `${later}Z`], ['a blank and UTC', `${later.replace('T', ' ')} UTC`], ['no time', 'soon']]) {
    const { status, answer } = await ask('GET', `/tickets?query=${encodeURIComponent(`LastUpdated > '${time}'`)}`);
    console.log(`changed later than five minutes after the last change, ${name}: ${status}, ${answer.total} found`);
}
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
changed later than five minutes after the last change, T and Z: 200, 1 found
changed later than five minutes after the last change, a blank and UTC: 200, 0 found
changed later than five minutes after the last change, no time: 200, 1 found
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
