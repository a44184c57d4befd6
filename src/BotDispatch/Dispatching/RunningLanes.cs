using System.Collections.Immutable;

namespace BotDispatch.Dispatching;

/// <summary>
/// The lanes that are looked after now. Keeps a count for each kind, because every commit asks how many more may run. Safe for concurrent
/// use.
/// </summary>
/// <param name="kinds">Every kind that may be added.</param>
/// <param name="most">How many of a kind may run at a time.</param>
internal sealed class RunningLanes(ImmutableArray<string> kinds, Func<string, int> most)
{
    readonly Lock gate = new();
    readonly HashSet<RunningLane> running = [];
    readonly Dictionary<string, int> room = kinds.ToDictionary(kind => kind, most);

    /// <summary>Every kind that may be added.</summary>
    public ImmutableArray<string> Kinds => kinds;

    /// <summary>All of them, as they are now.</summary>
    public IReadOnlyList<RunningLane> All
    {
        get
        {
            lock (gate)
                return [.. running];
        }
    }

    /// <summary>The kinds of which more may run, and how many more of each of these at least.</summary>
    public (IReadOnlyCollection<string> Kinds, int Room) KindsWithRoom()
    {
        lock (gate)
        {
            var free = kinds.Where(kind => room[kind] > 0).ToArray();
            return (free, free.Length == 0 ? 0 : free.Min(kind => room[kind]));
        }
    }

    public void Add(RunningLane run)
    {
        lock (gate)
        {
            // First, because it throws if the kind is unknown: a lane that is listed and never runs would be waited for without end.
            room[run.Lane.Lane]--;
            running.Add(run);
        }
    }

    public void Remove(RunningLane run)
    {
        lock (gate)
        {
            running.Remove(run);
            room[run.Lane.Lane]++;
        }
    }

    /// <summary>How many more of this kind may run.</summary>
    public int RoomFor(string kind)
    {
        lock (gate)
            return room[kind];
    }
}
