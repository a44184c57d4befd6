#!/usr/bin/env bash
# Zabbix 6.0.14 (Debian 12), JavaScript of webhooks: a script that sends its message and returns nothing has failed, and
# "const" is known while "let", arrow functions and templates are not.
#
# "undefined return value" is an error like an exception, so the message that was received counts as not sent. null, false
# and an empty text are fine. The language is older than it looks: "abc".includes() works and [1].includes() does not; a
# part that is unknown fails when the script is run, which is at the first alarm.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/debian.mjs" "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { writeFileSync } from 'node:fs';
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'zabbix-server-pgsql=1:6.0.14+dfsg-1+b1']);
for (const script of ['var sent = true;', "return 'sent';", "return '';", 'return null;', 'return false;', 'const sent = 1; return sent;', 'let sent = 1; return sent;',
    'return [1].map(item => item);', 'return `sent`;', "return 'abc'.includes('b');", 'return [1].includes(1);', 'return Object.entries({ a: 1 });']) {
    writeFileSync('webhook.js', script);
    let answer;
    try {
        answer = `returned ${run(['zabbix_js', '-s', '/tmp/webhook.js', '-p', '{}']).trim()}`;
    } catch (failed) {
        answer = failed.stdout.match(/cannot (?:compile|execute) script: .*/)[0];
    }
    console.log(`${script}\n  ${answer}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
var sent = true;
  cannot execute script: undefined return value
return 'sent';
  returned sent
return '';
  returned 
return null;
  returned (null)
return false;
  returned false
const sent = 1; return sent;
  returned 1
let sent = 1; return sent;
  cannot compile script: SyntaxError: unterminated statement (line 1)
return [1].map(item => item);
  cannot compile script: SyntaxError: parse error (line 1)
return `sent`;
  cannot compile script: SyntaxError: invalid token (line 1)
return 'abc'.includes('b');
  returned true
return [1].includes(1);
  cannot execute script: TypeError: undefined not callable (property 'includes' of [object Array])
return Object.entries({ a: 1 });
  cannot execute script: TypeError: undefined not callable (property 'entries' of [object Function])
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
