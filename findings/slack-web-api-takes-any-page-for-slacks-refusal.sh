#!/usr/bin/env bash
# @slack/web-api 8.2.0: a page of HTML with status 200 becomes a refusal by Slack, whose error is the whole page.
#
# What a proxy or a captive portal answers looks like a decision of Slack (code slack_webapi_platform_error), is not tried
# again, and stands in full where programs compare error names or log them. An empty answer is a refusal with an empty
# name. A 404, which is no passing fault, is tried again as a 500 is.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund @slack/web-api@8.2.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createServer } from 'node:http';
import { WebClient } from '@slack/web-api';

for (const [status, body] of [[200, '<html><body>Log in to the network</body></html>'], [200, ''], [404, ''], [500, '']]) {
    let asked = 0;
    const server = createServer((request, response) => {
        asked++;
        request.resume().on('end', () => response.writeHead(status).end(body));
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const client = new WebClient('xoxb-none', {
        slackApiUrl: `http://127.0.0.1:${server.address().port}/api/`, logLevel: 'error', retryConfig: { retries: 2, factor: 1, minTimeout: 10 },
    });
    const error = await client.auth.test().catch(raised => raised);
    console.log(`${status} "${body}": asked ${asked} times, ${error.code}${error.data ? `, error "${error.data.error}"` : ''}`);
    server.close();
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
200 "<html><body>Log in to the network</body></html>": asked 1 times, slack_webapi_platform_error, error "<html><body>Log in to the network</body></html>"
200 "": asked 1 times, slack_webapi_platform_error, error ""
404 "": asked 3 times, slack_webapi_http_error
500 "": asked 3 times, slack_webapi_http_error
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
