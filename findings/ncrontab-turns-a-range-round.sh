#!/usr/bin/env bash
# NCrontab 3.4.0: a range that ends before it begins is turned round without a word: a night becomes a day.
#
# "0 22-6 * * *" means 22:00 to 06:00 for Cronos 0.13.0, and 06:00 to 22:00 here. "MON-SUN" is Sunday and Monday, because
# Sunday is 0 and the ends are put in order; "FRI-MON" is Monday to Friday. Written with 7 for Sunday it is refused. A rota
# moved from one library to the other calls the wrong people at the wrong hours.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package NCrontab@3.4.0
#:package Cronos@0.13.0
#:property PublishAot=false
using Cronos;
using NCrontab;

var monday = new DateTime(2026, 11, 30, 0, 0, 0, DateTimeKind.Utc);
Show("0 22-6 * * *", 1, moment => $"{moment:HH}");
Show("0 9 * * MON-SUN", 7, moment => $"{moment:ddd}");
Show("0 9 * * FRI-MON", 7, moment => $"{moment:ddd}");

void Show(string rota, int days, Func<DateTime, string> write)
{
    var end = monday.AddDays(days);
    Console.WriteLine($"{rota}");
    Console.WriteLine($"  NCrontab: {string.Join(' ', CrontabSchedule.Parse(rota).GetNextOccurrences(monday.AddTicks(-1), end).Select(write))}");
    Console.WriteLine($"  Cronos:   {string.Join(' ', CronExpression.Parse(rota).GetOccurrences(monday, end).Select(write))}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
0 22-6 * * *
  NCrontab: 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22
  Cronos:   00 01 02 03 04 05 06 22 23
0 9 * * MON-SUN
  NCrontab: Mon Sun
  Cronos:   Mon Tue Wed Thu Fri Sat Sun
0 9 * * FRI-MON
  NCrontab: Mon Tue Wed Thu Fri
  Cronos:   Mon Fri Sat Sun
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
