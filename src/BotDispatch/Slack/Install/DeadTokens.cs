using System.Collections.Concurrent;

namespace BotDispatch.Slack.Install;

/// <summary>Tokens that Slack refused. They are not used again until there is another one, or ten minutes have passed: administrators also undo things.</summary>
internal sealed class DeadTokens(TimeProvider clock)
{
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, Dead> dead = new(StringComparer.Ordinal);

    /// <summary>Slack's word against this token; null if it may be used.</summary>
    public string? Against(string id, string token) =>
        dead.TryGetValue(id, out var found) && found.Token == token && clock.GetUtcNow() < found.Until ? found.Error : null;

    /// <summary>Slack refused it; true if that is news.</summary>
    public bool Add(string id, string token, string error)
    {
        var isNews = !dead.TryGetValue(id, out var before) || before.Token != token;
        dead[id] = new(token, error, clock.GetUtcNow() + Rest);
        return isNews;
    }

    /// <summary>It works, or is no longer of interest.</summary>
    public void Remove(string id) => dead.TryRemove(id, out _);

    readonly record struct Dead(string Token, string Error, DateTimeOffset Until);
}
