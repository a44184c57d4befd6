using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Lets cards of open dispatches wait, so that a card that says how a dispatch ended can be drawn at once. Slack accepts about 50 updates a
/// minute in a workspace, of all cards together. The more dispatches end, the fewer updates are left for those that go on. It counts for
/// one process. Cards that wait are drawn in the order of asking, each at a moment of its own. Safe for concurrent use.
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
    const int MostWaiters = 1000;

    // A card that does not come in time loses its place: it may be up to date.
    static readonly TimeSpan Lapse = TimeSpan.FromSeconds(5);

    sealed class Drawings
    {
        public readonly List<DateTimeOffset> Open = [];
        public readonly List<DateTimeOffset> Final = [];
        public readonly List<(string Card, DateTimeOffset Turn)> Waiting = [];

        public bool IsIdle => Open.Count + Final.Count + Waiting.Count == 0;

        public void Clean(DateTimeOffset now)
        {
            Open.RemoveAll(drawn => drawn + Within <= now);
            Final.RemoveAll(drawn => drawn + Within <= now);
            Waiting.RemoveAll(each => each.Turn + Lapse < now);
        }

        // When a card with this many waiting cards ahead may be drawn, if each of those is drawn as soon as it can be.
        public DateTimeOffset TurnOf(int place, int most, DateTimeOffset now)
        {
            List<DateTimeOffset> drawn = [.. Open];
            while (true)
            {
                var next = drawn.Count < most || drawn[^most] + Within <= now ? now : drawn[^most] + Within;
                if (place-- == 0)
                    return next;
                drawn.Add(next);
            }
        }
    }

    readonly Lock gate = new();
    readonly Dictionary<string, Drawings> installations = [];

    /// <summary>
    /// Asks to draw a card now. Returns null if it may be drawn, which then counts; otherwise how long to wait before asking again, in
    /// whole milliseconds, because that is what timers and stored moments count in.
    /// </summary>
    /// <param name="installation">The workspace, whose cards count together.</param>
    /// <param name="card">Names the card, the same each time.</param>
    /// <param name="isFinal">Whether the card says how its dispatch ended: such a card never waits here.</param>
    public TimeSpan? NotYet(string installation, string card, bool isFinal)
    {
        if (options.Value.MessagesPerSecondPerChannel <= 0)
            return null;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var drawn = Of(installation, now);
            var place = drawn.Waiting.FindIndex(each => each.Card == card) is >= 0 and var known ? known : drawn.Waiting.Count;
            // As many dispatches will end in the next minute as in the last one, and may end at the same time.
            var most = Math.Max(LeastWhileOpen, MostAtAll - (2 * drawn.Final.Count));
            var turn = isFinal ? now : drawn.TurnOf(place, most, now);
            if (turn > now)
            {
                if (place < drawn.Waiting.Count)
                    drawn.Waiting[place] = (card, turn);
                else if (place < MostWaiters)
                    drawn.Waiting.Add((card, turn));
                return TimeSpan.FromMilliseconds(Math.Ceiling((turn - now).TotalMilliseconds));
            }
            if (place < drawn.Waiting.Count)
                drawn.Waiting.RemoveAt(place);
            (isFinal ? drawn.Final : drawn.Open).Add(now);
            return null;
        }
    }

    Drawings Of(string installation, DateTimeOffset now)
    {
        if (!installations.TryGetValue(installation, out var drawn))
        {
            if (installations.Count > ManyInstallations)
                foreach (var (other, drawings) in installations)
                {
                    drawings.Clean(now);
                    if (drawings.IsIdle)
                        installations.Remove(other);
                }
            installations.Add(installation, drawn = new());
        }
        drawn.Clean(now);
        return drawn;
    }
}
