namespace BotDispatch.Http;

/// <summary>
/// Remembers why a server is not reached, so that the log has each reason once and the end once, however often we try meanwhile. Safe for
/// concurrent use.
/// </summary>
internal sealed class Outage
{
    // The reasons are our own words. This bounds the effect of a bug.
    const int MostReasons = 20;

    readonly Lock gate = new();
    readonly HashSet<string> logged = new(StringComparer.Ordinal);
    string? because;

    /// <summary>Why the server is not reached; null while it is, or before the first try.</summary>
    public string? Because
    {
        get
        {
            lock (gate)
                return because;
        }
    }

    /// <summary>Notes that the server was not reached. Returns whether this reason is new since it was reached last.</summary>
    public bool IsNews(string reason)
    {
        lock (gate)
        {
            because = reason;
            return logged.Count < MostReasons && logged.Add(reason);
        }
    }

    /// <summary>Notes that the server was reached. Returns whether it was not reached before.</summary>
    public bool Ends()
    {
        lock (gate)
        {
            if (because is null)
                return false;
            because = null;
            logged.Clear();
            return true;
        }
    }
}
