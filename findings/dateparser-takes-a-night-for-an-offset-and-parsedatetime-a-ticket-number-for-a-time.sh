#!/usr/bin/env bash
# dateparser 1.1.6 and parsedatetime 2.6 (Debian 12) reading what people type about shifts on a Tuesday at 15:00: "22:00-06:00" is
# 22:00 six hours behind Greenwich for the first, and "INC-1042 tomorrow" is tomorrow at 10:42 for the second.
#
# To dateparser, "1830" is the year, "the 3rd" and "monday 8" are months, and "tonight" is nothing; to parsedatetime, "tomorrow 8"
# is 09:00, "day after tomorrow" is tomorrow, and "in 1,5 hours" is in five. It says by a number what it has understood, and the
# number is the same for these as for what is right.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/debian.mjs" "$scratch"
cd "$scratch"
cat >finding.py <<'PYTHON'
from datetime import datetime
import dateparser
import parsedatetime

now = datetime(2026, 12, 1, 15, 0)
settings = {'RELATIVE_BASE': now, 'PREFER_DATES_FROM': 'future'}
for words in ['22:00-06:00', '1830', 'the 3rd', 'monday 8', 'tonight', 'tomorrow 8', 'day after tomorrow', 'in 1,5 hours', 'in 1.5 hours', 'INC-1042 tomorrow']:
    moment, understood = parsedatetime.Calendar().parseDT(words, now)
    print(f'{words}: dateparser {dateparser.parse(words, languages=["en"], settings=settings)}; '
          f'parsedatetime {moment if understood else None} ({understood})')
PYTHON
cat >finding.mjs <<'JAVASCRIPT'
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'python3-dateparser=1.1.6-1', 'python3-parsedatetime=2.6-3', 'tzdata']);
process.stdout.write(run(['python3', '-W', 'ignore', '/tmp/finding.py'], { env: { TZ: 'UTC' } }));
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
22:00-06:00: dateparser 2026-12-02 22:00:00-06:00; parsedatetime 2026-12-01 06:00:00 (2)
1830: dateparser 1830-12-01 00:00:00; parsedatetime 2026-12-01 18:30:00 (2)
the 3rd: dateparser 2027-03-01 00:00:00; parsedatetime None (0)
monday 8: dateparser 2027-08-01 00:00:00; parsedatetime 2026-12-07 15:00:00 (1)
tonight: dateparser None; parsedatetime 2026-12-01 21:00:00 (2)
tomorrow 8: dateparser 2026-12-02 15:00:00; parsedatetime 2026-12-02 09:00:00 (1)
day after tomorrow: dateparser 2026-12-03 15:00:00; parsedatetime 2026-12-02 09:00:00 (1)
in 1,5 hours: dateparser 2026-12-01 16:30:00; parsedatetime 2026-12-01 20:00:00 (2)
in 1.5 hours: dateparser 2026-12-01 16:30:00; parsedatetime 2026-12-01 16:30:00 (2)
INC-1042 tomorrow: dateparser None; parsedatetime 2026-12-02 10:42:00 (3)
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
