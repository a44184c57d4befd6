using System.Data.Common;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>Installs the app in a workspace: sends the person to Slack's consent page, and gets a token for what they bring back.</summary>
/// <remarks>https://docs.slack.dev/authentication/installing-with-oauth</remarks>
internal sealed class InstallFlow(
    InstallStates states, SlackWire wire, StoredInstallations stored, TokenRotation rotation, DeadTokens dead,
        IOptions<SlackOptions> options, TimeProvider clock, ILogger<InstallFlow> log)
{
    /// <summary>Where Slack sends people back to.</summary>
    public const string ReturnPath = "/slack/oauth_redirect";

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Returns where to send the person, and what their browser must keep until they come back.</summary>
    public (string Address, string Browser) Begin()
    {
        var (state, browser) = states.Begin();
        var address = QueryHelpers.AddQueryString(options.Value.AuthorizeAddress!.AbsoluteUri, new Dictionary<string, string?>
        {
            ["scope"] = SlackScopes.Asked,
            ["state"] = state,
            ["client_id"] = options.Value.ClientId,
            ["redirect_uri"] = ReturnAddress,
            ["user_scope"] = "",
        });
        return (address, browser);
    }

    /// <summary>Continues with what they bring back. Nothing of it is trusted before the state.</summary>
    public async Task<InstallOutcome> ReturnAsync(string? state, string? browser, string? code, string? error, CancellationToken ct)
    {
        try
        {
            var outcome = !await states.TakeAsync(state, browser, ct) ? new InstallOutcome.WrongState()
                : error is { Length: > 0 }
                    ? error == "access_denied" ? new InstallOutcome.Denied()
                    : new InstallOutcome.Refused(Word(error))
                : code is { Length: > 0 and < 1000 } ? await ExchangeAsync(code)
                : new InstallOutcome.Refused("no_code");
            if (outcome is InstallOutcome.Refused refused)
                log.NotInstalled(refused.Error);
            return outcome;
        }
        catch (DbException)
        {
            log.NotInstalled("the database is away");
            return new InstallOutcome.NotNow();
        }
    }

    // It goes on if the browser disconnects: a code is good for one exchange, and Slack believes us installed from then on.
    async Task<InstallOutcome> ExchangeAsync(string code)
    {
        var asked = clock.GetUtcNow();
        var answer = (await wire.CallAsync("oauth.v2.access", null, Arguments(code), Limit, CancellationToken.None)).Answer;
        switch (answer)
        {
            case SlackAnswer.Ok ok
                when options.Value.AppId.Length > 0 && ok.Body.Text("app_id") is { } other && other != options.Value.AppId:
                return new InstallOutcome.Refused("another_app");
            case SlackAnswer.Ok ok when InstalledApp.Read(ok.Body, asked) is { } app:
                rotation.Forget(app.Id);
                await stored.PutAsync(app, CancellationToken.None);
                dead.Remove(app.Id);
                log.Installed(app.Id);
                return new InstallOutcome.Done(app.Name);
            case SlackAnswer.Ok:
                return new InstallOutcome.Refused("no_bot_token");
            case SlackAnswer.Refused refused:
                return new InstallOutcome.Refused(refused.Error);
            default:
                log.NotInstalled(answer.Why);
                return new InstallOutcome.NotNow();
        }
    }

    JsonObject Arguments(string code) => new()
    {
        ["client_id"] = options.Value.ClientId,
        ["client_secret"] = options.Value.ClientSecret,
        ["code"] = code,
        ["redirect_uri"] = ReturnAddress,
    };

    string ReturnAddress => options.Value.PublicBaseAddress!.AbsoluteUri.TrimEnd('/') + ReturnPath;

    // It came in an address that anybody can write.
    static string Word(string error) =>
        error.Length <= 80 && error.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_') ? error : "unnamed_error";
}
