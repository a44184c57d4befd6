#!/usr/bin/env bash
# @slack/socket-mode 3.1.0: when Slack announces that it will refresh a connection, the client closes it and opens the next
# one five seconds later.
#
# Slack sends "disconnect" with the reason "warning" some seconds before it ends a connection, about once an hour, so that
# an app can open another one first. The client closes at once, and its pause before connecting again is the one for
# failures (clientPingTimeout, 5 s). Whatever is typed meanwhile in a workspace with one such app finds nobody connected.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @slack/socket-mode@3.1.0 ws@8.19.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { SocketModeClient } from '@slack/socket-mode';

const begun = Date.now();
const seconds = () => Math.floor((Date.now() - begun) / 1000);
const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${server.address().port}/` }));
});
let connections = 0;
let closedAt;
const opened = new Promise(done => {
    new WebSocketServer({ server }).on('connection', socket => {
        connections++;
        socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
        if (connections === 2) return done();
        socket.on('close', code => {
            closedAt = Date.now();
            console.log(`closed by the client with ${code}, ${Math.round((closedAt - warnedAt) / 1000)} s after the warning`);
        });
        let warnedAt = Infinity;
        setTimeout(() => {
            warnedAt = Date.now();
            socket.send(JSON.stringify({ type: 'disconnect', reason: 'warning', debug_info: { host: 'example' } }));
        }, 500);
    });
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const client = new SocketModeClient({
    appToken: 'xapp-none',
    logLevel: 'error',
    clientOptions: { slackApiUrl: `http://127.0.0.1:${server.address().port}/api/` },
});
await client.start();
await opened;
console.log(`the next connection: ${Date.now() - closedAt > 4500 ? 'about 5 s' : 'less than 4.5 s'} after that`);
process.exit();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
closed by the client with 1000, 0 s after the warning
the next connection: about 5 s after that
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
