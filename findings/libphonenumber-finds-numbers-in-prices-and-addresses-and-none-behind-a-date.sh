#!/usr/bin/env bash
# libphonenumber-js 1.13.16 and libphonenumber-csharp 9.0.43: in the text of a ticket, prices and parts of links and of mail
# addresses are found as telephone numbers, and a real number behind a date, or two with a hyphen between them, are not.
#
# FindNumbers and findPhoneNumbersInText look for digits that could be a valid number of the country, Greece here. "€
# 2.101.234.567" and the name in a mail address are numbers in Athens. "30/11/2026 2101234567", a date and a number to call,
# holds none. Only the word beside a number tells, and neither library looks at it.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export npm_config_cache="$scratch/cache" NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
npm install --silent --no-audit --no-fund libphonenumber-js@1.13.16 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { findPhoneNumbersInText } from 'libphonenumber-js/max';

for (const line of readFileSync('lines.txt', 'utf8').trim().split('\n'))
    console.log(`libphonenumber-js, ${line}: ${findPhoneNumbersInText(line, 'GR').map(found => found.number.number).join(', ') || 'none'}`);
JAVASCRIPT
cat >finding.cs <<'CSHARP'
#:package libphonenumber-csharp@9.0.43
#:property PublishAot=false
using PhoneNumbers;

var numbers = PhoneNumberUtil.GetInstance();
foreach (var line in File.ReadLines("lines.txt"))
{
    var found = string.Join(", ", numbers.FindNumbers(line, "GR").Select(match => numbers.Format(match.Number, PhoneNumberFormat.E164)));
    Console.WriteLine($"libphonenumber-csharp, {line}: {(found.Length > 0 ? found : "none")}");
}
CSHARP
cat >lines.txt <<'LINES'
Call 210 123 4567 or 697 123 4567
Damage of € 2.101.234.567
Written by 2101234567@example.com
See https://example.com/2101234567
30/11/2026 2101234567
Call 2101234567-6971234567
LINES
seen=$(node finding.mjs; dotnet run finding.cs)
expected=$(cat <<'SEEN'
libphonenumber-js, Call 210 123 4567 or 697 123 4567: +302101234567, +306971234567
libphonenumber-js, Damage of € 2.101.234.567: +302101234567
libphonenumber-js, Written by 2101234567@example.com: +302101234567
libphonenumber-js, See https://example.com/2101234567: +302101234567
libphonenumber-js, 30/11/2026 2101234567: none
libphonenumber-js, Call 2101234567-6971234567: none
libphonenumber-csharp, Call 210 123 4567 or 697 123 4567: +302101234567, +306971234567
libphonenumber-csharp, Damage of € 2.101.234.567: +302101234567
libphonenumber-csharp, Written by 2101234567@example.com: +302101234567
libphonenumber-csharp, See https://example.com/2101234567: +302101234567
libphonenumber-csharp, 30/11/2026 2101234567: none
libphonenumber-csharp, Call 2101234567-6971234567: none
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
