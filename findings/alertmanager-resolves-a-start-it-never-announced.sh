#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian 12): a resolved alert can carry a startsAt that no message has announced.
#
# An alert that ends, begins again and ends once more within one group_interval is told as resolved with the start of its
# second life; that start was never told as firing. Who pairs messages by fingerprint and startsAt never closes the first
# incident. The fingerprint alone is the same in both.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/alertmanager.mjs" "$scratch"
cd "$scratch"
apt-get download -qq prometheus-alertmanager=0.25.0-1+b4 2>/dev/null
dpkg --extract prometheus-alertmanager_*.deb debian
cat >finding.mjs <<'JAVASCRIPT'
import { pause, startAlertmanager } from './alertmanager.mjs';

const alertmanager = await startAlertmanager({ interval: '6s' });
const [first, second] = ['2026-11-29T10:00:00Z', '2026-11-29T10:30:00Z'];
const lift = (startsAt, endsAt) => alertmanager.post([{ labels: { alertname: 'Lift', code: '200' }, startsAt, ...endsAt && { endsAt } }]);
await lift(first);
await pause(2000);
await lift(first, '2026-11-29T10:10:00Z');
await lift(second);
await lift(second, '2026-11-29T10:40:00Z');
await pause(7000);
alertmanager.stop();
const [told, ended] = alertmanager.messages.map(message => message.alerts[0]);
for (const { status, startsAt } of [told, ended])
    console.log(`${status}, begun at ${new Date(startsAt).toISOString().slice(11, 16)}`);
console.log(`fingerprint: ${told.fingerprint === ended.fingerprint ? 'the same' : 'another'}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
firing, begun at 10:00
resolved, begun at 10:30
fingerprint: the same
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
