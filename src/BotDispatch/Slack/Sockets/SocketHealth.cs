namespace BotDispatch.Slack.Sockets;

/// <summary>How the sockets are, for whoever asks about this process.</summary>
internal sealed class SocketHealth
{
    readonly Lock gate = new();
    readonly HashSet<SlackSocket> held = [];
    TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    (string Trouble, string Because)? told;

    /// <summary>Ends when a socket says hello the next time.</summary>
    public Task Reached
    {
        get
        {
            lock (gate) return reached.Task;
        }
    }

    /// <summary>How many sockets Slack can reach us by; while one takes over from another, both.</summary>
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

    /// <summary>What last went wrong, in one word, as <c>invalid_auth</c>; null if nothing did.</summary>
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
            told = null;
        }
        before.SetResult();
    }

    public void LetsGo(SlackSocket socket)
    {
        lock (gate) held.Remove(socket);
    }

    /// <summary>Something went wrong; true if no place met the same since a socket said hello.</summary>
    public bool Met(string trouble, string because = "")
    {
        lock (gate)
        {
            LastTrouble = trouble;
            (var before, told) = (told, (trouble, because));
            return before != told;
        }
    }
}
