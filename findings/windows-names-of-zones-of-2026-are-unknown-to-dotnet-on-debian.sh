#!/usr/bin/env bash
# NodaTime 3.3.7 with .NET 10 on Debian 12: NodaTime names Windows time zones that .NET cannot find, and .NET says of one
# Windows zone in Mexico another place, an hour off.
#
# Vancouver, Edmonton and Winnipeg have Windows zones of their own since 2026. NodaTime's mapping (CLDR 49) gives these
# names; TimeZoneInfo, which asks ICU (72 in Debian 12), raises for them and gives the former ones. What one service writes
# into a calendar the other cannot read. "Mountain Standard Time (Mexico)" is Mazatlan for one, Chihuahua for the other.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package NodaTime@3.3.7
#:property PublishAot=false
using NodaTime;
using NodaTime.TimeZones;

var names = TzdbDateTimeZoneSource.Default;
foreach (var place in new[] { "America/Vancouver", "America/Edmonton", "America/Winnipeg", "Europe/Berlin" })
{
    var name = names.TzdbToWindowsIds[place];
    TimeZoneInfo.TryConvertIanaIdToWindowsId(place, out var other);
    Console.WriteLine($"{place}: {name}, {(TimeZoneInfo.TryFindSystemTimeZoneById(name, out _) ? "found" : "unknown to .NET")}; .NET: {other}");
}
const string Mexico = "Mountain Standard Time (Mexico)";
TimeZoneInfo.TryConvertWindowsIdToIanaId(Mexico, out var dotnet);
var noda = names.WindowsMapping.PrimaryMapping[Mexico];
var noon = Instant.FromUtc(2026, 12, 15, 12, 0);
Console.WriteLine($"{Mexico}: {Hour(noda)}; .NET: {Hour(dotnet!)}");

string Hour(string id) => $"{id} {noon.InZone(DateTimeZoneProviders.Tzdb[id]).TimeOfDay:HH:mm}";
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
America/Vancouver: British Columbia Standard Time, unknown to .NET; .NET: Pacific Standard Time
America/Edmonton: Alberta Standard Time, unknown to .NET; .NET: Mountain Standard Time
America/Winnipeg: Manitoba Standard Time, unknown to .NET; .NET: Central Standard Time
Europe/Berlin: W. Europe Standard Time, found; .NET: W. Europe Standard Time
Mountain Standard Time (Mexico): America/Mazatlan 05:00; .NET: America/Chihuahua 06:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
