#!/usr/bin/env bash
# fuse.js 7.5.0 and match-sorter 8.3.0 looking for somebody in a list: for "smith john", Fuse puts Jon Smith before John
# Smith, and match-sorter finds nobody.
#
# Fuse takes the query for one run of characters, so the order of the words counts: "berg anna" is Annabel Bergman before
# Anna Berg. A stranger comes too ("garcia" finds Schmidt). match-sorter wants the query's characters in their order. It
# takes accents off Latin letters and not off Greek ones: a Greek name typed without its accent is nobody, and so is
# O'Neil with another apostrophe.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund fuse.js@7.5.0 match-sorter@8.3.0 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import Fuse from 'fuse.js';
import { matchSorter } from 'match-sorter';

const people = ['John Smith', 'Jon Smith', 'Anna Berg', 'Annabel Bergman', 'José García', 'Maria Schmidt',
    'Νίκος Παπαδόπουλος', 'Eli O’Neil'];
const ways = {
    'fuse.js': query => new Fuse(people).search(query).map(found => found.item),
    'match-sorter': query => matchSorter(people, query),
};
for (const query of ['smith john', 'john smith', 'berg anna', 'garcia', 'Παπαδόπουλος', 'Παπαδοπουλος', "O'Neil"]) {
    console.log(`${query}:`);
    for (const [name, find] of Object.entries(ways)) console.log(`  ${name}: ${find(query).join(', ') || 'nobody'}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
smith john:
  fuse.js: Jon Smith, John Smith, Eli O’Neil
  match-sorter: nobody
john smith:
  fuse.js: John Smith, Jon Smith
  match-sorter: John Smith
berg anna:
  fuse.js: Annabel Bergman, Anna Berg
  match-sorter: nobody
garcia:
  fuse.js: José García, Maria Schmidt
  match-sorter: José García
Παπαδόπουλος:
  fuse.js: Νίκος Παπαδόπουλος
  match-sorter: Νίκος Παπαδόπουλος
Παπαδοπουλος:
  fuse.js: Νίκος Παπαδόπουλος
  match-sorter: nobody
O'Neil:
  fuse.js: Eli O’Neil
  match-sorter: nobody
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
