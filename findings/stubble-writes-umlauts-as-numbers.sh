#!/usr/bin/env bash
# Stubble.Core 1.10.8 and Fluid.Core 2.41.1: escaping for HTML writes letters with accents as numbers, "&#214;" for Ö, which
# mustache.js and LiquidJS leave as they are.
#
# All letters of Latin-1 beyond ASCII are written so, but neither Greek ones nor "Ł". In HTML it is the same; in a text for
# Slack, whose markup knows three escapes only, in an SMS or in speech the reader gets "&#214;lstand". Handlebars.Net 2.4.3
# leaves letters and writes an equals sign as "&#x3D;", as handlebars.js does.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Stubble.Core@1.10.8
#:package Fluid.Core@2.41.1
#:package Handlebars.Net@2.4.3
#:property PublishAot=false
using Fluid;
using HandlebarsDotNet;
using Stubble.Core.Builders;

var data = new Dictionary<string, object> { ["fault"] = "Ölstand, Dana's <pump> = 5, Αθήνα, Łódź" };
Console.WriteLine($"Stubble: {new StubbleBuilder().Build().Render("{{fault}}", data)}");
Console.WriteLine($"Fluid: {new FluidParser().Parse("{{ fault | escape }}").Render(new TemplateContext(data))}");
Console.WriteLine($"Handlebars.Net: {Handlebars.Compile("{{fault}}")(data)}");
CSHARP
export npm_config_cache="$scratch/cache"
npm install --silent --no-audit --no-fund mustache@4.2.0 liquidjs@10.30.1 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Liquid } from 'liquidjs';
import Mustache from 'mustache';

const data = { fault: "Ölstand, Dana's <pump> = 5, Αθήνα, Łódź" };
console.log(`mustache.js: ${Mustache.render('{{fault}}', data)}`);
console.log(`LiquidJS: ${new Liquid().parseAndRenderSync('{{ fault | escape }}', data)}`);
JAVASCRIPT
seen=$(dotnet run finding.cs; node finding.mjs)
expected=$(cat <<'SEEN'
Stubble: &#214;lstand, Dana&#39;s &lt;pump&gt; = 5, Αθήνα, Ł&#243;dź
Fluid: &#214;lstand, Dana&#39;s &lt;pump&gt; = 5, Αθήνα, Ł&#243;dź
Handlebars.Net: Ölstand, Dana&#x27;s &lt;pump&gt; &#x3D; 5, Αθήνα, Łódź
mustache.js: Ölstand, Dana&#39;s &lt;pump&gt; &#x3D; 5, Αθήνα, Łódź
LiquidJS: Ölstand, Dana&#39;s &lt;pump&gt; = 5, Αθήνα, Łódź
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
