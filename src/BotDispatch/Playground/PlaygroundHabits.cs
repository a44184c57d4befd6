using System.Text.Json;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Playground;

/// <summary>Stores the habits that were chosen for phones, by employee, over restarts.</summary>
internal sealed class PlaygroundHabits(NoteStore notes, DispatchEngine engine) : IDisposable
{
    const string Note = "playground-habits";

    // "Set all" chooses for everybody at the same time, and each choice is written together with all others.
    readonly SemaphoreSlim gate = new(1);

    /// <summary>Stores one choice.</summary>
    public async Task KeepAsync(string employee, string habit, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            var habits = await ListAsync(ct);
            habits[employee] = habit;
            await engine.WriteAsync(default,
                [NoteStore.Keep(Note, JsonSerializer.Serialize(habits, PlaygroundJson.Default.DictionaryStringString))], ct);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Returns all choices.</summary>
    public async Task<Dictionary<string, string>> ListAsync(CancellationToken ct) =>
        await notes.ReadAsync(Note, ct) is { } kept
            ? JsonSerializer.Deserialize(kept, PlaygroundJson.Default.DictionaryStringString) ?? []
            : [];

    public void Dispose() => gate.Dispose();
}
