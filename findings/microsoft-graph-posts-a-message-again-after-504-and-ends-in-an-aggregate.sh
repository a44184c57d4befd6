#!/usr/bin/env bash
# Microsoft.Graph 6.10.0 (.NET): a chat message whose POST is answered 503 or 504 is posted again, a list whose GET is answered 500
# is not read again, and a server that stays busy ends in an AggregateException.
#
# 504 says that a gateway did not wait: the message may stand in the chat already, and the second try makes another one. Code
# that catches ApiException, as every other refusal is, misses the AggregateException after 429.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Graph@6.10.0
#:property PublishAot=false
#:property NoWarn=NU1603
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;
using ChatMessage = Microsoft.Graph.Models.ChatMessage;
using ItemBody = Microsoft.Graph.Models.ItemBody;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var server = builder.Build();
var (asked, refusals, status) = (0, 0, 200);
server.Run(async context =>
{
    asked++;
    context.Response.StatusCode = refusals-- > 0 ? status : 200;
    if (context.Response.StatusCode != 200)
    {
        context.Response.Headers.RetryAfter = "0";
        return;
    }
    context.Response.ContentType = "application/json";
    await context.Response.WriteAsync(context.Request.Method == "GET" ? """{"value":[]}""" : """{"id":"1"}""");
});
await server.StartAsync();
var graph = new GraphServiceClient(new AnonymousAuthenticationProvider(), server.Urls.Single() + "/v1.0");

await TryAsync("POST of a message, once 503", 503, 1, PostAsync);
await TryAsync("POST of a message, once 504", 504, 1, PostAsync);
await TryAsync("GET of a list, once 500", 500, 1, () => graph.Users.GetAsync());
await TryAsync("GET of a list, always 429", 429, 100, () => graph.Users.GetAsync());

Task PostAsync() => graph.Chats["19:one@thread.v2"].Messages.PostAsync(new ChatMessage { Body = new ItemBody { Content = "Ann accepted" } });

async Task TryAsync(string name, int refusal, int times, Func<Task> call)
{
    (asked, refusals, status) = (0, times, refusal);
    var end = "done";
    try
    {
        await call();
    }
    catch (Exception error)
    {
        end = error.GetType().Name;
    }
    Console.WriteLine($"{name}: sent {asked} times, {end}");
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
POST of a message, once 503: sent 2 times, done
POST of a message, once 504: sent 2 times, done
GET of a list, once 500: sent 1 times, ApiException
GET of a list, always 429: sent 4 times, AggregateException
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
