using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Lets cards of open dispatches wait, so that a card that says how a dispatch ended can be drawn at once. Slack accepts about 50 updates a
/// minute in a workspace, of all cards together. The more dispatches end, the fewer updates are left for those that go on. It counts for
/// one process. Safe for concurrent use.
/// </summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.update: tier 3.</remarks>
internal sealed class DrawingPace(IOptions<SlackOptions> options, TimeProvider clock)
{
    /// <summary>For this long a drawing counts.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    // Slack's 50, less some for lost answers and for other clocks.
    const int MostAtAll = 46;
    const int LeastWhileOpen = 5;
    const int ManyInstallations = 1000;

    sealed class Drawings
    {
        public readonly Queue<DateTimeOffset> Open = [];
        public readonly Queue<DateTimeOffset> Final = [];

        public bool IsIdle => Open.Count + Final.Count == 0;

        public void Clean(DateTimeOffset now)
        {
            foreach (var drawn in (Queue<DateTimeOffset>[])[Open, Final])
                while (drawn.TryPeek(out var first) && first + Within <= now)
                    drawn.Dequeue();
        }
    }

    readonly Lock gate = new();
    readonly Dictionary<string, Drawings> installations = [];

    /// <summary>
    /// Asks to draw a card now. Returns null if it may be drawn, which then counts; otherwise how long to wait before asking again.
    /// </summary>
    /// <param name="installation">The workspace, whose cards count together.</param>
    /// <param name="isFinal">Whether the card says how its dispatch ended: such a card never waits here.</param>
    public TimeSpan? NotYet(string installation, bool isFinal)
    {
        if (options.Value.MessagesPerSecondPerChannel <= 0)
            return null;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var drawn = Of(installation, now);
            if (isFinal)
            {
                drawn.Final.Enqueue(now);
                return null;
            }
            // As many dispatches will end in the next minute as in the last one, and may end at the same time.
            var most = Math.Max(LeastWhileOpen, MostAtAll - (2 * drawn.Final.Count));
            if (drawn.Open.Count < most)
            {
                drawn.Open.Enqueue(now);
                return null;
            }
            return drawn.Open.ElementAt(drawn.Open.Count - most) + Within - now;
        }
    }

    Drawings Of(string installation, DateTimeOffset now)
    {
        if (installations.Count > ManyInstallations)
            foreach (var (other, drawings) in installations)
            {
                drawings.Clean(now);
                if (drawings.IsIdle)
                    installations.Remove(other);
            }
        if (!installations.TryGetValue(installation, out var drawn))
            installations.Add(installation, drawn = new());
        drawn.Clean(now);
        return drawn;
    }
}
