#!/usr/bin/env bash
# humanparser 2.7.0 and parse-full-name 1.2.7 reading names as a directory shows them: Mike Ma has no last name, "Ann Lee,
# Facilities" has the first name Facilities, and Sam Esquire and Pat Md have no first name.
#
# What looks like a degree or a rank is taken from the name, although nothing but the first name would be left. With a comma,
# humanparser takes what follows for the first name, so a greeting says "Hello Facilities". parse-full-name puts a single name
# into "last", so that a greeting by first name is empty for Ann. None of this is an error.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund humanparser@2.7.0 parse-full-name@1.2.7 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import humanparser from 'humanparser';
import { parseFullName } from 'parse-full-name';

for (const name of ['Mike Ma', 'Pat Md', 'Dr Sam Esquire', 'Ann Lee, Facilities', 'Ann Lee (Lifts)', 'Prof. Dr. Eva Kern', 'Ann']) {
    const one = humanparser.parseName(name);
    const other = parseFullName(name);
    console.log(`${name}: humanparser first "${one.firstName ?? ''}", last "${one.lastName ?? ''}", suffix "${one.suffix ?? ''}"; `
        + `parse-full-name first "${other.first}", last "${other.last}", suffix "${other.suffix}"`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
Mike Ma: humanparser first "Mike", last "", suffix "Ma"; parse-full-name first "Mike", last "Ma", suffix ""
Pat Md: humanparser first "Pat", last "", suffix "Md"; parse-full-name first "", last "Pat", suffix "Md"
Dr Sam Esquire: humanparser first "Sam", last "Esquire", suffix ""; parse-full-name first "", last "Sam", suffix "Esquire"
Ann Lee, Facilities: humanparser first "Facilities", last "Ann Lee", suffix ""; parse-full-name first "Ann", last "Lee", suffix "Facilities"
Ann Lee (Lifts): humanparser first "Ann", last "(Lifts)", suffix ""; parse-full-name first "Ann", last "Lee", suffix ""
Prof. Dr. Eva Kern: humanparser first "Dr.", last "Kern", suffix ""; parse-full-name first "Eva", last "Kern", suffix ""
Ann: humanparser first "Ann", last "", suffix ""; parse-full-name first "", last "Ann", suffix ""
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
