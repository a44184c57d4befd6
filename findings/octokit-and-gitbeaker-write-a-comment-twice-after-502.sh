#!/usr/bin/env bash
# octokit 5.0.5 and @gitbeaker/rest 43.8.0: a comment whose POST is answered 502 is posted again, by both, with their defaults.
#
# 502 says that a proxy got no answer, so the comment may have been written, and then it stands there twice. @gitbeaker/rest also
# asks again at once after 429, though Retry-After says two seconds, and gives up at 503. octokit waits longer than
# Retry-After says, and leaves three seconds between two comments although nothing refuses them.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund octokit@5.0.5 @gitbeaker/rest@43.8.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createServer } from 'node:http';
import { Gitlab } from '@gitbeaker/rest';
import { Octokit } from 'octokit';

let refusal, asked = [];
const server = createServer((request, response) => {
    request.resume();
    asked.push(Date.now());
    if (asked.length === 1 && refusal) response.writeHead(refusal, { 'content-type': 'application/json', 'retry-after': '2' }).end('{}');
    else response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1}');
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const host = `http://127.0.0.1:${server.address().port}`;
const quiet = () => {};
const github = new Octokit({ baseUrl: host, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
const gitlab = new Gitlab({ host, token: 'none' });
const ways = {
    octokit: words => github.rest.issues.createComment({ owner: 'ann', repo: 'lifts', issue_number: 1, body: words }),
    '@gitbeaker/rest': words => gitlab.IssueNotes.create(1, 1, words),
};
for (const [name, write] of Object.entries(ways)) {
    for (refusal of [502, 503, 429]) {
        asked = [];
        const end = await write('Ann accepted').then(() => 'done', () => 'an error');
        const pause = asked.length > 1 ? asked[1] - asked[0] : 0;
        console.log(`${name}, once ${refusal}: sent ${asked.length} times, ${end}`
            + (refusal !== 429 ? '' : `, ${pause < 2000 ? 'before' : 'after'} the two seconds of Retry-After`));
    }
    [refusal, asked] = [0, []];
    await write('Ann accepted');
    await write('Ann is done');
    console.log(`${name}, two comments: ${asked[1] - asked[0] > 2500 ? 'about three seconds apart' : 'at once'}`);
}
server.closeAllConnections();
server.close();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
octokit, once 502: sent 2 times, done
octokit, once 503: sent 2 times, done
octokit, once 429: sent 2 times, done, after the two seconds of Retry-After
octokit, two comments: about three seconds apart
@gitbeaker/rest, once 502: sent 2 times, done
@gitbeaker/rest, once 503: sent 1 times, an error
@gitbeaker/rest, once 429: sent 2 times, done, before the two seconds of Retry-After
@gitbeaker/rest, two comments: at once
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
