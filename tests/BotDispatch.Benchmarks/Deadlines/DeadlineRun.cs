using System.Collections.Concurrent;
using System.Diagnostics;
using BotDispatch.Benchmarks.Load;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Benchmarks.Deadlines;

/// <summary>
/// Many calls that nobody reports on, so that each ends by its deadline, and all of these fall into twenty seconds: how late do they pass?
/// The engine, its lanes and a SQLite file run in this process; the telephone and the chat answer at once.
/// </summary>
internal static class DeadlineRun
{
    const int BatchSize = 50;
    static readonly TimeSpan Within = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    public static Task<int> RunAsync(int count) => RunFolder.UseAsync("deadlines", async folder =>
    {
        var late = new ConcurrentDictionary<DispatchId, TimeSpan>();
        var clock = new OffsetClock();
        using var host = Build(folder, clock, late);
        await host.Services.GetRequiredService<Migrator>().MigrateAsync(default);
        await BeginAsync(host.Services, clock, count);
        await SettleAsync(host.Services);
        var open = await host.Services.GetRequiredService<DispatchEngine>().ListOpenAsync(default);
        var deadline = open.Min(Agenda.Deadline)!.Value;

        late.Clear();
        clock.RunFrom(deadline - Ahead);
        var (begin, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await host.StartAsync();
        while (late.Count < count && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(3))
            await Task.Delay(100);
        var took = Stopwatch.GetElapsedTime(begin);
        var sorted = late.Values.Order().ToArray();
        Console.WriteLine($"{sorted.Length} deadlines within {Within.TotalSeconds:0} s passed in {took.TotalSeconds:0.0} s: "
            + $"late by {sorted[sorted.Length / 2].TotalMilliseconds:0} ms (p50), "
            + $"{sorted[(int)(sorted.Length * 0.99)].TotalMilliseconds:0} ms (p99); "
            + $"{(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / count:0.00} ms of CPU each");
        await host.StopAsync();
    });

    static IHost Build(string folder, OffsetClock clock, ConcurrentDictionary<DispatchId, TimeSpan> late)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={Path.Combine(folder, "deadlines.db")}")]);
        builder.Services.AddSingleton(TimeProvider.System).AddKeyedSingleton<TimeProvider>("dispatch-clock", clock)
            .AddSingleton<IVoiceGateway, SilentPhone>().AddSingleton<IChatPlatform, QuickChat>()
            .AddSingleton<IMirrorPermission, NoMirrors>().AddSingleton<IThreadWords, ShortWords>()
            .AddSingleton(new CommitProbe(static _ => { }, batch =>
            {
                foreach (var work in batch)
                    if (work is InputWork { Input: DispatchInput.DeadlinePassed passed })
                        late.TryAdd(((InputWork)work).Dispatch, clock.GetUtcNow() - passed.Deadline);
            }))
            .AddStorage().AddDispatching();
        return builder.Build();
    }

    /// <summary>Begins the calls, some at a time.</summary>
    static async Task BeginAsync(IServiceProvider services, OffsetClock clock, int count)
    {
        var engine = services.GetRequiredService<DispatchEngine>();
        // Who does not answer is called again much later.
        var policy = new EscalationPolicy { RetryPause = TimeSpan.FromHours(1) };
        for (var n = 0; n < count; n += BatchSize)
        {
            clock.Stand(OffsetClock.Noon + (Within * n / count));
            await Task.WhenAll(Enumerable.Range(n, Math.Min(BatchSize, count - n)).Select(BeginOneAsync));
        }

        async Task BeginOneAsync(int n)
        {
            var plan = new DispatchPlan(
                DispatchId.From("bench", $"{n}"), new Ticket($"T-{n}", "Lift 2 is stuck"), null,
                [new Callee(new EmployeeId($"e{n}"), $"Person {n}", $"+4477{n:00000000}", "en-GB")], policy,
                new Person(QuickChat.Platform, "dana", "Dana"), new ChatChannel(QuickChat.Platform, "ops"));
            await engine.ApplyAsync(plan.Id, new DispatchInput.Start(plan), default);
            var attempt = new AttemptId(plan.Id, 0, 1);
            await engine.ApplyAsync(plan.Id, new DispatchInput.BeginCall(attempt, SilentPhone.Length), default);
            await engine.ApplyAsync(plan.Id, new DispatchInput.CallPlaced(attempt, $"t{n}"), default);
        }
    }

    /// <summary>Posts the cards. No call is looked up: what the records say would move its deadline.</summary>
    static async Task SettleAsync(IServiceProvider services)
    {
        await services.GetRequiredService<Database>().WriteAsync([new("DELETE FROM lanes WHERE lane = 'lookup'")], default);
        services.GetRequiredService<ILaneClaims>().Changed();
        var runner = services.GetRequiredService<LaneRunner>();
        while (await runner.StartDueAsync(default) > 0)
            await runner.FinishAsync();
    }

    /// <summary>A clock that stands where it is put, or runs from there.</summary>
    sealed class OffsetClock : TimeProvider
    {
        public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

        DateTimeOffset standing = Noon;
        long? runsSince;

        public void Stand(DateTimeOffset at) => standing = at;

        public void RunFrom(DateTimeOffset at) => (standing, runsSince) = (at, Stopwatch.GetTimestamp());

        public override DateTimeOffset GetUtcNow() => runsSince is { } since ? standing + Stopwatch.GetElapsedTime(since) : standing;
    }

    /// <summary>A telephone whose calls ring and are never reported on.</summary>
    sealed class SilentPhone : IVoiceGateway
    {
        public static readonly CallLength Length = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

        public CallLength LengthOf(DispatchPlan plan, Callee callee) => Length;

        public Task<LineDownReason?> PrepareAsync(CancellationToken ct) => Task.FromResult<LineDownReason?>(null);

        public TimeSpan? AskForTurn(AttemptId attempt) => null;

        public bool IsWaitingForTurn(DispatchId dispatch) => false;

        public void LeaveTurn(AttemptId attempt)
        {
        }

        public Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct) =>
            Task.FromResult<PlacedCall>(new PlacedCall.Placed(attempt.ToString()));

        public Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct) => Task.FromResult<EndedLeg>(new EndedLeg.Done());

        public Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct) =>
            Task.FromResult<LookedUpCall>(new LookedUpCall.Found(new LegReport(LegStatus.Ringing, "m" + leg.Attempt), null));
    }

    /// <summary>A chat that takes everything at once.</summary>
    sealed class NoMirrors : IMirrorPermission
    {
        public bool IsAllowed(ChatChannel place) => false;
    }

    sealed class ShortWords : IThreadWords
    {
        public ThreadUpdate Update(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events) => Summary(state, fromSeq);

        public ThreadUpdate Summary(DispatchState state, long seq) => new($"{state.Plan.Id}-{seq}", [new(Tone.Plain, "x")], false);
    }

    sealed class QuickChat : IChatPlatform
    {
        public const string Platform = "quick";

        public string Name => Platform;

        public Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct) => Done;

        public Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct) => Done;

        public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct) => Done;

        static Task<Posted> Done => Task.FromResult<Posted>(new Posted.Done("m"));
    }
}
