using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Knows whether we reach Slack's Web API, and logs when that changes and why.</summary>
internal sealed class SlackReach(ILogger<SlackReach> log)
{
    readonly Outage outage = new();
    volatile bool wasReached;

    /// <summary>Why we do not reach it; null while we do, or before the first call.</summary>
    public string? Because => outage.Because;

    /// <summary>Whether it has answered at least once since the start.</summary>
    public bool WasReached => wasReached;

    /// <summary>Notes that we did not reach it.</summary>
    public void Failed(string because)
    {
        if (outage.IsNews(because))
            log.NotReached(because);
    }

    /// <summary>Notes that it answered.</summary>
    public void Answered()
    {
        wasReached = true;
        if (outage.Ends())
            log.ReachedAgain();
    }
}
