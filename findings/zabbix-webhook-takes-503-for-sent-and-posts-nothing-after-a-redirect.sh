#!/usr/bin/env bash
# Zabbix 6.0.14 (Debian 12), JavaScript of webhooks: an answer 503 or 401 raises nothing, and a POST that is redirected
# arrives as a POST without its body.
#
# The script of a media type that does not ask getStatus() counts each refusal as sent, so nothing is tried again. A
# redirect, from http to https or to another path, is followed without a word: the receiver gets an empty POST, answers 200
# or 400, and the script sees that answer. The type of a body is text/plain unless a header says otherwise, and an object
# becomes "[object Object]".
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/debian.mjs" "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'zabbix-server-pgsql=1:6.0.14+dfsg-1+b1']);
const received = [];
const receiver = createServer(async (request, response) => {
    const code = Number(request.url.slice(1));
    received.push(`${request.method} ${code} ${request.headers['content-type']} ${JSON.stringify(await text(request))}`);
    response.writeHead(code, code === 302 ? { location: '/200' } : {}).end(`answer ${code}`);
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const address = `http://127.0.0.1:${receiver.address().port}`;
const enter = 'mount --rbind /proc debian/proc && mount --rbind /dev debian/dev && mount --bind "$PWD" debian/tmp && exec chroot debian /usr/bin/env -i PATH=/usr/bin:/bin "$@"';
for (const [path, body] of [[503, "'stuck'"], [401, "'stuck'"], [302, "'stuck'"], [200, "{ event: 'stuck' }"]]) {
    writeFileSync('webhook.js', `var request = new HttpRequest(); return 'returned ' + request.post('${address}/${path}', ${body});`);
    received.length = 0;
    const zabbix = spawn('unshare', ['--map-root-user', '--mount', 'sh', '-c', `mkdir -p debian/proc debian/dev debian/tmp && ${enter}`, 'sh', 'zabbix_js', '-s', '/tmp/webhook.js', '-p', '{}']);
    console.log(`post(/${path}, ${body}): ${(await text(zabbix.stdout)).trim()}\n  received ${received.join(', ')}`);
}
receiver.close();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
post(/503, 'stuck'): returned answer 503
  received POST 503 text/plain "stuck"
post(/401, 'stuck'): returned answer 401
  received POST 401 text/plain "stuck"
post(/302, 'stuck'): returned answer 200
  received POST 302 text/plain "stuck", POST 200 text/plain ""
post(/200, { event: 'stuck' }): returned answer 200
  received POST 200 text/plain "[object Object]"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
