#!/usr/bin/env bash
# LiquidJS 10.30.1 and Fluid.Core 2.41.1: the filter "date" shows 03:00 with the offset +02:00 in the server's time zone, on
# another day, in LiquidJS and as it was sent in Fluid.
#
# So the same template says 20:00 of the day before or 03:00 for one alert, and preserveTimezones makes LiquidJS keep the
# offset. A day without a time is the day before in LiquidJS west of Greenwich. A time that is an object and not a text is
# UTC in Fluid if no filter stands there. The text "1042" is a year in Fluid, and seconds since 1970 in LiquidJS. Half of
# five is 2.5 in LiquidJS and 2 in Fluid.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export npm_config_cache="$scratch/cache" TZ=America/New_York
cd "$scratch"
cat >template <<'LIQUID'
{%- assign form = "%d %H:%M" -%}
{{ "2026-11-30T03:00:00+02:00" | date: form }}; {{ "2026-11-30" | date: form }}; {{ "1042" | date: "%Y" }}; {{ 5 | divided_by: 2 }}
LIQUID
cat >finding.cs <<'CSHARP'
#:package Fluid.Core@2.41.1
#:property PublishAot=false
using Fluid;

Console.Write($"Fluid: {new FluidParser().Parse(File.ReadAllText("template")).Render(new TemplateContext())}");
var at = new Dictionary<string, object> { ["at"] = new DateTimeOffset(2026, 11, 30, 3, 0, 0, TimeSpan.FromHours(2)) };
Console.WriteLine($"Fluid, an object: {new FluidParser().Parse("{{ at }}; {{ at | date: '%d %H:%M' }}").Render(new TemplateContext(at))}");
CSHARP
npm install --silent --no-audit --no-fund liquidjs@10.30.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs';
import { Liquid } from 'liquidjs';

for (const options of [{}, { preserveTimezones: true }])
    console.log(`LiquidJS ${JSON.stringify(options)}: ${new Liquid(options).parseAndRenderSync(readFileSync('template', 'utf8')).trim()}`);
JAVASCRIPT
seen=$(dotnet run finding.cs; node finding.mjs)
expected=$(cat <<'SEEN'
Fluid: 30 03:00; 30 00:00; 1042; 2
Fluid, an object: 2026-11-30 01:00:00Z; 30 03:00
LiquidJS {}: 29 20:00; 29 19:00; 1969; 2.5
LiquidJS {"preserveTimezones":true}: 30 03:00; 29 19:00; 1969; 2.5
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
