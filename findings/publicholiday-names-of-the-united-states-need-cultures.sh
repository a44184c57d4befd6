#!/usr/bin/env bash
# PublicHoliday 3.17.0: PublicHolidayNames of the United States throws where cultures are off (InvariantGlobalization).
#
# The names of USAPublicHoliday are made by the type Holiday, whose static constructor asks for the culture "en". A process
# with InvariantGlobalization, as small containers have it, knows no culture but one, and gets a TypeInitializationException,
# now and at every later call. The same object answers whether a day is a holiday without trouble, and most other countries
# have their names without that type.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package PublicHoliday@3.17.0
#:property InvariantGlobalization=true
using PublicHoliday;

foreach (var (country, holidays) in new (string, PublicHolidayBase)[] { ("United States", new USAPublicHoliday()), ("Greece", new GreecePublicHoliday()) })
{
    Console.WriteLine($"{country}: 25 December is {(holidays.IsPublicHoliday(new(2026, 12, 25)) ? "a holiday" : "a working day")}");
    try
    {
        Console.WriteLine($"{country}: {holidays.PublicHolidayNames(2026).Count} names");
    }
    catch (Exception failed)
    {
        Console.WriteLine($"{country}: {failed.GetType().Name}");
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
United States: 25 December is a holiday
United States: TypeInitializationException
Greece: 25 December is a holiday
Greece: 12 names
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
