namespace BotDispatch.Slack.Sockets;

/// <summary>How the sockets are, for whoever asks about this process.</summary>
internal sealed class SocketHealth
{
    readonly Lock gate = new();
    readonly HashSet<SlackSocket> held = [];

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
        lock (gate)
        {
            held.Add(socket);
            LastHello = now;
        }
    }

    public void LetsGo(SlackSocket socket)
    {
        lock (gate) held.Remove(socket);
    }

    public void Met(string trouble)
    {
        lock (gate) LastTrouble = trouble;
    }
}
