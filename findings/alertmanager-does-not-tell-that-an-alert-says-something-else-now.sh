#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian 12): new words in a firing alert's annotations are not told until repeat_interval, four hours
# by default.
#
# An alert is known by its labels. "One lift stuck" that becomes "people inside" in an annotation is the same alert, and a
# group is told again only when an alert joins or ends. When it is told, it has the newest words; a resolved alert posted
# without annotations has none, so a message "ended: ..." made of its summary is empty. A value that matters put into a
# label instead is another alert, beside the first.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/alertmanager.mjs" "$scratch"
cd "$scratch"
apt-get download -qq prometheus-alertmanager=0.25.0-1+b4 2>/dev/null
dpkg --extract prometheus-alertmanager_*.deb debian
cat >finding.mjs <<'JAVASCRIPT'
import { pause, startAlertmanager } from './alertmanager.mjs';

const alertmanager = await startAlertmanager({ interval: '1s' });
const alert = (car, summary, more) => ({ labels: { alertname: 'Lift', code: '200', car }, annotations: summary && { summary }, ...more });
const step = async (words, alerts, expected) => {
    await alertmanager.post(alerts);
    for (let tries = 0; tries < (expected ? 300 : 50) && alertmanager.messages.length < (expected || 99); tries++) await pause(100);
    const messages = alertmanager.messages.splice(0).map(message => message.alerts.map(({ labels, status, annotations }) => `car ${labels.car} ${status} ${JSON.stringify(annotations)}`).sort().join(', '));
    console.log(`${words}: ${messages.join('; ') || 'nothing'}`);
};
await step('car 1 fails', [alert('1', 'one lift stuck')], 1);
await step('car 1 has other words', [alert('1', 'people inside')], 0);
await step('car 2 fails', [alert('2', 'door')], 1);
await step('both end', ['1', '2'].map(car => alert(car, undefined, { endsAt: new Date().toISOString() })), 1);
alertmanager.stop();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
car 1 fails: car 1 firing {"summary":"one lift stuck"}
car 1 has other words: nothing
car 2 fails: car 1 firing {"summary":"people inside"}, car 2 firing {"summary":"door"}
both end: car 1 resolved {}, car 2 resolved {}
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
