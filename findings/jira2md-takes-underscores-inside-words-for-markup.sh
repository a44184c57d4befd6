#!/usr/bin/env bash
# jira2md 3.0.1: underscores inside a name become emphasis, and so do stars inside a block that is not to be formatted.
#
# In Jira "pump_2_alarm" is that name, and {noformat} shows what is inside as written. Here the name becomes "pump*2*alarm"
# and what was between stars in {noformat} gets two more. A named person, [~dana], becomes "<~dana>", which readers of Markdown
# pass on as HTML or drop. So names of hosts, files and people come out as others.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund jira2md@3.0.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import jira2md from 'jira2md';

for (const text of ['pump_2_alarm', '{noformat}rm *.log and *.tmp{noformat}', 'ask [~dana]', '*now*, _please_'])
    console.log(`${text} -> ${jira2md.to_markdown(text)}`);
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
pump_2_alarm -> pump*2*alarm
{noformat}rm *.log and *.tmp{noformat} -> ```rm **.log and **.tmp```
ask [~dana] -> ask <~dana>
*now*, _please_ -> **now**, *please*
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
