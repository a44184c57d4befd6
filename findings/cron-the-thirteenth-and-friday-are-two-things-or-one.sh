#!/usr/bin/env bash
# Cronos 0.13.0, NCrontab 3.4.0, Quartz 4.7.3, cron-parser 5.10.5: a day of the month and a weekday in one rota are joined by
# "and" in two of them and by "or" in the others, and the same number is another weekday in one.
#
# "The 13th, Friday" is one day in 2027 for Cronos and NCrontab, every 13th and every Friday for cron-parser, and every 13th
# and every Thursday for Quartz, which counts from Sunday as 1.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Cronos@0.13.0
#:package NCrontab@3.4.0
#:package Quartz@4.7.3
#:property PublishAot=false
using Cronos;
using NCrontab;

var from = new DateTime(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc);
var end = from.AddYears(1);
Show("Cronos", CronExpression.Parse("0 9 13 * 5").GetOccurrences(from, end));
Show("NCrontab", CrontabSchedule.Parse("0 9 13 * 5").GetNextOccurrences(from, end));
Show("Quartz", All(new Quartz.CronExpression("0 0 9 13 * 5", TimeZoneInfo.Utc)));

void Show(string name, IEnumerable<DateTime> days) => Console.WriteLine($"{name}: {string.Join(", ", days.Take(4).Select(day => $"{day:ddd d MMM yyyy}"))}");

IEnumerable<DateTime> All(Quartz.CronExpression rota)
{
    for (DateTimeOffset? next = rota.GetNextValidTimeAfter(from); next < end; next = rota.GetNextValidTimeAfter(next.Value))
        yield return next.Value.UtcDateTime;
}
CSHARP
seen=$(dotnet run finding.cs)
export npm_config_cache="$scratch/cache"
npm install --silent --no-audit --no-fund cron-parser@5.10.5 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { CronExpressionParser } from 'cron-parser';

const rota = CronExpressionParser.parse('0 9 13 * 5', { tz: 'UTC', currentDate: '2026-12-01T00:00:00Z' });
const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
console.log(`cron-parser: ${Array.from({ length: 4 }, () => format.format(rota.next().toDate()).replace(',', '')).join(', ')}`);
JAVASCRIPT
seen="$seen
$(node finding.mjs)"
expected=$(cat <<'SEEN'
Cronos: Fri 13 Aug 2027
NCrontab: Fri 13 Aug 2027
Quartz: Thu 3 Dec 2026, Thu 10 Dec 2026, Sun 13 Dec 2026, Thu 17 Dec 2026
cron-parser: Fri 4 Dec 2026, Fri 11 Dec 2026, Sun 13 Dec 2026, Fri 18 Dec 2026
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
