#!/usr/bin/env bash
# jira.js 6.2.0: a comment given as text is two requests, a POST to REST API 2 and a GET from REST API 3; if the second is refused,
# the call fails although the comment stands in the issue.
#
# Who tries again writes it twice. In REST API 2 a text is wiki markup, so what is sent as "INC_1042_B *now*" is shown in bold;
# given as a document, the same comment is one request to REST API 3. A new issue's text goes to API 2 as well, but the text of
# an edit and of a comment beside a transition go to API 3, which takes documents there. "comment", the field's name in jira.js
# 5, sends an empty comment without an error.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund jira.js@6.2.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { createServer } from 'node:http';
import { createCloudClient } from 'jira.js';

let asked = [];
let refusesReads = false;
const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    asked.push(`${request.method} ${request.url} ${body}`.trim());
    const isRefused = refusesReads && request.method === 'GET';
    response.writeHead(isRefused ? 503 : 201, { 'content-type': 'application/json' }).end(isRefused ? '{}' : '{"id":"1"}');
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const jira = createCloudClient({
    host: `http://127.0.0.1:${server.address().port}`, auth: { type: 'basic', email: 'ann@example.com', apiToken: 'none' }, onSchemaMismatch: 'silent',
});

async function show(name, call) {
    asked = [];
    const end = await call().then(() => 'done', error => error.constructor.name);
    console.log(`${name}: ${end}`);
    asked.forEach(each => console.log(`  ${each}`));
}
const comment = fields => () => jira.issueComments.addComment({ issueIdOrKey: 'A-1', ...fields });
await show('a text', comment({ body: 'INC_1042_B *now*' }));
await show('a document', comment({ body: { type: 'doc', version: 1, content: [] } }));
await show('the field of version 5', comment({ comment: 'Ann accepted' }));
await show('the text of an edit', () => jira.issues.editIssue({ issueIdOrKey: 'A-1', fields: { description: 'now' } }));
refusesReads = true;
await show('a text, and reads are refused', comment({ body: 'Ann accepted' }));
server.closeAllConnections();
server.close();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
a text: done
  POST /rest/api/2/issue/A-1/comment {"body":"INC_1042_B *now*"}
  GET /rest/api/3/issue/A-1/comment/1
a document: done
  POST /rest/api/3/issue/A-1/comment {"body":{"type":"doc","version":1,"content":[]}}
the field of version 5: done
  POST /rest/api/3/issue/A-1/comment {}
the text of an edit: done
  PUT /rest/api/3/issue/A-1 {"fields":{"description":"now"}}
a text, and reads are refused: ServerError
  POST /rest/api/2/issue/A-1/comment {"body":"Ann accepted"}
  GET /rest/api/3/issue/A-1/comment/1
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
