namespace BotDispatch.Ports;

/// <summary>Says of one chat whether this process is connected to it, for <c>/readyz</c>.</summary>
internal interface IChatConnection
{
    /// <summary>One line, as <c>Slack: connected, 2 of 2 sockets</c>; null while the chat is off. Holds no secret and no address.</summary>
    string? Status { get; }
}
