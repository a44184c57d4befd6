#!/usr/bin/env bash
# Humanizer 3.0.10: "an hour from now" is said of 60 to 119 minutes, and Humanize() of a text takes hyphens, brackets and
# apostrophes out.
#
# Times are cut, not rounded: a shift that ends in an hour and 59 minutes "ends an hour from now", a call 23 hours and 59
# minutes ago was "23 hours ago". A duration of 90 minutes is "1 hour" unless a precision is given. "INC-1042" is "INC
# 1042", which no search finds, "Lift 3 (A)" is "Lift 3 a", "O'Hara" is "O hara": the method is for names in code and is
# called like one for texts.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Humanizer.Core@3.0.10
#:property PublishAot=false
#:property InvariantGlobalization=true
using Humanizer;

var now = new DateTime(2026, 11, 30, 9, 0, 0, DateTimeKind.Utc);
foreach (var minutes in new[] { 60, 119, 120, 1439 })
    Console.WriteLine($"{minutes} minutes: {now.AddMinutes(minutes).Humanize(dateToCompareAgainst: now)}, {now.AddMinutes(-minutes).Humanize(dateToCompareAgainst: now)}, " +
        $"{TimeSpan.FromMinutes(minutes).Humanize()}, {TimeSpan.FromMinutes(minutes).Humanize(precision: 2)}");
foreach (var text in new[] { "INC-1042", "Lift 3 (A)", "O'Hara", "Elena Papadaki-Lee" })
    Console.WriteLine($"{text}: {text.Humanize()}");
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
60 minutes: an hour from now, an hour ago, 1 hour, 1 hour
119 minutes: an hour from now, an hour ago, 1 hour, 1 hour, 59 minutes
120 minutes: 2 hours from now, 2 hours ago, 2 hours, 2 hours
1439 minutes: 23 hours from now, 23 hours ago, 23 hours, 23 hours, 59 minutes
INC-1042: INC 1042
Lift 3 (A): Lift 3 a
O'Hara: O hara
Elena Papadaki-Lee: Elena Papadaki Lee
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
