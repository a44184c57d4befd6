#!/usr/bin/env bash
# Redmine 5.0.4 (Debian 12): updated_on is shown in whole seconds and compared in fractions, and a search takes no offset.
#
# An issue changed at 09:00:00.79 is shown as 09:00:00Z. Asked for what changed at or before 09:00:00Z, or from 09:00:00Z to
# 09:00:00Z, it is not there; at or after 09:00:01Z, it is. Only "...Z" is understood: the "+00:00" that .NET and Python
# write, and fractions of a second, are "Updated is invalid", 422.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,redmine}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { startRedmine } from './redmine.mjs';

const { ask, stop } = await startRedmine(`
key 'boss', nil
issue('Lift 1').update_columns(updated_on: Time.utc(2026, 11, 30, 9, 0, 0, 790_000))
`);
for (const filter of ['>=2026-11-30T09:00:00Z', '><2026-11-30T09:00:00Z|2026-11-30T09:00:00Z', '<=2026-11-30T09:00:00Z', '>=2026-11-30T09:00:01Z', '>=2026-11-30T09:00:02Z',
    '>=2026-11-30T09:00:00+00:00', '>=2026-11-30T09:00:00.000Z']) {
    const { status, answer } = await ask('boss', 'GET', `/issues.json?updated_on=${encodeURIComponent(filter)}`);
    console.log(`${filter}: ${status} ${answer.errors ?? `${answer.total_count} found${answer.issues.map(issue => `, ${issue.updated_on}`)}`}`);
}
stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
>=2026-11-30T09:00:00Z: 200 1 found, 2026-11-30T09:00:00Z
><2026-11-30T09:00:00Z|2026-11-30T09:00:00Z: 200 0 found
<=2026-11-30T09:00:00Z: 200 0 found
>=2026-11-30T09:00:01Z: 200 1 found, 2026-11-30T09:00:00Z
>=2026-11-30T09:00:02Z: 200 0 found
>=2026-11-30T09:00:00+00:00: 422 Updated is invalid
>=2026-11-30T09:00:00.000Z: 422 Updated is invalid
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
