using System.Collections.Concurrent;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>What the pretend telephone and the pretend chat share: the journeys under way, and what is being measured.</summary>
internal sealed class PretendWorld : IDisposable
{
    readonly ConcurrentDictionary<string, Journey> journeys = new();
    volatile Timings timings = new();

    public Wire Wire { get; } = new();

    public Timings Timings => timings;

    /// <summary>Calls wait after their order until they are let go, so that webhooks can be sent alone.</summary>
    public ConcurrentQueue<PretendCall>? Held { get; set; }

    /// <summary>How long a phone rings before its call ends or is answered.</summary>
    public TimeSpan Ring { get; set; }

    /// <summary>The first news of a dispatch, from its callbacks or from the chat, makes the journey.</summary>
    public Journey Journey(string dispatch) => journeys.GetOrAdd(dispatch, static _ => new());

    public void Forget(string dispatch) => journeys.TryRemove(dispatch, out _);

    /// <summary>Measuring begins anew.</summary>
    public Timings Restart() => timings = new();

    public void Dispose() => Wire.Dispose();
}
