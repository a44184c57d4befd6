using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Knows whether Slack's Web API is reached, and says in the log when that changes and why.</summary>
internal sealed class SlackReach(ILogger<SlackReach> log)
{
    readonly Outage outage = new();
    volatile bool wasReached;

    /// <summary>Why it is not reached; null while it is, or nothing was tried yet.</summary>
    public string? Because => outage.Because;

    /// <summary>It has answered at least once since the start.</summary>
    public bool WasReached => wasReached;

    /// <summary>It was not reached.</summary>
    public void Failed(string because)
    {
        if (outage.IsNews(because))
            log.NotReached(because);
    }

    /// <summary>It answered.</summary>
    public void Answered()
    {
        wasReached = true;
        if (outage.Ends())
            log.ReachedAgain();
    }
}
