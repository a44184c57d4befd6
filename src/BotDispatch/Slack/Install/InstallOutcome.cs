namespace BotDispatch.Slack.Install;

/// <summary>How somebody's way through Slack's consent page ended.</summary>
internal abstract record InstallOutcome
{
    private InstallOutcome() { }

    public sealed record Done(string Workspace) : InstallOutcome;

    /// <summary>They, or their administrator, said no.</summary>
    public sealed record Denied : InstallOutcome;

    /// <summary>It did not begin here, in this browser, in the last ten minutes; or it was gone on with before.</summary>
    public sealed record WrongState : InstallOutcome;

    /// <summary>Slack said this instead of a token.</summary>
    public sealed record Refused(string Error) : InstallOutcome;

    /// <summary>Slack or our database did not answer.</summary>
    public sealed record NotNow : InstallOutcome;
}
