using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>The methods about tokens and sockets.</summary>
internal sealed class InstallMethods(SlackStandIn slack)
{
    /// <remarks>https://docs.slack.dev/reference/methods/auth.test</remarks>
    public static ApiAnswer Test(ApiCall call) => ApiAnswer.Ok(
        ("url", $"https://{call.Bot.Domain}.slack.com/"), ("team", call.Bot.Name), ("user", "botdispatch"), ("team_id", call.Bot.Id), ("user_id", call.Bot.BotUserId),
        ("bot_id", call.Bot.BotId), ("is_enterprise_install", false));

    public ApiAnswer Revoke(ApiCall call)
    {
        slack.Tokens.Kill(call.Bot, "token_revoked", alsoRefresh: true);
        return ApiAnswer.Ok(("revoked", true));
    }

    /// <remarks>https://docs.slack.dev/authentication/installing-with-oauth and https://docs.slack.dev/authentication/using-token-rotation</remarks>
    public ApiAnswer Access(ApiCall call)
    {
        if (call.Text("client_id") != slack.Options.ClientId) return ApiAnswer.Error("invalid_client_id");
        if (call.Text("client_secret") != slack.Options.ClientSecret) return ApiAnswer.Error("bad_client_secret");
        if (call.Text("grant_type") == "refresh_token")
            return slack.Tokens.Refreshed(call.Text("refresh_token") ?? "") is { } known ? Given(known, slack.Installs.InstallerOf(known)) : ApiAnswer.Error("invalid_refresh_token");
        var (grant, error) = slack.Installs.Redeem(call.Text("code"), call.Text("redirect_uri"));
        return grant is null ? ApiAnswer.Error(error) : Given(grant.Team, grant.User);
    }

    /// <remarks>https://docs.slack.dev/apis/events-api/using-socket-mode</remarks>
    public ApiAnswer OpenConnection(ApiCall _) =>
        slack.Sockets.IsLinkDisabled ? ApiAnswer.Error("forbidden") : ApiAnswer.Ok(("url", slack.Sockets.MakeAddress().ToString()));

    ApiAnswer Given(Workspace team, string user)
    {
        var (access, refresh) = slack.Tokens.Issue(team, slack.Options.TokenRotation);
        var answer = ApiAnswer.Ok(
            ("app_id", slack.Options.AppId), ("authed_user", new JsonObject { ["id"] = user }), ("scope", string.Join(',', team.Scopes)), ("token_type", "bot"), ("access_token", access),
            ("bot_user_id", team.BotUserId), ("team", new JsonObject { ["id"] = team.Id, ["name"] = team.Name }), ("enterprise", null), ("is_enterprise_install", false));
        if (refresh is not null) (answer.Body["expires_in"], answer.Body["refresh_token"]) = ((int)Tokens.RotatedLife.TotalSeconds, refresh);
        return answer;
    }
}
