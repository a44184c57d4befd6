namespace BotDispatch.Slack.Sockets;

/// <summary>What came of opening a socket.</summary>
internal abstract record ConnectResult
{
    private ConnectResult() { }

    /// <summary>It said hello.</summary>
    public sealed record Ready(SlackSocket Socket, TimeSpan? Life) : ConnectResult;

    /// <summary>It will not get better by trying: the app-level token is wrong.</summary>
    public sealed record InvalidToken(string Trouble, string Because) : ConnectResult;

    /// <summary>Socket Mode is switched off.</summary>
    public sealed record Disabled : ConnectResult;

    /// <summary>Slack asks to wait.</summary>
    public sealed record Throttled(TimeSpan After) : ConnectResult;

    /// <summary>It may work another time.</summary>
    /// <param name="Trouble">One word.</param>
    /// <param name="Because">What is known beyond it, for logs.</param>
    public sealed record Failed(string Trouble, string Because = "") : ConnectResult;
}

/// <summary>Why a socket needs relief.</summary>
internal enum CloseReason
{
    /// <summary>The time that Slack keeps it is nearly over.</summary>
    Aged,
    /// <summary>Slack asks for another one, and closes it soon.</summary>
    Asked,
    /// <summary>Socket Mode was switched off.</summary>
    Disabled,
    /// <summary>It is closed or dead.</summary>
    Lost,
}
