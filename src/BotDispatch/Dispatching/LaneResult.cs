using System.Collections.Immutable;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>How looking after a lane went.</summary>
internal abstract record LaneResult
{
    private LaneResult() { }

    /// <summary>What else is to be stored in the commit that lets the lane go.</summary>
    public ImmutableArray<Statement> Along { get; init; } = [];

    /// <summary>What was wanted is done, or nothing is wanted any more.</summary>
    public sealed record Done : LaneResult;

    /// <summary>Worth another look at that moment of the dispatch clock.</summary>
    public sealed record Again(DateTimeOffset At) : LaneResult;

    /// <summary>Nothing failed, but its turn comes after that real time, and not before, whatever else is wanted meanwhile.</summary>
    public sealed record NotYet(TimeSpan After) : LaneResult;

    /// <summary>Was not looked after: it may be claimed again at once.</summary>
    public sealed record Stopped : LaneResult;

    /// <summary>Could not be done now; tried again after that real time, or a longer one that grows with the tries.</summary>
    public sealed record TryLater(string Because, TimeSpan After) : LaneResult
    {
        /// <summary>The tries that the time grows with, if they are others than those of the lane.</summary>
        public int? Tries { get; init; }
    }
}
