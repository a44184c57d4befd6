namespace BotDispatch.Slack.Sockets;

/// <summary>Records the state of the sockets, for the health report and the log.</summary>
internal sealed class SocketHealth
{
    readonly Lock gate = new();
    readonly HashSet<SlackSocket> held = [];
    TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    (string Trouble, string Because)? lastReported;

    /// <summary>Completes when Slack says hello on a socket the next time.</summary>
    public Task Reached
    {
        get
        {
            lock (gate) return reached.Task;
        }
    }

    /// <summary>The number of sockets through which Slack can reach us. While one replaces another, both count.</summary>
    public int Ready
    {
        get
        {
            lock (gate) return held.Count(each => each.IsOpen);
        }
    }

    /// <summary>When a socket was last ready.</summary>
    public DateTimeOffset? LastHello
    {
        get
        {
            lock (gate) return field;
        }
        private set;
    }

    /// <summary>The last failure in one word, as <c>invalid_auth</c>; null if there was none.</summary>
    public string? LastTrouble
    {
        get
        {
            lock (gate) return field;
        }
        private set;
    }

    public void Holds(SlackSocket socket, DateTimeOffset now)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            held.Add(socket);
            LastHello = now;
            (before, reached) = (reached, new(TaskCreationOptions.RunContinuationsAsynchronously));
            lastReported = null;
        }
        before.SetResult();
    }

    public void LetsGo(SlackSocket socket)
    {
        lock (gate) held.Remove(socket);
    }

    /// <summary>Records a failure. True if no slot has met the same failure since Slack's last hello, so that it is logged once.</summary>
    public bool Met(string trouble, string because = "")
    {
        lock (gate)
        {
            LastTrouble = trouble;
            (var before, lastReported) = (lastReported, (trouble, because));
            return before != lastReported;
        }
    }
}
