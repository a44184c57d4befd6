namespace BotDispatch.Teams.Identity;

/// <summary>A token that speaks as the bot. Whoever comes with one that was refused gets another one, if there is another. Never throws but for <paramref name="ct"/>.</summary>
/// <param name="refused">The token that was not taken; null to begin with.</param>
/// <param name="ct">The caller waits no longer.</param>
internal delegate Task<BotToken> GetBotToken(string? refused, CancellationToken ct);

/// <summary>A token, or why there is none.</summary>
internal abstract record BotToken
{
    private BotToken() { }

    /// <summary>The token.</summary>
    public sealed record Have(string Value) : BotToken
    {
        /// <summary>The token stays out of whatever prints this.</summary>
        public override string ToString() => nameof(Have);
    }

    /// <summary>The bot's credentials are not taken, or cannot be read; which setting is wrong.</summary>
    public sealed record Refused(string Because) : BotToken;

    /// <summary>Nobody could be asked, or whoever was asked could not answer: later it may work.</summary>
    public sealed record NotReached(string Because) : BotToken;
}
