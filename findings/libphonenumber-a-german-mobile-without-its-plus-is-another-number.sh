#!/usr/bin/env bash
# libphonenumber-csharp 9.0.43: whether a number that lost its plus is understood depends on the country.
#
# Spreadsheets drop the plus. A Greek, Italian, French or British mobile is still read as the international number it
# is. A German one is not: its digits happen to be a possible number inside Germany, so it becomes a valid number in a
# German town, and somebody else is phoned.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package libphonenumber-csharp@9.0.43
using PhoneNumbers;

var numbers = PhoneNumberUtil.GetInstance();
foreach (var (written, region) in new[] { ("306971234567", "GR"), ("393331234567", "IT"), ("33612345678", "FR"), ("4915112345678", "DE") })
{
    var number = numbers.Parse(written, region);
    Console.WriteLine($"{written} in {region} = {numbers.Format(number, PhoneNumberFormat.E164)}, {numbers.GetNumberType(number)}, valid: {numbers.IsValidNumber(number)}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
306971234567 in GR = +306971234567, MOBILE, valid: True
393331234567 in IT = +393331234567, MOBILE, valid: True
33612345678 in FR = +33612345678, MOBILE, valid: True
4915112345678 in DE = +494915112345678, FIXED_LINE, valid: True
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
