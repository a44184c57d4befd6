#!/usr/bin/env bash
# Microsoft.Extensions.Http.Resilience 10.11.0: the standard handler repeats a POST as it repeats a GET.
#
# A server that answers 500 after it has done what was asked, as one does whose own backend was slow, gets the same POST
# four times: with an API that places calls, four calls. The same holds for an answer later than ten seconds
# (AttemptTimeout). Most clients and proxies repeat only what is safe to repeat; here that must be said
# (DisableForUnsafeHttpMethods).
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Microsoft.Extensions.Http.Resilience@10.11.0
#:property PublishAot=false
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

foreach (var (words, safeOnly) in new[] { ("standard", false), ("with DisableForUnsafeHttpMethods", true) })
foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
{
    var server = new Server();
    var services = new ServiceCollection();
    services.AddHttpClient("calls").ConfigurePrimaryHttpMessageHandler(() => server).AddStandardResilienceHandler(options =>
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        if (safeOnly) options.Retry.DisableForUnsafeHttpMethods();
    });
    using var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("calls");
    using var answer = await client.SendAsync(new(method, "http://calls.example/calls"));
    Console.WriteLine($"{words}: one {method} answered {(int)answer.StatusCode} arrived {server.Requests} times");
}

internal sealed class Server : HttpMessageHandler
{
    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
standard: one GET answered 500 arrived 4 times
standard: one POST answered 500 arrived 4 times
with DisableForUnsafeHttpMethods: one GET answered 500 arrived 4 times
with DisableForUnsafeHttpMethods: one POST answered 500 arrived 1 times
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
