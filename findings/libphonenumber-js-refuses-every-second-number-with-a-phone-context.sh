#!/usr/bin/env bash
# libphonenumber-js 1.13.16: of the same address "tel:2101234567;phone-context=+30", asked again and again, every second one
# is no number.
#
# The check of the context is a regular expression with the flag g, which remembers where it stopped and begins there at
# the next test. So which of a directory's people have no telephone depends on the order of the list, and who is asked for
# twice appears and disappears. An address that begins with the country's code is always read. google-libphonenumber
# 3.2.47, which it was written after, reads all.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund libphonenumber-js@1.13.16 google-libphonenumber@3.2.47 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import google from 'google-libphonenumber';
import { parsePhoneNumberFromString } from 'libphonenumber-js';

const util = google.PhoneNumberUtil.getInstance();
const four = ['+30 2101234567', '+30 6912345678', '+49 30123456', '+49 15123456789'].map(number => number.split(' '))
    .map(([country, number]) => `tel:${number};phone-context=${country}`);
const show = (name, addresses, read) => console.log(`${name}: ${addresses.map(read).join(', ')}`);
const js = address => parsePhoneNumberFromString(address)?.number ?? 'none';

show('the same four times', four.map(() => four[0]), js);
show('four people', four, js);
show('the same four people behind another one', ['tel:2101234568;phone-context=+30', ...four], js);
show('without a context', four.map(() => 'tel:+302101234567'), js);
show('google-libphonenumber', four, address => util.format(util.parse(address), google.PhoneNumberFormat.E164));
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
the same four times: +302101234567, none, +302101234567, none
four people: +302101234567, none, +4930123456, none
the same four people behind another one: +302101234568, none, +306912345678, none, +4915123456789
without a context: +302101234567, +302101234567, +302101234567, +302101234567
google-libphonenumber: +302101234567, +306912345678, +4930123456, +4915123456789
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
