#!/usr/bin/env bash
# libphonenumber-csharp 9.0.43: IsPossibleNumber is true for numbers that cannot be dialled from elsewhere.
#
# A number without its area code is "possible", and is formatted as E.164 although nobody can be called by it: +1 253
# 2222 lacks three digits. So is the emergency number 112 behind a country's code. Only IsPossibleNumberWithReason tells
# them apart (IS_POSSIBLE_LOCAL_ONLY). Other countries' numbers without an area code are too short.
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
foreach (var (written, region) in new[] { ("253-2222", "US"), ("8123 4567", "MX"), ("112", "DE"), ("1234567", "BR"), ("999", "GB") })
{
    var number = numbers.Parse(written, region);
    Console.WriteLine($"{region} {written} = {numbers.Format(number, PhoneNumberFormat.E164)}, possible: {numbers.IsPossibleNumber(number)}, {numbers.IsPossibleNumberWithReason(number)}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
US 253-2222 = +12532222, possible: True, IS_POSSIBLE_LOCAL_ONLY
MX 8123 4567 = +5281234567, possible: True, IS_POSSIBLE_LOCAL_ONLY
DE 112 = +49112, possible: True, IS_POSSIBLE_LOCAL_ONLY
BR 1234567 = +551234567, possible: False, TOO_SHORT
GB 999 = +44999, possible: False, TOO_SHORT
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
