#!/usr/bin/env bash
# YamlDotNet 18.1.0 with unquoted type deserialization: a telephone number loses its plus, and types vary by value.
#
# The option turns +306971234567 into a number, so the sign that makes it international is gone; 012 becomes 12 (not
# octal), 1.10 becomes 1.1, each with the smallest type that fits (Byte, Single, Int64); 1_000 and yes stay text. With
# string as the target type every spelling stays as written.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
using System.Globalization;
using YamlDotNet.Serialization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Yaml = "phone: +306971234567\nextension: 012\nversion: 1.10\ncount: 1_000\nanswer: yes\n";
var guessed = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<Dictionary<string, object>>(Yaml);
var typed = new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>(Yaml);
foreach (var (key, value) in guessed)
    Console.WriteLine($"{key}: {value} {value.GetType().Name}, as a string {typed[key]}");
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
phone: 306971234567 Int64, as a string +306971234567
extension: 12 Byte, as a string 012
version: 1.1 Single, as a string 1.10
count: 1_000 String, as a string 1_000
answer: yes String, as a string yes
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
