using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Benchmarks.Host;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>Types commands, sends dialogs, and waits for what becomes of them.</summary>
internal sealed class DispatchDriver(PretendWorld world, Func<Uri, string, Task<string?>>? start = null)
{
    /// <summary>So many tickets lie in the file; one is used again when its dispatch is over.</summary>
    public const int Tickets = 2048;

    static readonly BenchDoorsJson Doors = BenchDoorsJson.Default;
    static readonly string[] Roster = ["load.1", "load.2", "load.3"];

    readonly ConcurrentQueue<string> tickets = new(Enumerable.Range(1, Tickets).Select(number => $"LOAD-{number}"));
    int deliveries;

    /// <summary>Runs a stage to its end.</summary>
    public async Task<DispatchOutcome> RunAsync(DispatchStage stage)
    {
        var tally = new Tally();
        var timings = world.Restart();
        world.Ring = TimeSpan.FromSeconds(stage.Ring);
        var (begin, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        TimeSpan Left() => TimeSpan.FromSeconds(stage.Seconds) - Stopwatch.GetElapsedTime(begin);
        await (stage.InFlight > 0 ? Task.WhenAll(Enumerable.Range(0, stage.InFlight).Select(_ => InTurnAsync(stage, tally, Left))) : SteadilyAsync(stage, tally, Left));
        return tally.Sum(Math.Min(stage.Seconds, Stopwatch.GetElapsedTime(begin).TotalSeconds), timings, GC.GetTotalAllocatedBytes() - allocated);
    }

    /// <summary>Asks for one dispatch; its id, or null if it was refused.</summary>
    public async Task<string?> StartAsync(Uri host, string ticket)
    {
        var typed = new TypedCommand("dana", "operations", ticket, $"{Environment.ProcessId}-{Interlocked.Increment(ref deliveries)}");
        var shown = await AskAsync("command acknowledged", new(host, "bench/command"), typed, Doors.TypedCommand, Doors.ShownDialog);
        if (shown.Form.Length == 0)
            throw new InvalidOperationException(shown.Ticket);

        var sent = new SentDialog("dana", "operations", shown.Form, shown.Ticket, Roster);
        var started = await AskAsync("dialog acknowledged", new(host, "bench/dialog"), sent, Doors.SentDialog, Doors.StartedDispatch);
        return started.Dispatch.Length > 0 ? started.Dispatch : throw new InvalidOperationException(started.Because);
    }

    async Task<TAnswer> AskAsync<T, TAnswer>(string measure, Uri address, T asked, JsonTypeInfo<T> type, JsonTypeInfo<TAnswer> answerType)
    {
        var begin = Stopwatch.GetTimestamp();
        var answer = await world.Wire.PostAsync(address, Wire.Json, JsonSerializer.SerializeToUtf8Bytes(asked, type));
        world.Timings.Add(measure, begin);
        return answer.IsGood ? JsonSerializer.Deserialize(answer.Body, answerType)! : throw new InvalidOperationException($"{address.AbsolutePath}: {answer.Status}");
    }

    async Task InTurnAsync(DispatchStage stage, Tally tally, Func<TimeSpan> left)
    {
        while (left() > TimeSpan.Zero && tally.MayBegin(stage.Most))
            await JourneyAsync(stage, tally, left);
    }

    async Task SteadilyAsync(DispatchStage stage, Tally tally, Func<TimeSpan> left)
    {
        var begin = Stopwatch.GetTimestamp();
        var under = new List<Task>();
        for (var number = 0; left() > TimeSpan.Zero && tally.MayBegin(stage.Most); number++)
        {
            // By the clock and not by the answer: a driver that waits for the slow ones measures only the fast.
            var wait = TimeSpan.FromSeconds(number / stage.PerSecond) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            under.Add(JourneyAsync(stage, tally, left));
        }
        await Task.WhenAll(under);
    }

    async Task JourneyAsync(DispatchStage stage, Tally tally, Func<TimeSpan> left)
    {
        if (!tickets.TryDequeue(out var ticket))
        {
            tally.Fail("more dispatches under way than there are tickets");
            return;
        }
        try
        {
            var id = (await (start ?? StartAsync)(stage.Host, ticket))!;
            var journey = world.Journey(id);
            if (!await IsInTimeAsync(journey.Over, TimeSpan.FromSeconds(stage.Longest)))
            {
                tally.Fail($"{id} of {ticket} lacks {journey.Missing}");
                return;
            }
            tally.Finish(journey, inTime: left() > TimeSpan.Zero);
            world.Forget(id);
            tickets.Enqueue(ticket);
        }
        catch (Exception broken) when (broken is HttpRequestException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            tally.Fail(broken.Message);
        }
    }

    static async Task<bool> IsInTimeAsync(Task task, TimeSpan longest)
    {
        await task.WaitAsync(longest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    /// <summary>Counts what became of dispatches.</summary>
    sealed class Tally
    {
        readonly Lock gate = new();
        int begun, inTime, finished, failed;
        long posts, draws, webhooks, calls;

        public bool MayBegin(int most) => Interlocked.Increment(ref begun) <= most;

        public void Finish(Journey journey, bool inTime)
        {
            lock (gate)
            {
                finished++;
                this.inTime += inTime ? 1 : 0;
                (posts, draws, webhooks, calls) = (posts + journey.Posts, draws + journey.Draws, webhooks + journey.Webhooks, calls + journey.Calls);
            }
        }

        public void Fail(string because)
        {
            lock (gate)
                if (failed++ < 3)
                    Console.Error.WriteLine("dispatch: " + because);
        }

        public DispatchOutcome Sum(double seconds, Timings timings, long allocated)
        {
            lock (gate)
            {
                double Each(long count) => finished == 0 ? 0 : (double)count / finished;
                return new(inTime, finished, failed, seconds, Each(posts), Each(draws), Each(webhooks), Each(calls), timings.Summed(), allocated);
            }
        }
    }
}
