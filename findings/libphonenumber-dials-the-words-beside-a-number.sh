#!/usr/bin/env bash
# libphonenumber-csharp 9.0.43: words beside a number are dialled as keypad letters, and the result can be "valid".
#
# "App. 12" (German for an extension) is dialled as keypad letters, 277 12, at the end of the number; two letters as in
# "DW 12" are dropped and their digits joined on; so is a range ("/-12"). Each is another number, which IsValidNumber
# accepts. "ext. 12" is understood as an extension. So what stands beside a number must be judged before it is parsed.
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
foreach (var written in new[] { "030 23125", "030 23125 ext. 12", "030 23125 App. 12", "030 23125 DW 12", "030 23125/-12" })
{
    var number = numbers.Parse(written, "DE");
    Console.WriteLine($"{written} = {numbers.Format(number, PhoneNumberFormat.E164)}{(number.HasExtension ? $" extension {number.Extension}" : "")}, valid: {numbers.IsValidNumber(number)}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
030 23125 = +493023125, valid: True
030 23125 ext. 12 = +493023125 extension 12, valid: True
030 23125 App. 12 = +49302312527712, valid: True
030 23125 DW 12 = +49302312512, valid: True
030 23125/-12 = +49302312512, valid: True
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
