#!/usr/bin/env bash
# @slack/web-api 8.2.0: after a 429 it waits Retry-After and then its own backoff on top; a date is not understood.
#
# Retry-After: 1 makes the second try come more than 2 s later, because the retry's own pause (from 1 s, doubling) starts when
# the first pause has ended. A Retry-After that is an HTTP date, as the standard allows, is not waited for at all: the
# call fails at once with an error that has no code.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @slack/web-api@8.2.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createServer } from 'node:http';
import { WebClient } from '@slack/web-api';

for (const header of ['1', new Date(Date.now() + 1000).toUTCString()]) {
    const asked = [];
    const server = createServer((request, response) => {
        request.resume();
        asked.push(Date.now());
        if (asked.length === 1) response.writeHead(429, { 'retry-after': header }).end();
        else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const client = new WebClient('xoxb-none', { slackApiUrl: `http://127.0.0.1:${server.address().port}/api/`, logLevel: 'error' });
    const name = header === '1' ? 'Retry-After: 1' : 'Retry-After: a date';
    try {
        await client.auth.test();
        const pause = asked[1] - asked[0];
        console.log(`${name}: asked ${asked.length} times, ${pause > 2000 ? 'more than 2 s' : 'at most 2 s'} apart`);
    } catch (error) {
        console.log(`${name}: asked ${asked.length} times, then an error with code ${error.code}`);
    }
    server.close();
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
Retry-After: 1: asked 2 times, more than 2 s apart
Retry-After: a date: asked 1 times, then an error with code undefined
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
