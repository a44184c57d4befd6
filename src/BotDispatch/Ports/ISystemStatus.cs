namespace BotDispatch.Ports;

/// <summary>Reports whether other systems can be used, for <c>/readyz</c>.</summary>
internal interface ISystemStatus
{
    /// <summary>One line for each system, without a secret; empty if there are none. Must return at once.</summary>
    IReadOnlyList<string> Lines();
}
