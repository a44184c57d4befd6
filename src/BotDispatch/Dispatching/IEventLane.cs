using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Sends the events of dispatches to other programs, each of which has a lane of its own, and in this process a number.</summary>
internal interface IEventLane
{
    /// <summary>How many programs there are, at most <see cref="Lanes.MostWebhooks"/>.</summary>
    int Count { get; }

    /// <summary>The names of the lanes of all programs, by number.</summary>
    ImmutableArray<string> LaneNames { get; }

    /// <summary>Whether a program gets any of these events. Otherwise the commit that stores them does not mark its lane.</summary>
    bool IsFor(int program, DispatchState after, IEnumerable<DispatchEvent> events);

    /// <summary>
    /// Once, before the first look: makes every program's lane due where an earlier version left a lane that names no program.
    /// </summary>
    Task BeginAsync(CancellationToken ct);

    /// <summary>Sends what one program has not got of this dispatch.</summary>
    Task<LaneResult> LookAsync(int program, StoredDispatch stored, CancellationToken ct);
}
