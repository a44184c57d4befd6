#!/usr/bin/env bash
# Ical.Net 5.2.4 and NodaTime: naming one package more moves Vancouver by an hour.
#
# Ical.Net by itself brings NodaTime 3.2.2 with the time zone database 2025b, which ends summer time in Vancouver,
# Edmonton and Casablanca in winter 2026. With NodaTime 3.3.7 named beside it (2026f), the same instant is an hour later
# in the first two and an hour earlier in the third. Nothing warns of the older data.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >rest.cs <<'CSHARP'
using NodaTime;

Console.WriteLine(DateTimeZoneProviders.Tzdb.VersionId.Split(' ')[1]);
foreach (var zone in new[] { "America/Vancouver", "America/Edmonton", "Africa/Casablanca", "Europe/Berlin" })
    Console.WriteLine($"  {zone} {Instant.FromUtc(2026, 12, 15, 12, 0).InZone(DateTimeZoneProviders.Tzdb[zone]).TimeOfDay:HH:mm}");
CSHARP
{ echo '#:package Ical.Net@5.2.4'; cat rest.cs; } >alone.cs
{ echo '#:package NodaTime@3.3.7'; cat alone.cs; } >named.cs
rm rest.cs
seen=$(dotnet run alone.cs; dotnet run named.cs)
expected=$(cat <<'SEEN'
2025b
  America/Vancouver 04:00
  America/Edmonton 05:00
  Africa/Casablanca 13:00
  Europe/Berlin 13:00
2026f
  America/Vancouver 05:00
  America/Edmonton 06:00
  Africa/Casablanca 12:00
  Europe/Berlin 13:00
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
