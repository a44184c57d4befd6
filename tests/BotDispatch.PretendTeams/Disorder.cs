namespace BotDispatch.PretendTeams;

/// <summary>How a call is spoilt.</summary>
public abstract record Spoil
{
    private Spoil() { }

    /// <summary>429, and nothing done; with the seconds to wait, or without a word of them.</summary>
    public sealed record Throttle(int? RetryAfter) : Spoil;

    /// <summary>412, and nothing done: something else is just being done there.</summary>
    public sealed record Busy : Spoil;

    /// <summary>Nothing is done, and it is answered with this status and no word, as 502, 503 or 504.</summary>
    public sealed record Break(int Status) : Spoil;

    /// <summary>It is done, and answered with this status all the same.</summary>
    public sealed record BreakAfter(int Status) : Spoil;

    /// <summary>The connection is cut, and nothing done.</summary>
    public sealed record LoseRequest : Spoil;

    /// <summary>It is done, and the connection cut instead of an answer.</summary>
    public sealed record LoseAnswer : Spoil;

    /// <summary>It is done, and answered with 202 and no body, so that nobody learns its id.</summary>
    public sealed record WithoutId : Spoil;

    /// <summary>It is done at once, and answered so much later.</summary>
    public sealed record AnswerLate(TimeSpan By) : Spoil;

    /// <summary>Nothing is done, and it is refused.</summary>
    public sealed record Refuse(int Status, string Code) : Spoil;
}

/// <summary>Everything that goes wrong, set at any time and seen at the next call or delivery.</summary>
public sealed class Disorder
{
    readonly Lock gate = new();
    readonly List<Rule> rules = [];

    sealed record Rule(string Call, Spoil Spoil, string? Place)
    {
        public int Left { get; set; }
    }

    /// <summary>Everything is delivered to the app twice at once.</summary>
    public bool DuplicateDeliveries { get; set; }

    /// <summary>Above the documented limits calls are refused with 429; else they are only complained of.</summary>
    public bool ThrottlesAboveLimits { get; set; }

    /// <summary>Spoils the next calls: <c>send</c>, <c>update</c>, <c>delete</c>, <c>thread</c>, <c>chat</c>, <c>member</c>, <c>members</c>, or <c>*</c> for any.</summary>
    public void Next(string call, Spoil spoil, int times = 1, string? place = null)
    {
        lock (gate)
            rules.Add(new(call, spoil, place) { Left = times });
    }

    /// <summary>Spoils every such call until <see cref="Calm"/>.</summary>
    public void Always(string call, Spoil spoil, string? place = null) => Next(call, spoil, int.MaxValue, place);

    /// <summary>Ends what was begun for those calls; for all where none are named.</summary>
    public void Calm(string? call = null)
    {
        lock (gate)
            rules.RemoveAll(rule => call is null || rule.Call == call);
    }

    internal Spoil? Take(string call, string? place)
    {
        lock (gate)
        {
            if (rules.Find(each => (each.Call == "*" || each.Call == call) && (each.Place is null || each.Place == place)) is not { } rule)
                return null;
            if (rule.Left != int.MaxValue && --rule.Left == 0)
                rules.Remove(rule);
            return rule.Spoil;
        }
    }
}
