#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian 12): with max_alerts the message's own status is "resolved" while alerts of its group still fire.
#
# The status is that of the alerts which were not cut off, so one resolved alert that is listed first makes the whole
# message "resolved". Only each alert's status, and truncatedAlerts above zero, say that something may still burn.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/alertmanager.mjs" "$scratch"
cd "$scratch"
apt-get download -qq prometheus-alertmanager=0.25.0-1+b4 2>/dev/null
dpkg --extract prometheus-alertmanager_*.deb debian
cat >finding.mjs <<'JAVASCRIPT'
import { pause, startAlertmanager } from './alertmanager.mjs';

const alertmanager = await startAlertmanager({ interval: '3s', webhook: { max_alerts: 1 } });
const lift = (car, ended) => ({ labels: { alertname: 'Lift', code: '200', car: `${car}` }, ...ended && { endsAt: new Date().toISOString() } });
await alertmanager.post([1, 2, 3].map(car => lift(car)));
await pause(2000);
await alertmanager.post([lift(1, true)]);
await pause(4000);
alertmanager.stop();
for (const { status, alerts, truncatedAlerts } of alertmanager.messages)
    console.log(`message ${status}: ${alerts.map(alert => `car ${alert.labels.car} ${alert.status}`)}, ${truncatedAlerts} cut off`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
message firing: car 1 firing, 2 cut off
message resolved: car 1 resolved, 2 cut off
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
