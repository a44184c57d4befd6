#!/usr/bin/env bash
# standardwebhooks 1.1.1 and svix 2.5.0: the headers of a fetch Request are "Missing required headers"; and svix's verify()
# returns nothing any more.
#
# Both list the own keys of the object they get. A Headers object, which servers written for fetch have (Workers, Deno,
# Next.js, Hono), has none, so that a rightly signed message is refused as if it had no signature. And where
# standardwebhooks and svix 1.99.1 return the parsed body, svix 2 returns undefined: who used it goes on with nothing.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund standardwebhooks@1.1.1 svix@2.5.0 svix-1@npm:svix@1.99.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Webhook as Standard } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';
import { Webhook as Svix1 } from 'svix-1';

const secret = 'whsec_ZXhhbXBsZSBzZWNyZXQsIG5vdCB1c2Vk';
const body = '{"type":"dispatch.accepted"}';
const moment = new Date();
const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': `${Math.floor(moment / 1000)}`,
    'webhook-signature': new Standard(secret).sign('msg_1', moment, body),
};
for (const [name, webhook] of [['standardwebhooks', new Standard(secret)], ['svix 1', new Svix1(secret)], ['svix 2', new Svix(secret)]])
    for (const [kind, given] of [['object', headers], ['Headers', new Headers(headers)]])
        try { console.log(`${name}, ${kind}: verified, returns ${JSON.stringify(webhook.verify(body, given))}`); }
        catch (error) { console.log(`${name}, ${kind}: ${error.message}`); }
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
standardwebhooks, object: verified, returns {"type":"dispatch.accepted"}
standardwebhooks, Headers: Missing required headers
svix 1, object: verified, returns {"type":"dispatch.accepted"}
svix 1, Headers: Missing required headers
svix 2, object: verified, returns undefined
svix 2, Headers: Missing required headers
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
