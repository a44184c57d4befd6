#!/usr/bin/env bash
# Nagios 4.4.6 (Debian 12): what a check said reaches a notification without &, ", ', <, >, |, $, ~ and back quotes, with a
# colon for each semicolon, and without what stands behind "|".
#
# So "pressure < 5" becomes "pressure  5", which says another thing, and an address with two parameters is another one. The
# list (illegal_macro_output_chars) is in the configuration that Debian installs. The log has the text as it was, but for
# the colon. A bridge that reads the notification's macros gets another text than one that reads the log.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,nagios}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { told } from './nagios.mjs';

const { lines, log } = await told({
    periods: { dana: '00:00-24:00' },
    words: 'Pump & valve "A" can\'t hold, pressure < 5; see https://example.com/?a=1&b=2 | pressure=3\\nsecond line: ~ <b>',
    line: '$SERVICEOUTPUT$ // $LONGSERVICEOUTPUT$',
});
console.log(lines.join('\n'));
console.log(log.match(/SERVICE ALERT: (.*)/)[1]);
process.exit();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
Pump  valve A cant hold, pressure  5: see https://example.com/?a=1b=2 // second line:  b
lifts;lift;CRITICAL;HARD;1;Pump & valve "A" can't hold, pressure < 5: see https://example.com/?a=1&b=2
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
