using System.Diagnostics;
using BotDispatch.Benchmarks.Chats;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>Dispatches in Slack whose first call waits in its queue: until the chat hangs, or for good.</summary>
internal sealed class HeldCalls(PretendWorld world, PretendSlackApi slack)
{
    const int InFlight = 16;

    static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Begins the dispatches; how long that took.</summary>
    public async Task<WebhookOutcome> OpenAsync(OpenStage stage)
    {
        var begin = Stopwatch.GetTimestamp();
        world.Held ??= new();
        var before = world.Held.Count;
        await StartAsync(stage.Host, stage.From, stage.Count, stage.InFlight);
        for (var waited = 0; world.Held.Count < before + stage.Count && waited < 600; waited++)
            await Task.Delay(100);
        var count = world.Held.Count - before;
        return new(count, Stopwatch.GetElapsedTime(begin).TotalSeconds, new(count, 0, 0, 0));
    }

    /// <summary>
    /// Begins dispatches, lets the chat hang, and lets their phones ring: nobody's answer on the phone may wait for the chat. At the end
    /// every acceptance must be in its thread and on its card.
    /// </summary>
    public async Task<DispatchOutcome> HangAsync(HangStage stage)
    {
        world.Ring = TimeSpan.Zero;
        var held = world.Held = new();
        var ids = await StartAsync(stage.Host, 1, stage.Count, InFlight);
        for (var waited = 0; held.Count < stage.Count && waited < 300; waited++)
            await Task.Delay(100);
        world.Held = null;
        await Task.Delay(2000);

        var timings = world.Restart();
        var begin = Stopwatch.GetTimestamp();
        var hanging = slack.HangAsync(TimeSpan.FromSeconds(stage.Hang));
        var number = 0;
        foreach (var call in held)
        {
            var wait = TimeSpan.FromSeconds(number++ / stage.PerSecond) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            _ = PretendRoutee.RunAsync(call);
        }
        var journeys = ids.Select(world.Journey).ToList();
        await EndAsync(journeys, journey => journey.Called);
        // What is measured is what happened while the chat hung.
        var (seconds, measured) = (Stopwatch.GetElapsedTime(begin).TotalSeconds, timings.Summed());
        await hanging;
        var failed = await EndAsync(journeys, journey => journey.Over);
        foreach (var id in ids)
            world.Forget(id);
        return new(ids.Count - failed, ids.Count - failed, failed, seconds, journeys.Average(each => each.Posts),
            journeys.Average(each => each.Draws), journeys.Average(each => each.Webhooks), journeys.Average(each => each.Calls), measured);
    }

    async Task<List<string>> StartAsync(Uri host, int from, int count, int inFlight)
    {
        var (next, ids) = (from - 1, new List<string>());
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var mine && mine < from + count)
            {
                var id = (await slack.StartAsync(host, $"HELD-{mine}"))!;
                lock (ids)
                    ids.Add(id);
            }
        }));
        return ids;
    }

    // How many are not done in time.
    static async Task<int> EndAsync(List<Journey> journeys, Func<Journey, Task> end)
    {
        await Task.WhenAll(journeys.Select(end)).WaitAsync(Longest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return journeys.Count(each => !end(each).IsCompletedSuccessfully);
    }
}
