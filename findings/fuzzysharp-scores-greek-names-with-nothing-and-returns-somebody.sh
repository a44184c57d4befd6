#!/usr/bin/env bash
# FuzzySharp 2.0.2: the same Greek or Cyrillic name compared with itself scores 0, and the best of a list is then anybody.
#
# Process.ExtractOne and the preprocessing of PreprocessMode.Full keep a to z, A to Z and digits and make blanks of all
# else. Two Greek names are both empty; the one that is returned for "Γιώργος" is another person, with a score of 0. Umlauts
# are blanks, so that "Zo M ller" is the better match for "Zoë Müller". Without it letters count, but "dana" and "DANA"
# share nothing. A person picked by the best match, without a look at the score, is the wrong one.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package FuzzySharp@2.0.2
#:property PublishAot=false
using FuzzySharp;
using FuzzySharp.PreProcess;

foreach (var (one, other) in new[] { ("Γιώργος Παππάς", "Γιώργος Παππάς"), ("Zoë Müller", "Zo M ller"), ("Zoë Müller", "Zoe Mueller"), ("dana", "DANA") })
    Console.WriteLine($"{one} and {other}: Full {Fuzz.Ratio(one, other, PreprocessMode.Full)}, without {Fuzz.Ratio(one, other)}");
foreach (var name in new[] { "Γιώργος", "Dana" })
{
    var best = Process.ExtractOne(name, ["Μαρία Νικολάου", "Γιώργος Παππάς", "Dana Lee"]);
    Console.WriteLine($"best match for {name}: {best.Value}, score {best.Score}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
Γιώργος Παππάς and Γιώργος Παππάς: Full 0, without 100
Zoë Müller and Zo M ller: Full 95, without 84
Zoë Müller and Zoe Mueller: Full 76, without 76
dana and DANA: Full 100, without 0
best match for Γιώργος: Μαρία Νικολάου, score 0
best match for Dana: Dana Lee, score 90
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
