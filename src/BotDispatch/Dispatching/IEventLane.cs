using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Sends the events of dispatches to other programs.</summary>
internal interface IEventLane
{
    /// <summary>Whether there is any program to send to. Otherwise no commit marks the lane.</summary>
    bool IsOn { get; }

    /// <summary>Sends what has not been sent of this dispatch.</summary>
    Task<LaneResult> LookAsync(StoredDispatch stored, CancellationToken ct);
}
