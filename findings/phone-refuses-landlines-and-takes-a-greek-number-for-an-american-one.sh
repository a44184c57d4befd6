#!/usr/bin/env bash
# phone 3.1.72 and validator 13.15.35: "phone" refuses the landline +302101234567, and the same number without its country is
# a valid one of the United States, "+12101234567".
#
# It takes mobile prefixes only, also of a number in full, and every number without a plus for American if no country is
# named. validateMobilePrefix: false takes landlines, and then the mobile "691..." is "+1691...". validator's
# isMobilePhone without a country asks whether it is a mobile number anywhere, so the Greek landline is one; with blanks the
# mobile number in full is none, though "(415) 555-2671" is. Both refuse an extension.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund phone@3.1.72 validator@13.15.35 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { phone } from 'phone';
import validator from 'validator';

const mobile = number => validator.isMobilePhone(number) ? 'mobile' : 'none';
for (const number of ['+306912345678', '+30 691 234 5678', '+302101234567', '6912345678', '2101234567', '(415) 555-2671',
    '+306912345678 ext 12']) {
    const [strict, wide] = [{}, { validateMobilePrefix: false }].map(options => phone(number, options).phoneNumber ?? 'none');
    console.log(`${number}: phone ${strict}, with validateMobilePrefix: false ${wide}, validator ${mobile(number)}`);
}
JAVASCRIPT
seen=$(node finding.mjs)
expected=$(cat <<'SEEN'
+306912345678: phone +306912345678, with validateMobilePrefix: false +306912345678, validator mobile
+30 691 234 5678: phone +306912345678, with validateMobilePrefix: false +306912345678, validator none
+302101234567: phone none, with validateMobilePrefix: false +302101234567, validator none
6912345678: phone none, with validateMobilePrefix: false +16912345678, validator mobile
2101234567: phone +12101234567, with validateMobilePrefix: false +12101234567, validator mobile
(415) 555-2671: phone +14155552671, with validateMobilePrefix: false +14155552671, validator mobile
+306912345678 ext 12: phone none, with validateMobilePrefix: false none, validator none
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
