#!/usr/bin/env bash
# yaml 2.9.1, js-yaml 5.5.0, PyYAML 6.0 and Ruby 3.1's Psych (Debian 12): an unquoted 22:00 in a schedule is text, 1320 or
# 79200.
#
# YAML 1.1 counts numbers with colons to the base of 60. PyYAML makes minutes of 22:00 and of 8:30, and leaves 08:30 as
# text, so in one schedule some times are numbers. Psych counts hours as 3600, so 22:00 is 79200, and 08:30 as well. The two
# others follow YAML 1.2 and leave text; "yaml" told to read version 1.1 agrees with neither, as 08:30 is 510. Quoted, it is
# text for all.
set -euo pipefail
home=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund js-yaml@5.5.0 yaml@2.9.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { parse } from 'yaml';

const text = readFileSync('schedule.yml', 'utf8');
for (const [name, read] of [['yaml', parse], ['yaml, version 1.1', written => parse(written, { version: '1.1' })], ['js-yaml', load]])
    console.log(`${name}: ${JSON.stringify(read(text).map(shift => shift.from))}`);
JAVASCRIPT
cp "$home/debian.mjs" .
cat >others.mjs <<'JAVASCRIPT'
import { run, unpack } from './debian.mjs';

unpack(['coreutils', 'dash', 'python3-yaml=6.0-3+b2', 'ruby3.1=3.1.7+really3.1.2-0+deb12u1']);
console.log(`PyYAML: ${run(['python3', '-c', 'import json, yaml; print(json.dumps([shift["from"] for shift in yaml.safe_load(open("schedule.yml"))]))']).trim()}`);
console.log(`Psych: ${run(['ruby3.1', '-ryaml', '-rjson', '-e', 'puts YAML.load(File.read("schedule.yml")).map { |shift| shift["from"] }.to_json']).trim()}`);
JAVASCRIPT
printf -- '- from: %s\n' 08:30 8:30 22:00 '"22:00"' >schedule.yml
seen=$(node finding.mjs; node others.mjs)
expected=$(cat <<'SEEN'
yaml: ["08:30","8:30","22:00","22:00"]
yaml, version 1.1: [510,510,1320,"22:00"]
js-yaml: ["08:30","8:30","22:00","22:00"]
PyYAML: ["08:30", 510, 1320, "22:00"]
Psych: [30600,30600,79200,"22:00"]
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
