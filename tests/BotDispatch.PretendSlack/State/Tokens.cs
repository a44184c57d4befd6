namespace BotDispatch.PretendSlack.State;

/// <summary>Which tokens are good, and for which workspace; with rotation where it is on.</summary>
/// <remarks>https://docs.slack.dev/authentication/using-token-rotation</remarks>
internal sealed class Tokens(TimeProvider clock, Ids ids)
{
    public static readonly TimeSpan RotatedLife = TimeSpan.FromSeconds(43_200);
    const int MostLive = 2;

    readonly Dictionary<string, Issued> issued = [];
    readonly Dictionary<string, Workspace> refresh = [];

    sealed record Issued(Workspace Team, long Order)
    {
        public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;

        public string? Dead { get; set; }
    }

    /// <summary>A token that somebody copied from the app's settings.</summary>
    public void Register(string token, Workspace team) => issued[token] = new(team, issued.Count);

    /// <summary>A new token, and one to refresh it with where tokens rotate; of rotating ones two live at a time.</summary>
    public (string Access, string? Refresh) Issue(Workspace team, bool rotates)
    {
        var access = ids.Next(rotates ? "xoxe.xoxb-1-" : "xoxb-");
        issued.Add(access, new(team, issued.Count) { Until = rotates ? clock.GetUtcNow() + RotatedLife : DateTimeOffset.MaxValue });
        if (!rotates) return (access, null);
        foreach (var old in issued.Values.Where(each => each.Team == team && each.Dead is null).OrderByDescending(each => each.Order).Skip(MostLive)) old.Dead = "token_expired";
        var next = ids.Next("xoxe-1-");
        refresh.Add(next, team);
        return (access, next);
    }

    /// <summary>Takes a refresh token once.</summary>
    public Workspace? Refreshed(string token) => refresh.Remove(token, out var team) ? team : null;

    public (Workspace? Team, string Error) Check(string token)
    {
        if (token.Length == 0) return (null, "not_authed");
        if (!issued.TryGetValue(token, out var found)) return (null, "invalid_auth");
        if (found.Dead is { } why) return (null, why);
        return clock.GetUtcNow() >= found.Until ? (null, "token_expired") : (found.Team, "");
    }

    /// <summary>All tokens of a workspace answer that from now on.</summary>
    public void Kill(Workspace team, string error, bool alsoRefresh)
    {
        foreach (var each in issued.Values.Where(each => each.Team == team)) each.Dead ??= error;
        if (!alsoRefresh) return;
        foreach (var token in refresh.Where(each => each.Value == team).Select(each => each.Key).ToList()) refresh.Remove(token);
    }
}
