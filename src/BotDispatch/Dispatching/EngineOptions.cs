namespace BotDispatch.Dispatching;

/// <summary>How dispatches share people. Setting <c>Policy</c>.</summary>
internal sealed class EngineOptions
{
    /// <summary>
    /// Never two calls to one number at once, on any node. False only for load tests, whose pretend people have many hands.
    /// </summary>
    public bool OneCallPerPerson { get; set; } = true;
}
