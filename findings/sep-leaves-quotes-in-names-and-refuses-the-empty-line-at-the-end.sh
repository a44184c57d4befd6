#!/usr/bin/env bash
# Sep 0.17.1 with its defaults, reading a list of people: a quoted name keeps its quotes, doubled ones too, and an empty line is a
# row with too few columns, which raises.
#
# "Lee; Ann" is found under no name and greeted with quotes, until Unescape is set. Spreadsheets and editors write an empty line
# at the end; all rows before it have been read by then. Sylvan.Data.Csv 1.4.4 takes the quotes away and makes a person without
# a name of the empty line; its GetDateTime takes 22:00 for that hour of today.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Sep@0.17.1
#:package Sylvan.Data.Csv@1.4.4
#:property PublishAot=false
using nietras.SeparatedValues;
using Sylvan.Data.Csv;

const string people = "name;note\n\"Lee; Ann\";\"says \"\"no\"\" at night\"\nBob;\n\n";
Show("Sep", () => Sep.Reader().FromText(people));
Show("Sep with Unescape", () => Sep.Reader(options => options with { Unescape = true }).FromText(people));
using (var rows = CsvDataReader.Create(new StringReader(people)))
    while (rows.Read())
        Console.WriteLine($"Sylvan: {rows.GetString(0)} | {rows.GetString(1)}");
using (var rows = CsvDataReader.Create(new StringReader("from\n22:00\n")))
{
    rows.Read();
    Console.WriteLine($"Sylvan, 22:00 is today's: {rows.GetDateTime(0) == DateTime.Today.AddHours(22)}");
}

void Show(string name, Func<SepReader> open)
{
    try
    {
        using var rows = open();
        foreach (var row in rows)
            Console.WriteLine($"{name}: {row[0]} | {row[1]}");
    }
    catch (Exception error)
    {
        Console.WriteLine($"{name}: {error.GetType().Name}");
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
Sep: "Lee; Ann" | "says ""no"" at night"
Sep: Bob | 
Sep: InvalidDataException
Sep with Unescape: Lee; Ann | says "no" at night
Sep with Unescape: Bob | 
Sep with Unescape: InvalidDataException
Sylvan: Lee; Ann | says "no" at night
Sylvan: Bob | 
Sylvan:  | 
Sylvan, 22:00 is today's: True
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
