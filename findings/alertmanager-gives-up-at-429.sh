#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian 12): a webhook that answers 429 is not tried again before the next group_interval, Retry-After or not.
#
# The same holds for 409 and 400: one attempt, then nothing until the group is due again (five minutes by default), and an
# alert that ends before that is never told at all. Only 500 and 503 are repeated, after a second and then at growing
# intervals; Retry-After is read for none of them. A receiver that is full should answer 503, not 429.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/alertmanager.mjs" "$scratch"
cd "$scratch"
apt-get download -qq prometheus-alertmanager=0.25.0-1+b4 2>/dev/null
dpkg --extract prometheus-alertmanager_*.deb debian
cat >finding.mjs <<'JAVASCRIPT'
import { pause, startAlertmanager } from './alertmanager.mjs';

const answers = [200, 400, 409, 429, 500, 503];
const alertmanager = await startAlertmanager({ answers, interval: '5m' });
await alertmanager.post(answers.map(code => ({ labels: { alertname: 'Lift', code: `${code}` } })));
await pause(10_000);
alertmanager.stop();
for (const answer of answers) {
    const attempts = alertmanager.messages.filter(message => message.code === answer).length;
    console.log(`${answer} with Retry-After: 1, in 10 seconds: ${attempts === 1 ? 'one attempt' : attempts > 2 ? 'repeated' : attempts}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
200 with Retry-After: 1, in 10 seconds: one attempt
400 with Retry-After: 1, in 10 seconds: one attempt
409 with Retry-After: 1, in 10 seconds: one attempt
429 with Retry-After: 1, in 10 seconds: one attempt
500 with Retry-After: 1, in 10 seconds: repeated
503 with Retry-After: 1, in 10 seconds: repeated
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
