#!/usr/bin/env bash
# Nagios 4.4.6 (Debian 12): a time period "22:00-06:00" passes its check of the configuration without a warning and holds
# neither the night nor the day.
#
# Who is on call in that period is told nothing, at 23 h as little as at noon. The two halves, "00:00-06:00,22:00-24:00",
# are understood.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")"/{debian,nagios}.mjs "$scratch"
cd "$scratch"
cat >finding.mjs <<'JAVASCRIPT'
import { told } from './nagios.mjs';

for (const hour of [23, 12]) {
    // A zone in which it is that hour now; POSIX counts westwards.
    const east = (hour - new Date().getUTCHours() + 24) % 24;
    const { verdict, lines } = await told({
        periods: { always_on_call: '00:00-24:00', night_in_one: '22:00-06:00', night_in_two: '00:00-06:00,22:00-24:00' },
        words: 'stuck', line: '$CONTACTNAME$', timeZone: `XXX-${east}`,
    });
    console.log(`${verdict}; told at ${hour} h: ${lines.join(', ')}`);
}
process.exit();
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
0 warnings, 0 errors; told at 23 h: always_on_call, night_in_two
0 warnings, 0 errors; told at 12 h: always_on_call
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
