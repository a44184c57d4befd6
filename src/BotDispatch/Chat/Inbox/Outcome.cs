namespace BotDispatch.Chat;

/// <summary>What came of a delivery until its deadline. The endpoint logs it and writes it as its wire asks for.</summary>
internal abstract record Outcome<TReply>
{
    private Outcome() { }

    /// <summary>It was handled: this goes back.</summary>
    public sealed record Done(TReply Reply) : Outcome<TReply>;

    /// <summary>
    /// Handling it threw. The message of the exception is left out, because it may quote what somebody wrote.
    /// </summary>
    public sealed record Broken(string Exception, string? Place) : Outcome<TReply>;

    /// <summary>The deadline passed. The work goes on and ends in one of the other cases.</summary>
    public sealed record Late(Task<Outcome<TReply>> Work) : Outcome<TReply>;

    /// <summary>The process ends, so nobody waits for it here.</summary>
    public sealed record Stopped : Outcome<TReply>;
}
