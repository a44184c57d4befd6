namespace BotDispatch.Slack.Install;

/// <summary>A token to call with, or why there is none.</summary>
internal abstract record TokenAnswer
{
    private TokenAnswer() { }

    public sealed record Have(string Value) : TokenAnswer
    {
        /// <summary>Without the token, which no log may show.</summary>
        public override string ToString() => nameof(Have);
    }

    /// <summary>Slack refused it with this word, and has not been asked again.</summary>
    public sealed record Dead(string Error) : TokenAnswer;

    /// <summary>Not now.</summary>
    public sealed record Later(string Because) : TokenAnswer;

    /// <summary>The app is not installed there.</summary>
    public sealed record None : TokenAnswer;
}
