using System.Web;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack;

/// <summary>The page where an administrator allows the app in.</summary>
/// <remarks>https://docs.slack.dev/authentication/installing-with-oauth</remarks>
public sealed class InstallOffice
{
    static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    readonly SlackStandIn slack;
    readonly Dictionary<string, Grant> codes = [];
    readonly Dictionary<string, string> installers = [];

    internal InstallOffice(SlackStandIn slack) => this.slack = slack;

    internal sealed record Grant(Workspace Team, string User, string RedirectUri, DateTimeOffset Until)
    {
        public bool IsUsed { get; set; }
    }

    /// <summary>Somebody allows what the address asks for; gives the address that their browser is sent to.</summary>
    public Uri Approve(Uri authorize, Workspace team, string user) => slack.Locked(() =>
    {
        var asked = HttpUtility.ParseQueryString(authorize.Query);
        if (asked["client_id"] != slack.Options.ClientId) throw new InvalidOperationException("Slack shows: invalid client_id");
        if (string.IsNullOrEmpty(asked["scope"])) throw new InvalidOperationException("Slack shows: no scopes requested");
        team.Scopes.Clear();
        team.Scopes.UnionWith(asked["scope"]!.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var code = slack.Ids.Next("code-");
        codes.Add(code, new(team, user, asked["redirect_uri"] ?? "", slack.Clock.GetUtcNow() + CodeLife));
        return Back(asked["redirect_uri"], $"code={code}", asked["state"]);
    });

    /// <summary>Somebody declines.</summary>
    public static Uri Deny(Uri authorize)
    {
        var asked = HttpUtility.ParseQueryString(authorize.Query);
        return Back(asked["redirect_uri"], "error=access_denied", asked["state"]);
    }

    internal (Grant? Grant, string Error) Redeem(string? code, string? redirectUri)
    {
        if (code is null || !codes.TryGetValue(code, out var grant) || slack.Clock.GetUtcNow() > grant.Until) return (null, "invalid_code");
        if (grant.IsUsed) return (null, "code_already_used");
        if (grant.RedirectUri != (redirectUri ?? "")) return (null, "bad_redirect_uri");
        grant.IsUsed = true;
        installers[grant.Team.Id] = grant.User;
        return (grant, "");
    }

    internal string InstallerOf(Workspace team) => installers.GetValueOrDefault(team.Id, "");

    static Uri Back(string? redirectUri, string outcome, string? state) =>
        new($"{redirectUri}{(redirectUri?.Contains('?', StringComparison.Ordinal) == true ? '&' : '?')}{outcome}&state={Uri.EscapeDataString(state ?? "")}");
}
