#!/usr/bin/env bash
# DotLiquid 2.3.260 and Fluid.Core 2.41.1: date: "%H:%M", Liquid's usual time of day, is "9:11" in November for the one and
# "09:00" for the other, and a time in UTC is the machine's time for the one only.
#
# DotLiquid takes the pattern for .NET's, in which %M alone is the number of the month; no error, and the result looks like
# a time. The Ruby patterns, which Liquid's documentation uses, must be switched on (UseRubyDateFormat).
# "2026-11-30T09:00:00Z" is 11:00 in Athens there, and 09:00 for Fluid. A template moved from one to the other tells another
# time of a fault.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package DotLiquid@2.3.260
#:package Fluid.Core@2.41.1
#:property PublishAot=false
using DotLiquid;
using Fluid;

Show("DotLiquid", text => Template.Parse(text).Render());
Show("Fluid", text => new FluidParser().Parse(text).Render());
Liquid.UseRubyDateFormat = true;
Show("DotLiquid with UseRubyDateFormat", text => Template.Parse(text).Render());

void Show(string name, Func<string, string> render)
{
    foreach (var time in new[] { "2026-11-30T09:00:00", "2026-11-30T09:00:00Z" })
        Console.WriteLine($"{name}, {time}: {render("{{ '" + time + "' | date: '%H:%M' }}")}");
}
CSHARP
seen=$(TZ=Europe/Athens dotnet run finding.cs)
expected=$(cat <<'SEEN'
DotLiquid, 2026-11-30T09:00:00: 9:11
DotLiquid, 2026-11-30T09:00:00Z: 11:11
Fluid, 2026-11-30T09:00:00: 09:00
Fluid, 2026-11-30T09:00:00Z: 09:00
DotLiquid with UseRubyDateFormat, 2026-11-30T09:00:00: 09:00
DotLiquid with UseRubyDateFormat, 2026-11-30T09:00:00Z: 11:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
