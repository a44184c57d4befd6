namespace BotDispatch.PretendSlack;

/// <summary>How a call is spoilt.</summary>
public abstract record Spoil
{
    private Spoil() { }

    /// <summary>429, and nothing done; with the seconds to wait, or without a word of them.</summary>
    public sealed record Throttle(int? RetryAfter) : Spoil;

    /// <summary>The connection is cut, and nothing done.</summary>
    public sealed record LoseRequest : Spoil;

    /// <summary>It is done, and the connection cut instead of an answer.</summary>
    public sealed record LoseAnswer : Spoil;

    /// <summary>It is done, and answered with 500.</summary>
    public sealed record BreakAfter : Spoil;

    /// <summary>Nothing is done, and it is answered with 503.</summary>
    public sealed record BreakBefore : Spoil;

    /// <summary>Nothing is done, and it is answered with 200 and a page for people.</summary>
    public sealed record Page : Spoil;

    /// <summary>It is done at once, and answered so much later.</summary>
    public sealed record AnswerLate(TimeSpan By) : Spoil;

    /// <summary>Nothing is done for so long, then it is.</summary>
    public sealed record DoLate(TimeSpan By) : Spoil;

    /// <summary>Nothing is done, and it is refused with this word.</summary>
    public sealed record Refuse(string Error) : Spoil;
}

/// <summary>What becomes of a reply whose root is gone; Slack does not say.</summary>
public enum OrphanReplies
{
    /// <summary>It stands in the channel itself.</summary>
    Unthreaded,
    /// <summary>It keeps the thread that nobody sees.</summary>
    Threaded,
    /// <summary>It is refused with <c>thread_not_found</c>.</summary>
    Refused,
}

/// <summary>Everything that goes wrong, set at any time and seen at the next call or delivery.</summary>
public sealed class Disorder
{
    readonly Lock gate = new();
    readonly List<Rule> rules = [];

    sealed record Rule(string Method, string? Team, Spoil Spoil)
    {
        public int Left { get; set; }
    }

    /// <summary>How fast one channel may be written to; 0 for as fast as can be.</summary>
    public double PostsPerSecondPerChannel { get; set; } = 1;

    /// <summary>How many posts may come at once after a pause.</summary>
    public int PostBurst { get; set; } = 4;

    public OrphanReplies OrphanReplies { get; set; }

    /// <summary>Every event is delivered twice, and every envelope also on a second socket.</summary>
    public bool DuplicateDeliveries { get; set; }

    /// <summary>An envelope that nobody acknowledged is sent once more, on another socket where there is one.</summary>
    public bool ResendUnacknowledged { get; set; }

    /// <summary>New sockets stay silent at first, and for ever.</summary>
    public bool WithoutHello { get; set; }

    /// <summary>Spoils the next calls of a method; <c>*</c> for any.</summary>
    public void Next(string method, Spoil spoil, int times = 1, string? team = null)
    {
        lock (gate) rules.Add(new(method, team, spoil) { Left = times });
    }

    /// <summary>Spoils every call of a method until <see cref="Calm"/>.</summary>
    public void Always(string method, Spoil spoil, string? team = null) => Next(method, spoil, int.MaxValue, team);

    /// <summary>Ends what was begun for that method; for all where none is named.</summary>
    public void Calm(string? method = null)
    {
        lock (gate) rules.RemoveAll(rule => method is null || rule.Method == method);
    }

    internal Spoil? Take(string method, string? team)
    {
        lock (gate)
        {
            if (rules.Find(each => (each.Method == "*" || each.Method == method) && (each.Team is null || each.Team == team)) is not { } rule) return null;
            if (rule.Left != int.MaxValue && --rule.Left == 0) rules.Remove(rule);
            return rule.Spoil;
        }
    }
}
