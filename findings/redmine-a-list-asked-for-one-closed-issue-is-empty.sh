#!/usr/bin/env bash
# Redmine 5.0.4 (Debian 12): issues.json?issue_id=1 is an empty list when issue 1 is closed, and filters that it does not
# understand find nobody or everything.
#
# Without status_id=* only open issues are listed, also if one is named by its number, so a closed ticket looks like a lost
# one. A person by login finds nothing, 200; a misspelt filter is passed over, and the first of all issues is returned as if
# it were the one asked for. Reading /issues/1.json finds the closed one; /issues/1abc.json is issue 1 as well.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,redmine}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRedmine } from './redmine.mjs';

const { ask, stop } = await startRedmine(`
key 'boss', nil
lee = key 'lee', 'Developer'
issue 'Lift 1', status: IssueStatus.find_by!(name: 'Closed')
issue 'Lift 2', assigned_to: lee
`);
for (const path of ['/issues.json?issue_id=1', '/issues.json?issue_id=1&status_id=*', '/issues.json?assigned_to_id=lee', '/issues.json?assignee_id=99&status_id=*',
    '/issues/1.json', '/issues/1abc.json']) {
    const { status, answer } = await ask('boss', 'GET', path);
    console.log(`${path}: ${status}, ${(answer.issues ?? [answer.issue]).map(issue => issue.subject).join(', ') || 'none'}`);
}
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
/issues.json?issue_id=1: 200, none
/issues.json?issue_id=1&status_id=*: 200, Lift 1
/issues.json?assigned_to_id=lee: 200, none
/issues.json?assignee_id=99&status_id=*: 200, Lift 2, Lift 1
/issues/1.json: 200, Lift 1
/issues/1abc.json: 200, Lift 1
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
