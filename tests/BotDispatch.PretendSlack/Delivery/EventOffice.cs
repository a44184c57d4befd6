using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.Delivery;

/// <summary>One try to deliver an event.</summary>
/// <param name="EventId">The same for every try.</param>
/// <param name="Type">As <c>app_mention</c>.</param>
/// <param name="Retry">0 for the first.</param>
/// <param name="WasAccepted">Whether the app answered in time with 2xx.</param>
public sealed record EventTry(string EventId, string Type, int Retry, bool WasAccepted);

/// <summary>Tells the app what happened; an event that it does not accept is sent again at once, after a minute and after five.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api</remarks>
public sealed class EventOffice
{
    static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    readonly SlackStandIn slack;
    readonly List<EventTry> tries = [];
    readonly List<ITimer> timers = [];

    internal EventOffice(SlackStandIn slack) => this.slack = slack;

    /// <summary>Every try, in order.</summary>
    public IReadOnlyList<EventTry> Tries => slack.Locked(() => tries.ToList());

    /// <summary>The app was removed: its tokens are dead from now on, and two events say so.</summary>
    public async Task UninstallAsync(Workspace team)
    {
        slack.KillTokens(team, "account_inactive");
        await TellAsync(team, Revoked(team));
        await TellAsync(team, new JsonObject { ["type"] = "app_uninstalled" });
    }

    /// <summary>The bot's token was revoked. The event names users, not tokens.</summary>
    public async Task RevokeTokensAsync(Workspace team)
    {
        slack.KillTokens(team);
        await TellAsync(team, Revoked(team));
    }

    /// <summary>Sends an event of any kind; ends when it was taken, or when a retry has to wait for the clock.</summary>
    public async Task TellAsync(Workspace team, JsonObject inner)
    {
        var outer = slack.Locked(() => Outer(team, inner));
        // Over sockets, the envelope itself is doubled.
        if (slack.Disorder.DuplicateDeliveries && !slack.Options.SocketMode)
            await Task.WhenAll(TryAsync(outer, 0, ""), TryAsync((JsonObject)outer.DeepClone(), 0, ""));
        else
            await TryAsync(outer, 0, "");
    }

    /// <summary>Asks whether the events address is the app's.</summary>
    public Task<AppAnswer> VerifyAddressAsync(string challenge) =>
        slack.Courier.EventAsync(new() { ["token"] = "deprecated-token", ["challenge"] = challenge, ["type"] = "url_verification" }, 0, "");

    async Task TryAsync(JsonObject outer, int retry, string reason)
    {
        var answer = await slack.Courier.EventAsync(outer, retry, reason);
        slack.Locked(() => tries.Add(new(outer.Word("event_id")!, outer["event"].Word("type")!, retry, answer.WasAccepted)));
        if (answer.WasAccepted || retry == Pauses.Length || answer.Headers?.GetValueOrDefault("x-slack-no-retry") == "1") return;
        var next = answer.Trouble == "operation_timeout" ? "http_timeout" : answer.Status > 0 ? "http_error" : "connection_failed";
        if (Pauses[retry] == TimeSpan.Zero)
            await TryAsync(outer, retry + 1, next);
        else
            slack.Locked(() => timers.Add(slack.Clock.CreateTimer(_ => _ = slack.Courier.Track(LaterAsync(outer, retry + 1, next)), null, Pauses[retry], Timeout.InfiniteTimeSpan)));
    }

    async Task<bool> LaterAsync(JsonObject outer, int retry, string reason)
    {
        await TryAsync(outer, retry, reason);
        return true;
    }

    JsonObject Outer(Workspace team, JsonObject inner)
    {
        inner["event_ts"] ??= slack.Ids.Ts();
        return new()
        {
            ["token"] = "deprecated-token",
            ["team_id"] = team.Id,
            ["context_team_id"] = team.Id,
            ["context_enterprise_id"] = null,
            ["api_app_id"] = slack.Options.AppId,
            ["event"] = inner,
            ["type"] = "event_callback",
            ["event_id"] = slack.Ids.Next("Ev"),
            ["event_time"] = slack.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = null, ["team_id"] = team.Id, ["user_id"] = team.BotUserId, ["is_bot"] = true, ["is_enterprise_install"] = false }),
            ["is_ext_shared_channel"] = false,
            ["event_context"] = "4-abc",
        };
    }

    static JsonObject Revoked(Workspace team) =>
        new() { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(team.BotUserId) } };
}
