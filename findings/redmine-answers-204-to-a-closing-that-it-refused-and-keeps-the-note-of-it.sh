#!/usr/bin/env bash
# Redmine 5.0.4 (Debian 12): a PUT whose new status is not allowed is 204, keeps the old status and stores the note beside
# it.
#
# So an issue stays open with "closed" in its history. An unknown status, the status by its name, and a body without "issue"
# are 204 and nothing, too, and move updated_on, so that a poll for changes wakes up. Nor does include=allowed_statuses tell
# beforehand: it names Closed to an account that may comment and not edit. An issue with an open subtask is refused in the
# same way, to an administrator as well. Only an assignee who does not exist is an error. Read the issue after each PUT.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,redmine}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRedmine } from './redmine.mjs';

const { ask, stop } = await startRedmine(`
key 'dana', 'Reporter'
key 'lee', 'Developer'
key 'boss', nil
issue 'Lift 1'
issue 'Lift 2'
building = issue 'Building'
issue 'Door', parent_issue_id: building.id
`);
for (const [login, number, body] of [
    ['dana', 1, { issue: { status_id: 5, notes: 'closed' } }],
    ['lee', 2, { issue: { status_id: 99, notes: 'closed' } }],
    ['lee', 2, { issue: { status: 'Closed' } }],
    ['lee', 2, { status_id: 5 }],
    ['boss', 3, { issue: { status_id: 5, notes: 'closed' } }],
    ['lee', 2, { issue: { assigned_to_id: 99 } }],
]) {
    const { answer: { issue: { allowed_statuses: allowed } } } = await ask(login, 'GET', `/issues/${number}.json?include=allowed_statuses`);
    const { status, answer } = await ask(login, 'PUT', `/issues/${number}.json`, body);
    const { answer: { issue } } = await ask('boss', 'GET', `/issues/${number}.json?include=journals`);
    console.log(`${login} ${JSON.stringify(body)}: Closed ${allowed.some(({ name }) => name === 'Closed') ? 'offered' : 'not offered'}, ` +
        `${status}${answer ? ` ${answer.errors}` : ''}, then ${issue.status.name}, note ${JSON.stringify(issue.journals.at(-1)?.notes ?? '')}`);
}
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
dana {"issue":{"status_id":5,"notes":"closed"}}: Closed offered, 204, then New, note "closed"
lee {"issue":{"status_id":99,"notes":"closed"}}: Closed offered, 204, then New, note "closed"
lee {"issue":{"status":"Closed"}}: Closed offered, 204, then New, note "closed"
lee {"status_id":5}: Closed offered, 204, then New, note "closed"
boss {"issue":{"status_id":5,"notes":"closed"}}: Closed not offered, 204, then New, note "closed"
lee {"issue":{"assigned_to_id":99}}: Closed offered, 422 Assignee is invalid, then New, note "closed"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
