namespace BotDispatch.PretendSlack.State;

/// <summary>What a trigger belongs to.</summary>
/// <param name="Team">Where.</param>
/// <param name="User">Who did something.</param>
/// <param name="Until">After that it opens nothing.</param>
/// <param name="View">The dialog in which it was done.</param>
internal sealed record Trigger(Workspace Team, string User, DateTimeOffset Until, OpenView? View);

/// <summary>Gives trigger ids, each good for one dialog within three seconds.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal sealed class Triggers(TimeProvider clock, Ids ids)
{
    static readonly TimeSpan Life = TimeSpan.FromSeconds(3);

    readonly Dictionary<string, Trigger> live = [];
    readonly HashSet<string> used = [];

    public string Make(Workspace team, string user, OpenView? view = null)
    {
        var id = $"{ids.Ts()}.{ids.Next("t")}";
        live.Add(id, new(team, user, clock.GetUtcNow() + Life, view));
        return id;
    }

    /// <summary>Uses it up; or says in Slack's word why not.</summary>
    public (Trigger? Trigger, string Error) Exchange(string? id, Workspace team)
    {
        if (id is null || !live.TryGetValue(id, out var trigger) || trigger.Team != team) return (null, "invalid_trigger_id");
        if (used.Contains(id)) return (null, "exchanged_trigger_id");
        if (clock.GetUtcNow() > trigger.Until) return (null, "expired_trigger_id");
        used.Add(id);
        return (trigger, "");
    }
}
