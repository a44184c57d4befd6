using BotDispatch.Core;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>Where one scenario is set up: a trouble writes down here what it does, and when.</summary>
internal sealed class Stage(int seed)
{
    readonly List<Act> acts = [];
    readonly List<string> steps = [];
    readonly Dictionary<Type, object> only = [];
    string lists = "";

    /// <summary>The number that everything is drawn from.</summary>
    public int Seed => seed;

    /// <summary>What everything is drawn from.</summary>
    public Random Lot { get; } = new(seed);

    public Dictionary<string, string> Settings { get; } = new() { ["Policy:GiveUpAfter"] = "00:08:00", ["Policy:AcceptedHold"] = "00:02:00", ["Logging:LogLevel:Default"] = "Information" };

    /// <summary>How near to each other two moments are that may be one: timers and stored times are whole milliseconds, and the app's clock may follow another.</summary>
    public TimeSpan Precision { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long everything may take after the last trouble.</summary>
    public TimeSpan LongestRun { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Makes what the database's path leads through, and says that path; null where nothing is special.</summary>
    public Func<string, string>? Prepare { get; set; }

    /// <summary>The whole app; from the first act on.</summary>
    public World World { get; set; } = null!;

    /// <summary>Whether the database's path leads to the file that the process has.</summary>
    public Func<bool> IsOurs { get; set; } = () => true;

    /// <summary>Every line of the app's log, over all its lives.</summary>
    public LogRecorder Log { get; } = new();

    /// <summary>The dispatches that were begun.</summary>
    public List<DispatchId> Dispatches { get; } = [];

    /// <summary>What is added to the world when it begins.</summary>
    public List<Action<World>> Begins { get; } = [];

    /// <summary>What the app's own loops do every few seconds, which do not run by themselves here.</summary>
    public List<Func<Task>> Loops { get; } = [];

    /// <summary>What a trouble looks at when all is over.</summary>
    public List<Func<Task>> Checks { get; } = [];

    /// <summary>What is disposed of with the scenario.</summary>
    public List<IDisposable> Kept { get; } = [];

    /// <summary>Promises that a trouble saw broken itself.</summary>
    public List<Broken> Broken { get; } = [];

    /// <summary>What was done, each with its time.</summary>
    public IReadOnlyList<string> Steps => steps;

    /// <summary>What is to be done, in order.</summary>
    public IEnumerable<Act> Acts => acts.OrderBy(act => act.Second);

    /// <summary>Between two numbers of seconds; to the millisecond, as time is stored.</summary>
    public double Between(double least, double most) => Math.Round(least + (Lot.NextDouble() * (most - least)), 3);

    public bool Chance(double share) => Lot.NextDouble() < share;

    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[Lot.Next(choices.Count)];

    /// <summary>Does it so many seconds after the beginning.</summary>
    public void At(double second, string what, Action act) => At(second, what, () =>
    {
        act();
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="At(double, string, Action)"/>
    public void At(double second, string what, Func<Task> act) => acts.Add(new(second, what, act));

    /// <summary>Adds named lists to those of other troubles.</summary>
    public void AddLists(string yaml) => Settings["Employees:Lists"] = Keep(new TemporaryFile("lists.yaml", lists += yaml)).FilePath;

    /// <summary>The only one of its kind in this scenario: <paramref name="begin"/> sets it up for the first trouble that asks, and others share it.</summary>
    public T Only<T>(Func<T> begin) where T : class
    {
        if (!only.TryGetValue(typeof(T), out var known))
            only.Add(typeof(T), known = begin());
        return (T)known;
    }

    /// <summary>Disposes of it with the scenario.</summary>
    public T Keep<T>(T kept) where T : IDisposable
    {
        Kept.Add(kept);
        return kept;
    }

    public void Note(string what) => steps.Add($"{World.Clock.GetUtcNow():HH:mm:ss.fff} {what}");

    /// <summary>The promise was broken here and now.</summary>
    public void Break(Promise promise, string how) => Broken.Add(new(promise, $"{World.Clock.GetUtcNow():HH:mm:ss.fff} {how}"));
}

/// <summary>One thing that is done to the world.</summary>
/// <param name="Second">How long after the beginning.</param>
/// <param name="What">In words.</param>
/// <param name="DoAsync">Does it.</param>
internal sealed record Act(double Second, string What, Func<Task> DoAsync);
