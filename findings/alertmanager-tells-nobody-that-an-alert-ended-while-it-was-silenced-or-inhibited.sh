#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian 12): an alert that was told as firing and ends during a silence, or while another alert
# inhibits it, is never told as resolved, not afterwards either.
#
# Its resolution is dropped like any notification of a silenced alert, and is forgotten with it. Whoever called people for
# the alert goes on calling them. The silence is what somebody sets who has seen the alert, and the inhibition is "the power
# is out", so both come while people are being called. Only a question to the API (/api/v2/alerts) tells that it is gone.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/alertmanager.mjs" "$scratch"
cd "$scratch"
apt-get download -qq prometheus-alertmanager=0.25.0-1+b4 2>/dev/null
dpkg --extract prometheus-alertmanager_*.deb debian
cat >finding.mjs <<'JAVASCRIPT'
import { pause, startAlertmanager } from './alertmanager.mjs';

const alertmanager = await startAlertmanager({ interval: '1s', more: { inhibit_rules: [{ source_matchers: ['alertname="Power"'], target_matchers: ['alertname="Lift"'] }] } });
const alert = (name, car) => ({ labels: { alertname: name, code: '200', car } });
const ended = (name, car) => ({ ...alert(name, car), endsAt: new Date().toISOString() });
const told = [];
// Waits until so much was told, or for four group intervals if nothing is expected.
const step = async (words, alerts, expected) => {
    if (alerts) await alertmanager.post(alerts);
    for (let tries = 0; tries < (expected ? 300 : 40) && alertmanager.messages.length < (expected || 99); tries++) await pause(100);
    told.push(`${words}: ${alertmanager.messages.splice(0).flatMap(message => message.alerts).map(({ labels, status }) => `${labels.alertname} ${labels.car} ${status}`).sort().join(', ') || 'nothing'}`);
};
await step('car 1 fails', [alert('Lift', '1')], 1);
const silence = await alertmanager.ask('POST', '/silences', {
    matchers: [{ name: 'car', value: '1', isRegex: false, isEqual: true }], startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 600_000).toISOString(), createdBy: 'Dana', comment: 'seen',
});
await step('a silence begins, car 1 is repaired', [ended('Lift', '1')], 0);
await alertmanager.ask('DELETE', `/silence/${(await silence.json()).silenceID}`);
await step('the silence ends', undefined, 0);
await step('car 2 fails', [alert('Lift', '2')], 1);
await step('the power fails', [alert('Power', 'all')], 1);
await step('car 2 is repaired', [ended('Lift', '2')], 0);
await step('the power is back', [ended('Power', 'all')], 1);
await step('car 3 fails', [alert('Lift', '3')], 1);
await step('car 3 is repaired', [ended('Lift', '3')], 1);
const known = await (await alertmanager.ask('GET', '/alerts')).json();
alertmanager.stop();
console.log(`${told.join('\n')}\nfiring according to the API: ${known.length}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
car 1 fails: Lift 1 firing
a silence begins, car 1 is repaired: nothing
the silence ends: nothing
car 2 fails: Lift 2 firing
the power fails: Power all firing
car 2 is repaired: nothing
the power is back: Power all resolved
car 3 fails: Lift 3 firing
car 3 is repaired: Lift 3 resolved
firing according to the API: 0
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
