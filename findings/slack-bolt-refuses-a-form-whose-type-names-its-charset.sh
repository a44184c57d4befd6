#!/usr/bin/env bash
# @slack/bolt 5.1.0: a form with "Content-Type: application/x-www-form-urlencoded; charset=utf-8" is answered 400.
#
# The receiver compares the whole header, takes a form with a parameter for JSON, and cannot read it. Slack sends commands
# without the parameter, but proxies, gateways and test clients that pass a command on often add it. JSON is read with a
# charset, and even as text/plain.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @slack/bolt@5.1.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import bolt from '@slack/bolt';

const receiver = new bolt.HTTPReceiver({ signingSecret: 'none', endpoints: ['/'], logLevel: 'error' });
const app = new bolt.App({ receiver, logLevel: 'error', authorize: async () => ({ botToken: 'xoxb-none', botId: 'B1', botUserId: 'U1' }) });
app.command('/dispatch', ({ ack }) => ack('done'));
app.event('app_mention', async () => {});
const server = await app.start(0);

function send(type, body) {
    const moment = Math.floor(Date.now() / 1000);
    const signature = `v0=${createHmac('sha256', 'none').update(`v0:${moment}:${body}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-signature': signature, 'x-slack-request-timestamp': moment };
    return new Promise(done => request({ port: server.address().port, method: 'POST', headers }, response => {
        response.resume();
        done(response.statusCode);
    }).end(body));
}

const form = 'command=%2Fdispatch&text=INC-1042&user_id=U2&team_id=T1';
const json = JSON.stringify({ type: 'event_callback', team_id: 'T1', event: { type: 'app_mention', user: 'U2', text: 'INC-1042' } });
for (const [type, body] of [
    ['application/x-www-form-urlencoded', form],
    ['application/x-www-form-urlencoded; charset=utf-8', form],
    ['application/json', json],
    ['application/json; charset=utf-8', json],
    ['text/plain', json],
]) console.log(`${type}: ${await send(type, body)}`);
process.exit();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
application/x-www-form-urlencoded: 200
application/x-www-form-urlencoded; charset=utf-8: 400
application/json: 200
application/json; charset=utf-8: 200
text/plain: 200
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
