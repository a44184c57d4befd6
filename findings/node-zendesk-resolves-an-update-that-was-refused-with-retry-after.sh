#!/usr/bin/env bash
# node-zendesk 6.0.1: an update that Zendesk refuses with 429 or 503 and a Retry-After resolves like one that was made; without
# that header it rejects.
#
# Zendesk sends Retry-After with each 429. The promise resolves with an answer whose status must be looked at, nothing is sent
# again, and the result inside says 429 for a 503, too. A note "Ann accepted" is lost without an error.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund node-zendesk@6.0.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createServer } from 'node:http';
import zendesk from 'node-zendesk';

for (const [status, headers] of [[429, { 'retry-after': '1' }], [503, { 'retry-after': '1' }], [429, {}], [503, {}]]) {
    let asked = 0;
    const server = createServer((request, response) => {
        request.resume();
        asked++;
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"error":"TooManyRequests"}');
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const client = zendesk.createClient({ username: 'ann', token: 'none', endpointUri: `http://127.0.0.1:${server.address().port}/api/v2` });
    const end = await client.tickets.update(1042, { ticket: { comment: { body: 'Ann accepted' } } })
        .then(answer => `resolved, status ${answer.response.status}, the result says ${answer.result.statusCode}`, error => `rejected, ${error.message}`);
    console.log(`${status}${headers['retry-after'] ? ' with Retry-After' : ''}: sent ${asked} times, ${end}`);
    server.closeAllConnections();
    server.close();
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
429 with Retry-After: sent 1 times, resolved, status 429, the result says 429
503 with Retry-After: sent 1 times, resolved, status 503, the result says 429
429: sent 1 times, rejected, Request processing failed: Zendesk Error (429): Too Many Requests
503: sent 1 times, rejected, Request processing failed: Zendesk Error (503): Service Unavailable
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
