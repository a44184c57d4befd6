#!/usr/bin/env bash
# Request Tracker 5.0.3 (Debian 12), REST 2.0: a PUT is carried out in part, and the answer is 200 whatever was refused.
#
# What happened is an array of sentences for people, one for each field, in no order. The ticket changes its owner and keeps
# its status. A field that does not exist, or "status" in small letters, is an empty array; an owner by email is a sentence in
# a 200. A new ticket for an owner who does not exist is created, 201, and belongs to nobody. Only reading the ticket tells.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,request-tracker}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRequestTracker } from './request-tracker.mjs';

const { ask, stop } = await startRequestTracker();
await ask('POST', '/ticket', { Queue: 'General', Subject: 'Lift 3' });
for (const change of [{ Owner: 'root', Status: 'closed' }, { status: 'open' }, { Owner: 'root@localhost' }]) {
    const { status, answer } = await ask('PUT', '/ticket/1', change);
    const { answer: ticket } = await ask('GET', '/ticket/1');
    console.log(`${JSON.stringify(change)}: ${status} ${JSON.stringify(answer.sort())}, then ${ticket.Owner.id}, ${ticket.Status}`);
}
const { status, answer } = await ask('POST', '/ticket', { Queue: 'General', Subject: 'Lift 4', Owner: 'dana' });
console.log(`a ticket for an unknown owner: ${status}, then ${(await ask('GET', `/ticket/${answer.id}`)).answer.Owner.id}`);
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
{"Owner":"root","Status":"closed"}: 200 ["Ticket 1: Owner changed from Nobody to root","Ticket 1: Status 'closed' isn't a valid status for this ticket."], then root, new
{"status":"open"}: 200 [], then root, new
{"Owner":"root@localhost"}: 200 ["Ticket 1: That user does not exist"], then root, new
a ticket for an unknown owner: 201, then Nobody
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
