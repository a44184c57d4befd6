#!/usr/bin/env bash
# Microsoft.Extensions.Http.Resilience 10.11.0: a Retry-After longer than the total timeout makes one try and then an exception.
#
# The standard handler waits for as long as the server says. If that is longer than TotalRequestTimeout (30 s), the
# caller gets neither the 429 nor its Retry-After, but TimeoutRejectedException after 30 s in which nothing was sent.
# A short Retry-After is obeyed, and after the last try the caller gets the 429 itself.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package Microsoft.Extensions.Http.Resilience@10.11.0
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

await Show("2");
await Show("60");

static async Task Show(string retryAfter)
{
    var clock = new FakeTimeProvider();
    var server = new Throttling(retryAfter);
    var services = new ServiceCollection().AddSingleton<TimeProvider>(clock);
    services.AddHttpClient("client").ConfigurePrimaryHttpMessageHandler(() => server).AddStandardResilienceHandler();
    await using var provider = services.BuildServiceProvider();
    var begun = clock.GetUtcNow();
    var asking = provider.GetRequiredService<IHttpClientFactory>().CreateClient("client").GetAsync("http://localhost/");
    while (!asking.IsCompleted)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(5);
    }
    var end = asking.IsFaulted ? asking.Exception!.InnerException!.GetType().Name : ((int)(await asking).StatusCode).ToString();
    Console.WriteLine($"Retry-After {retryAfter}: {server.Asked} tries, then {end}, {(clock.GetUtcNow() - begun < TimeSpan.FromSeconds(25) ? "within 25 s" : "after 25 s")}");
}

sealed class Throttling(string retryAfter) : HttpMessageHandler
{
    public int Asked;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        Asked++;
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        answer.Headers.Add("Retry-After", retryAfter);
        return Task.FromResult(answer);
    }
}
CSHARP
seen=$(dotnet run finding.cs)
expected=$(cat <<'SEEN'
Retry-After 2: 4 tries, then 429, within 25 s
Retry-After 60: 1 tries, then TimeoutRejectedException, after 25 s
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 29 November 2026:\n%s\n' "$expected"
exit 1
