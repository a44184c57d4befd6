#!/usr/bin/env bash
# Handlebars.Net 2.4.3, Fluid.Core 2.41.1 and Stubble.Core 1.10.8 given what System.Text.Json read from a webhook: in
# Handlebars.Net {{#if muted}} holds for "muted": false, and Fluid and Stubble write nothing where values stand, without
# an error.
#
# false and 0 are true to Handlebars.Net in a JsonNode, since the node is there; in a JsonElement they are not. Fluid knows the
# members of a JsonNode and not those of a JsonElement, which is what a Dictionary<string, object> holds too; Stubble
# knows neither. "true" is "True" in Handlebars.Net but for a JsonNode, and in Stubble. With .NET's own values all three
# are right, so a test of a template with such values does not show it.
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
using System.Text.Json;
using System.Text.Json.Nodes;
using Fluid;
using HandlebarsDotNet;
using Stubble.Core.Builders;

const string Json = """{"ticket":{"id":1042,"open":true,"muted":false,"people":0}}""";
const string Handlebar = "{{ticket.id}} {{ticket.open}} {{#if ticket.muted}}muted{{/if}} {{#if ticket.people}}people{{/if}}";
const string Mustache = "{{ticket.id}} {{ticket.open}} {{#ticket.muted}}muted{{/ticket.muted}} {{#ticket.people}}people{{/ticket.people}}";
const string Liquid = "{{ticket.id}} {{ticket.open}} {% if ticket.muted %}muted{% endif %} {% if ticket.people > 0 %}people{% endif %}";

Show("JsonElement", JsonSerializer.Deserialize<JsonElement>(Json).GetProperty("ticket"));
Show("JsonNode", JsonNode.Parse(Json)!["ticket"]!);
Show("Dictionary", JsonSerializer.Deserialize<Dictionary<string, object>>(Json)!["ticket"]);
Show("Dictionary of .NET values", new Dictionary<string, object> { ["id"] = 1042, ["open"] = true, ["muted"] = false, ["people"] = 0 });

void Show(string name, object ticket)
{
    var data = new Dictionary<string, object> { ["ticket"] = ticket };
    Console.WriteLine($"{name}:");
    Console.WriteLine($"  Handlebars.Net: [{Handlebars.Compile(Handlebar)(data)}]");
    Console.WriteLine($"  Stubble: [{new StubbleBuilder().Build().Render(Mustache, data)}]");
    Console.WriteLine($"  Fluid: [{new FluidParser().Parse(Liquid).Render(new TemplateContext(data))}]");
}
CSHARP
seen=$(dotnet run finding.cs 2>/dev/null)
expected=$(cat <<'SEEN'
JsonElement:
  Handlebars.Net: [1042 True  ]
  Stubble: [   ]
  Fluid: [   ]
JsonNode:
  Handlebars.Net: [1042 true muted people]
  Stubble: [   ]
  Fluid: [1042 true  ]
Dictionary:
  Handlebars.Net: [1042 True  ]
  Stubble: [   ]
  Fluid: [   ]
Dictionary of .NET values:
  Handlebars.Net: [1042 True  ]
  Stubble: [1042 True  ]
  Fluid: [1042 true  ]
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
