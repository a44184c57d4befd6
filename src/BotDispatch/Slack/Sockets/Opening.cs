namespace BotDispatch.Slack.Sockets;

/// <summary>What came of opening a socket.</summary>
internal abstract record Opening
{
    private Opening() { }

    /// <summary>It said hello.</summary>
    public sealed record Ready(SlackSocket Socket, TimeSpan? Life) : Opening;

    /// <summary>It will not get better by trying: the app-level token is wrong.</summary>
    public sealed record Hopeless(string Trouble, string Because) : Opening;

    /// <summary>Socket Mode is switched off.</summary>
    public sealed record Disabled : Opening;

    /// <summary>Slack asks to wait.</summary>
    public sealed record Throttled(TimeSpan After) : Opening;

    /// <summary>It may work another time.</summary>
    /// <param name="Trouble">One word.</param>
    /// <param name="Because">What is known beyond it, for logs.</param>
    public sealed record Failed(string Trouble, string Because = "") : Opening;
}

/// <summary>Why a socket needs relief.</summary>
internal enum Parting
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
