#!/usr/bin/env bash
# Microsoft.AspNetCore.OpenApi 10.0.15 (.NET 10): every parameter of a record is "required", each number is "integer or
# string", and an enum is an integer without its names, while the server takes a body without any of them.
#
# A client generated from the description refuses what the server accepts, and gets a union of text and number for
# "attempts". The reasons are the web defaults: numbers may be read from strings, and a constructor's parameter counts as
# required only here, not for the reader. A TimeSpan is a string with a pattern and no format.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.OpenApi@10.0.15
#:property PublishAot=false
using System.Text.Json.Nodes;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddOpenApi();
var app = builder.Build();
app.MapOpenApi();
app.MapPost("/calls", (Call call) => call);
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
var schemas = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!["components"]!["schemas"]!;
Console.WriteLine($"required: {schemas["Call"]!["required"]!.ToJsonString()}");
foreach (var (name, schema) in schemas["Call"]!["properties"]!.AsObject())
    Console.WriteLine($"{name}: {schema!["type"]?.ToJsonString() ?? schema.ToJsonString()}");
Console.WriteLine($"Urgency: {schemas["Urgency"]!.ToJsonString()}");
using var answer = await client.PostAsJsonAsync("/calls", new JsonObject { ["attempts"] = "3" });
Console.WriteLine($"{{\"attempts\":\"3\"}}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
await app.StopAsync();

internal enum Urgency { Low, High }

internal sealed record Call(string Phone, int Attempts, TimeSpan Wait, Urgency Urgency, string? Note);
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
required: ["phone","attempts","wait","urgency","note"]
phone: "string"
attempts: ["integer","string"]
wait: "string"
urgency: {"$ref":"#/components/schemas/Urgency"}
note: ["null","string"]
Urgency: {"type":"integer"}
{"attempts":"3"}: 200 {"phone":null,"attempts":3,"wait":"00:00:00","urgency":0,"note":null}
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
