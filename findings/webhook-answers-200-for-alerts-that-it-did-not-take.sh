#!/usr/bin/env bash
# webhook 2.8.0 (Debian 12), which starts a command for an alert: an alert that matches no rule is answered 200, and so is one
# whose command fails or misses an argument.
#
# Alertmanager and others take 200 for told, and do not send it again. The command of a hook starts after the answer, unless its
# output is part of the answer; then a failure is 500. A field that the message lacks is passed as an empty argument, null as
# "<nil>", and a large number as 1e+21.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/debian.mjs" "$scratch"
cd "$scratch"
cat >hooks.json <<'JSON'
[
  { "id": "alert", "execute-command": "/tmp/call.sh", "command-working-directory": "/tmp",
    "pass-arguments-to-command": [{ "source": "payload", "name": "ticket" }, { "source": "payload", "name": "value" }],
    "trigger-rule": { "match": { "type": "value", "value": "critical", "parameter": { "source": "payload", "name": "severity" } } } },
  { "id": "failing", "execute-command": "/tmp/fail.sh" },
  { "id": "failing-with-output", "execute-command": "/tmp/fail.sh", "include-command-output-in-response": true }
]
JSON
printf '#!/bin/sh\necho "[$1] [$2]" >>/tmp/called\n' >call.sh
printf '#!/bin/sh\nexit 3\n' >fail.sh
chmod +x call.sh fail.sh
cat >finding.mjs <<'JAVASCRIPT'
import { existsSync, readFileSync } from 'node:fs';
import { answers, freePort, start, unpack } from './debian.mjs';

unpack(['webhook=2.8.0-4+b6', 'coreutils', 'dash']);
const port = await freePort();
const webhook = start(['webhook', '-hooks', '/tmp/hooks.json', '-ip', '127.0.0.1', '-port', `${port}`]);
const address = `http://127.0.0.1:${port}/`;
const pause = () => new Promise(done => setTimeout(done, 100));
await answers(address);

let calls = 0;
async function send(name, hook, body, called) {
    const answer = await fetch(`${address}hooks/${hook}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    for (let tries = 0; called && tries < 100 && lines().length === calls; tries++) await pause();
    console.log(`${name}: ${answer.status} ${(await answer.text()).split('.')[0]}`.trimEnd() + (called ? `, called with ${lines()[calls++]}` : ''));
}
const lines = () => existsSync('called') ? readFileSync('called', 'utf8').trim().split('\n') : [];

const critical = fields => JSON.stringify({ severity: 'critical', ...fields });
await send('an alert', 'alert', critical({ ticket: 'INC-1042', value: 1.5 }), true);
await send('without its ticket', 'alert', critical({ value: 2 }), true);
await send('null and a large number', 'alert', critical({ ticket: null, value: 1e21 }), true);
await send('of no rule', 'alert', '{"severity":"page"}');
await send('a command that fails', 'failing', '{}');
await send('the same, with its output', 'failing-with-output', '{}');
webhook.kill('SIGKILL');
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
an alert: 200, called with [INC-1042] [1.5]
without its ticket: 200, called with [] [2]
null and a large number: 200, called with [<nil>] [1e+21]
of no rule: 200 Hook rules were not satisfied
a command that fails: 200
the same, with its output: 500 Error occurred while executing the hook's command
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
