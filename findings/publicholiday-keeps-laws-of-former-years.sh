#!/usr/bin/env bash
# PublicHoliday 3.17.0: for three countries the days of 2026 are those of former laws.
#
# Brazil lacks 20 November, national since 2024 (law 14.759/2023). Kazakhstan keeps 1 December and lacks 25 October: a law
# of September 2022 took the one away and brought the other back. Japan lacks 22 September 2026, free because it stands
# between two holidays (Act on National Holidays, article 3). Nothing in the library says for which year's law its rules
# were made, so the table of each country that is used must be checked.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package PublicHoliday@3.17.0
using PublicHoliday;

foreach (var (country, holidays, days) in new (string, PublicHolidayBase, string[])[]
{
    ("Brazil", new BrazilPublicHoliday(), ["2026-11-15", "2026-11-20"]),
    ("Kazakhstan", new KazakhstanPublicHoliday(), ["2026-10-25", "2026-12-01", "2026-12-16"]),
    ("Japan", new JapanPublicHoliday(), ["2026-09-21", "2026-09-22", "2026-09-23"]),
})
    Console.WriteLine($"{country}: {string.Join(", ", days.Select(day => $"{day} {(holidays.IsPublicHoliday(DateTime.Parse(day)) ? "holiday" : "working day")}"))}");
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
Brazil: 2026-11-15 holiday, 2026-11-20 working day
Kazakhstan: 2026-10-25 working day, 2026-12-01 holiday, 2026-12-16 holiday
Japan: 2026-09-21 holiday, 2026-09-22 working day, 2026-09-23 holiday
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
