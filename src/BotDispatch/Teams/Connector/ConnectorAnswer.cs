using System.Text.Json;

namespace BotDispatch.Teams.Connector;

/// <summary>What a call came to.</summary>
internal abstract record ConnectorAnswer
{
    private ConnectorAnswer() { }

    /// <summary>It was done.</summary>
    /// <param name="Id">The message's id; null where none is told, which is usual for some messages: those can never be updated.</param>
    /// <param name="Conversation">The conversation that was begun or opened; null for other calls.</param>
    /// <param name="Body">Everything that was answered; undefined if there was no JSON object.</param>
    public sealed record Done(string? Id, string? Conversation = null, JsonElement Body = default) : ConnectorAnswer;

    /// <summary>Nothing was done, and the conversation wants to be left alone for that long.</summary>
    public sealed record Throttled(TimeSpan After) : ConnectorAnswer;

    /// <summary>Nothing was done, since something else is just being done in that conversation: soon it can be.</summary>
    public sealed record Busy : ConnectorAnswer;

    /// <summary>It never left, or surely nothing of it was done.</summary>
    public sealed record NotReached(string Because) : ConnectorAnswer;

    /// <summary>It may have been done: the answer was lost or late, or Teams failed over it.</summary>
    public sealed record Lost(string Because) : ConnectorAnswer;

    /// <summary>Nothing was done, and asking again changes nothing.</summary>
    /// <param name="Code">The connector's own word, as <c>BotNotInConversationRoster</c>; without one the status, as <c>http_403</c>.</param>
    /// <param name="Kind">What is to be done about it.</param>
    public sealed record Refused(string Code, Refusal Kind) : ConnectorAnswer;
}

/// <summary>Why a call is refused, in the groups that ask for different deeds.</summary>
internal enum Refusal
{
    /// <summary>Something else, also what nobody has heard of.</summary>
    Other,
    /// <summary>What is meant is not there any more: the conversation, the message, the member.</summary>
    Gone,
    /// <summary>The bot is no member of the conversation: the app must be added there first.</summary>
    NotInRoster,
    /// <summary>Somebody has blocked the bot, or nobody may write there.</summary>
    Blocked,
    /// <summary>An administrator has turned the app off.</summary>
    Disabled,
    /// <summary>Not allowed for another reason.</summary>
    Forbidden,
    /// <summary>What was sent is too big.</summary>
    TooBig,
    /// <summary>What was sent is wrong.</summary>
    Content,
    /// <summary>The bot's own registration or credentials are wrong: nothing works anywhere.</summary>
    Credentials,
}
