#!/usr/bin/env bash
# chrono-node 2.10.3 with forwardDate: "tonight 2am" was this morning, "tonight at 2" is this afternoon, and "tomorrow 8" and
# "monday 8" lose their hour.
#
# The hour is left out of what was recognised, and the time is that of the question ("tomorrow 8" asked at 10:00 is tomorrow
# at 10:00) or noon ("monday 8", on a Monday: today at noon). "friday 18" is understood. "24:00" is no time at all. On
# a phone at night these are what people type; only the recognised text tells that something was dropped.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund chrono-node@2.10.3 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import * as chrono from 'chrono-node';

const now = { instant: new Date('2026-11-30T10:00:00Z'), timezone: 'UTC' };
for (const words of ['tonight 2am', 'tonight at 2', 'tomorrow 8', 'tomorrow at 8', 'monday 8', 'friday 18', 'friday 24:00']) {
    const [found] = chrono.parse(words, now, { forwardDate: true });
    console.log(`${words}: ${found ? `"${found.text}" ${found.start.date().toISOString().slice(0, 16)}` : 'nothing'}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
tonight 2am: "tonight 2am" 2026-11-30T02:00
tonight at 2: "tonight at 2" 2026-11-30T14:00
tomorrow 8: "tomorrow" 2026-12-01T10:00
tomorrow at 8: "tomorrow at 8" 2026-12-01T08:00
monday 8: "monday" 2026-11-30T12:00
friday 18: "friday 18" 2026-12-04T18:00
friday 24:00: nothing
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
