using System.Collections.Concurrent;
using BotDispatch.Chat;

namespace BotDispatch.Teams.Handlers;

/// <summary>Answers that were not there in time, for whoever asks again. They may be lost: then the question is put once more.</summary>
internal sealed class LateAnswers
{
    const int Most = 200;

    readonly ConcurrentDictionary<string, Task<ChatReply>> waiting = [];

    /// <summary>Keeps it for one asking.</summary>
    public void Keep(string name, Task<ChatReply> answer)
    {
        if (waiting.Count >= Most)
            waiting.Clear();
        waiting[name] = answer;
    }

    /// <summary>What was kept; null if nothing is.</summary>
    public Task<ChatReply>? Take(string name) => waiting.TryRemove(name, out var answer) ? answer : null;
}
