#!/usr/bin/env bash
# Microsoft.Extensions.Hosting 9.0.23, 10.0.15 and 11.0.0: what a BackgroundService does before its first await, and what becomes of an
# exception, is different in each of them.
#
# Until 9 the part before the first await ran inside the start: the services behind it waited, and an exception there failed the start.
# 10 runs all of it on another thread, so the next services start meanwhile, the start succeeds, and RunAsync returns as if somebody had
# stopped the program: it ends with 0, and a supervisor that restarts what failed leaves it down. In 11 the start succeeds too, but
# RunAsync and WaitForShutdownAsync throw the exception after the stop.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
for version in 9.0.23 10.0.15 11.0.0; do
    mkdir "$version"
    { echo "#:package Microsoft.Extensions.Hosting@$version"; cat; } >"$version/finding.cs" <<'CSHARP'
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var first = Host.CreateEmptyApplicationBuilder(null);
first.Services.AddSingleton<Gate>().AddHostedService<Waiting>().AddHostedService<Next>();
using (var host = first.Build())
{
    await host.StartAsync();
    var saw = await host.Services.GetRequiredService<Gate>().Saw.Task;
    Console.WriteLine($"before its first await, the next service {(saw ? "had started" : "waited")}");
    await host.StopAsync();
}

var second = Host.CreateEmptyApplicationBuilder(null);
second.Services.AddHostedService<Failing>();
using (var host = second.Build())
{
    await Say("StartAsync", host.StartAsync);
    await Say("WaitForShutdownAsync", host.WaitForShutdownAsync);
}

var third = Host.CreateEmptyApplicationBuilder(null);
third.Services.AddHostedService<FailingLater>();
using (var host = third.Build())
    await Say("RunAsync of one that fails after an await", host.RunAsync);

static async Task Say(string name, Func<CancellationToken, Task> run)
{
    // A host whose start has failed is never shut down.
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
    try
    {
        await run(patience.Token);
        Console.WriteLine($"{name}: returned{(patience.IsCancellationRequested ? " when it was told to" : "")}");
    }
    catch (InvalidOperationException failed)
    {
        Console.WriteLine($"{name}: threw \"{failed.Message}\"");
    }
}

sealed class Gate
{
    public ManualResetEventSlim Started { get; } = new();
    public TaskCompletionSource<bool> Saw { get; } = new();
}

sealed class Waiting(Gate gate) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Saw.SetResult(gate.Started.Wait(3000));
        return Task.CompletedTask;
    }
}

sealed class Next(Gate gate) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        gate.Started.Set();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

sealed class Failing : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("no settings");
}

sealed class FailingLater : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        throw new InvalidOperationException("no settings");
    }
}
CSHARP
done
seen=$(for version in 9.0.23 10.0.15 11.0.0; do
    echo "$version"
    (cd "$version" && dotnet run finding.cs)
done)
expected=$(cat <<'SEEN'
9.0.23
before its first await, the next service waited
StartAsync: threw "no settings"
WaitForShutdownAsync: returned when it was told to
RunAsync of one that fails after an await: returned
10.0.15
before its first await, the next service had started
StartAsync: returned
WaitForShutdownAsync: returned
RunAsync of one that fails after an await: returned
11.0.0
before its first await, the next service had started
StartAsync: returned
WaitForShutdownAsync: threw "no settings"
RunAsync of one that fails after an await: threw "no settings"
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 1 December 2026:\n%s\n' "$expected"
exit 1
