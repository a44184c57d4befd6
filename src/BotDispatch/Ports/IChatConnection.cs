namespace BotDispatch.Ports;

/// <summary>Reports whether this process is connected to one chat, for <c>/readyz</c>.</summary>
internal interface IChatConnection
{
    /// <summary>
    /// One line such as <c>Slack: connected, 2 of 2 sockets</c>; null while the chat is off. It contains no secret and no address.
    /// </summary>
    string? Status { get; }
}
