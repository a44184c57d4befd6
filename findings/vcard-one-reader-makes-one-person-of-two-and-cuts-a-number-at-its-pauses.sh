#!/usr/bin/env bash
# vcard-parser 1.0.0, vcf 2.1.2 and ical.js 2.2.1 reading the same cards: to vcard-parser two people are one person with two
# numbers, and a number with pauses (",,") is a list.
#
# It reads all cards of a file into one, so whoever is called first is called for both. It cuts "+30 210 1234567,,12#", a
# number and an extension to be dialled behind it, at the commas. vcf gives a list of people and the number as it is, but
# leaves the backslashes of an escaped comma in texts, and takes no file whose lines end with a line feed alone: it cuts
# the version out at fixed places. ical.js unescapes the comma and not the semicolon of a card of version 3. All three keep
# "tel:" and ";ext=12" of version 4 beside the number, vcard-parser as a list again.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund vcard-parser@1.0.0 vcf@2.1.2 ical.js@2.2.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import ICAL from 'ical.js';
import vcardParser from 'vcard-parser';
import VCard from 'vcf';

const card = (name, ...lines) => ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `N:${name};;;;`, ...lines, 'END:VCARD', ''].join('\r\n');
const names = ['fn', 'tel', 'note'];
const person = values => Object.fromEntries(names.map(name => [name, values(name)]).filter(([, found]) => found?.length));
const readers = {
    'vcard-parser': text => {
        const read = vcardParser.parse(text);
        return [person(name => read[name]?.map(each => each.value))];
    },
    vcf: text => VCard.parse(text).map(read => person(name => [read.get(name) ?? []].flat().map(each => each.valueOf()))),
    'ical.js': text => {
        const read = ICAL.parse(text);
        return (Array.isArray(read[0]) ? read : [read]).map(each => new ICAL.Component(each))
            .map(each => person(name => each.getAllProperties(name).map(property => property.getFirstValue())));
    },
};
function show(name, text) {
    console.log(`${name}:`);
    for (const [reader, read] of Object.entries(readers)) {
        let result;
        try { result = JSON.stringify(read(text)); } catch (error) { result = `raises "${error.message}"`; }
        console.log(`  ${reader}: ${result}`);
    }
}

show('two people', card('Dana', 'TEL;TYPE=CELL:+306912345678') + card('Eli', 'TEL;TYPE=CELL:+306912345679'));
show('pauses', card('Dana', 'TEL;TYPE=WORK:+30 210 1234567,,12#'));
show('escapes', card('Dana', 'NOTE:nights\\, not Mondays\\; ring twice'));
show('version 4', card('Dana', 'TEL;VALUE=uri:tel:+30-210-1234567;ext=12').replace('3.0', '4.0'));
show('line feeds', card('Dana', 'TEL;TYPE=CELL:+306912345678').replaceAll('\r', ''));
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
two people:
  vcard-parser: [{"fn":["Dana","Eli"],"tel":["+306912345678","+306912345679"]}]
  vcf: [{"fn":["Dana"],"tel":["+306912345678"]},{"fn":["Eli"],"tel":["+306912345679"]}]
  ical.js: [{"fn":["Dana"],"tel":["+306912345678"]},{"fn":["Eli"],"tel":["+306912345679"]}]
pauses:
  vcard-parser: [{"fn":["Dana"],"tel":[["+30 210 1234567","","12#"]]}]
  vcf: [{"fn":["Dana"],"tel":["+30 210 1234567,,12#"]}]
  ical.js: [{"fn":["Dana"],"tel":["+30 210 1234567,,12#"]}]
escapes:
  vcard-parser: [{"fn":["Dana"],"note":["nights, not Mondays; ring twice"]}]
  vcf: [{"fn":["Dana"],"note":["nights\\, not Mondays\\; ring twice"]}]
  ical.js: [{"fn":["Dana"],"note":["nights, not Mondays\\; ring twice"]}]
version 4:
  vcard-parser: [{"fn":["Dana"],"tel":[["tel:+30-210-1234567","ext=12"]]}]
  vcf: [{"fn":["Dana"],"tel":["tel:+30-210-1234567;ext=12"]}]
  ical.js: [{"fn":["Dana"],"tel":["tel:+30-210-1234567;ext=12"]}]
line feeds:
  vcard-parser: [{"fn":["Dana"],"tel":["+306912345678"]}]
  vcf: raises "Unsupported version "ARD""
  ical.js: [{"fn":["Dana"],"tel":["+306912345678"]}]
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
