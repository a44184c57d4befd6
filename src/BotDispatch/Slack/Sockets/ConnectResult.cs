namespace BotDispatch.Slack.Sockets;

/// <summary>The result of opening a socket.</summary>
internal abstract record ConnectResult
{
    private ConnectResult() { }

    /// <summary>Slack sent its hello.</summary>
    public sealed record Ready(SlackSocket Socket, TimeSpan? Life) : ConnectResult;

    /// <summary>The app-level token is wrong, so a retry does not help.</summary>
    public sealed record InvalidToken(string Trouble, string Because) : ConnectResult;

    /// <summary>Socket Mode is switched off.</summary>
    public sealed record Disabled : ConnectResult;

    /// <summary>Slack asks to wait.</summary>
    public sealed record Throttled(TimeSpan After) : ConnectResult;

    /// <summary>A retry may succeed.</summary>
    /// <param name="Trouble">One word.</param>
    /// <param name="Because">More details, for logs.</param>
    public sealed record Failed(string Trouble, string Because = "") : ConnectResult;
}

/// <summary>Why another socket must replace this one.</summary>
internal enum CloseReason
{
    /// <summary>The time for which Slack keeps it is nearly over.</summary>
    Aged,
    /// <summary>Slack asks for another socket and closes this one soon.</summary>
    Asked,
    /// <summary>Socket Mode was switched off.</summary>
    Disabled,
    /// <summary>The connection is closed or dead.</summary>
    Lost,
}
