using System.Collections.Concurrent;

namespace BotDispatch.Playground;

/// <summary>The habits that were chosen for phones, by employee.</summary>
internal sealed class PlaygroundHabits
{
    readonly ConcurrentDictionary<string, string> habits = new();

    /// <summary>Keeps a choice.</summary>
    public Task KeepAsync(string employee, string habit, CancellationToken ct)
    {
        habits[employee] = habit;
        return Task.CompletedTask;
    }

    /// <summary>All choices.</summary>
    public Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(habits.ToDictionary());
}
