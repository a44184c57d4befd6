#!/usr/bin/env bash
# Redmine 5.0.4 (Debian 12): closed_on keeps its time when an issue is opened again, and closing an issue closes its
# duplicates with the same words.
#
# Who takes an issue with closed_on for a closed one never calls anybody for a fault that came back. status.is_closed tells
# it. The duplicate gets the note "Dana has repaired it" under the name of who closed the original, although nobody wrote to
# it: a watcher of both sees two closings, and two notes, of one repair.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,redmine}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRedmine } from './redmine.mjs';

const { ask, stop } = await startRedmine(`
key 'boss', nil
original = issue 'Lift 1'
IssueRelation.create!(issue_from: issue('Lift 1 again'), issue_to: original, relation_type: 'duplicates')
`);
const show = async (words, number) => {
    const { answer: { issue } } = await ask('boss', 'GET', `/issues/${number}.json?include=journals`);
    console.log(`issue ${number} ${words}: is_closed ${issue.status.is_closed}, closed_on ${issue.closed_on ? 'a time' : 'null'}, ` +
        `notes ${JSON.stringify(issue.journals.map(({ user, notes }) => `${user.name}: ${notes}`))}`);
};
await ask('boss', 'PUT', '/issues/1.json', { issue: { status_id: 5, notes: 'Dana has repaired it' } });
await show('was closed', 1);
await show('was left alone', 2);
await ask('boss', 'PUT', '/issues/1.json', { issue: { status_id: 1 } });
await show('was opened again', 1);
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
issue 1 was closed: is_closed true, closed_on a time, notes ["boss Example: Dana has repaired it"]
issue 2 was left alone: is_closed true, closed_on a time, notes ["boss Example: Dana has repaired it"]
issue 1 was opened again: is_closed false, closed_on a time, notes ["boss Example: Dana has repaired it","boss Example: "]
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
