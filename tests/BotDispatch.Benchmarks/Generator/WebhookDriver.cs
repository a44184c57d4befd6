using System.Diagnostics;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>Sends status webhooks and nothing else.</summary>
internal sealed class WebhookDriver(PretendWorld world, DispatchDriver dispatches)
{
    const string Measure = "status webhook";

    /// <summary>The same webhook again and again.</summary>
    public async Task<WebhookOutcome> RepeatAsync(WebhookStage stage)
    {
        var body = Wire.Status(Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), "+447700900001", "Ringing");
        var timings = world.Restart();
        var begin = Stopwatch.GetTimestamp();
        bool IsOver() => Stopwatch.GetElapsedTime(begin).TotalSeconds >= stage.Seconds;
        async Task OneAsync()
        {
            var sent = Stopwatch.GetTimestamp();
            await world.Wire.PostAsync(stage.Address, Wire.Json, body);
            timings.Add(Measure, sent);
        }

        if (stage.PerSecond > 0)
        {
            var under = new List<Task>();
            for (var number = 0; !IsOver(); number++)
            {
                var wait = TimeSpan.FromSeconds(number / stage.PerSecond) - Stopwatch.GetElapsedTime(begin);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait);
                under.Add(OneAsync());
            }
            await Task.WhenAll(under);
        }
        else
        {
            await Task.WhenAll(Enumerable.Range(0, stage.InFlight).Select(async _ =>
            {
                while (!IsOver())
                    await OneAsync();
            }));
        }
        return Sum(timings, begin);
    }

    /// <summary>Begins dispatches whose phones say nothing, then lets all of them be reported as queued and initiated. They go no further: nothing can be measured after it.</summary>
    public async Task<WebhookOutcome> HeldAsync(HeldStage stage)
    {
        var held = world.Held = new();
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, stage.InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref number) is var next && next <= stage.Calls)
                await dispatches.StartAsync(stage.Host, $"HELD-{next}");
        }));
        for (var waited = 0; held.Count < stage.Calls && waited < 300; waited++)
            await Task.Delay(100);
        world.Held = null;
        await Task.Delay(1000);

        var calls = held.ToArray();
        var timings = world.Restart();
        var begin = Stopwatch.GetTimestamp();
        foreach (var status in (string[])["Queued", "Initiated"])
            await AllAsync(calls, stage.InFlight, call => call.StatusAsync(status));
        return Sum(timings, begin);
    }

    static async Task AllAsync(PretendCall[] calls, int inFlight, Func<PretendCall, Task> act)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var mine && mine < calls.Length)
                await act(calls[mine]);
        }));
    }

    static WebhookOutcome Sum(Timings timings, long begin)
    {
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var took = timings.Summed().GetValueOrDefault(Measure) ?? new(0, 0, 0, 0);
        return new(took.Count, seconds, took);
    }
}
