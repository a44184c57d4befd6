namespace BotDispatch.Http;

/// <summary>
/// Remembers since when a server is not reached and why, so that the log tells each reason once and the end once, however often it is tried meanwhile. Safe for many at once.
/// </summary>
internal sealed class Outage
{
    // Reasons are words of ours; this bounds what a bug could make of them.
    const int MostReasons = 20;

    readonly Lock gate = new();
    readonly HashSet<string> told = new(StringComparer.Ordinal);
    string? because;

    /// <summary>Why it is not reached; null while it is, or nothing was tried yet.</summary>
    public string? Because
    {
        get
        {
            lock (gate)
                return because;
        }
    }

    /// <summary>It was not reached; true if this reason was not told since it was reached last.</summary>
    public bool IsNews(string reason)
    {
        lock (gate)
        {
            because = reason;
            return told.Count < MostReasons && told.Add(reason);
        }
    }

    /// <summary>It was reached; true if it was not before.</summary>
    public bool Ends()
    {
        lock (gate)
        {
            if (because is null)
                return false;
            because = null;
            told.Clear();
            return true;
        }
    }
}
