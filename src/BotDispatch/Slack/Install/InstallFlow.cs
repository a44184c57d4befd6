using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Http;
using BotDispatch.Slack.Api;
using BotDispatch.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>Installs the app in a workspace: sends the person to Slack's consent page, and gets a token for what they bring back.</summary>
/// <remarks>https://docs.slack.dev/authentication/installing-with-oauth</remarks>
// Eight: the request, Slack's answer, what is stored of it, and what an earlier token leaves behind.
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
                log.InstallationFailed(refused.Error);
            return outcome;
        }
        catch (DbException)
        {
            log.InstallationFailed("the database is away");
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
                log.InstallationFailed(answer.Why);
                return new InstallOutcome.NotNow();
        }
    }

    SlackArguments Arguments(string code) => new()
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

/// <summary>The key that signs the states of installations; the same on every node.</summary>
internal sealed record InstallKey(ReadOnlyMemory<byte> Value);

/// <summary>
/// The state of an installation in progress: signed by us, good for ten minutes, for the browser that began it, and for one use. A forged
/// one is refused without asking the database.
/// </summary>
/// <remarks>
/// We sign it ourselves, because Data Protection (ASP.NET 10) reads all its keys again, here from the database, for each payload that names
/// an unknown key within two minutes of its first use, and anybody can write such a payload.
/// </remarks>
internal sealed class InstallStates(InstallKey key, SeenStore seen, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    // Ours have about 120 characters.
    const int Longest = 200;

    /// <summary>Returns a new state, and what its browser must keep.</summary>
    public (string State, string Browser) Begin()
    {
        var browser = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var ends = (clock.GetUtcNow() + Life).ToUnixTimeSeconds();
        var state = string.Create(CultureInfo.InvariantCulture, $"{nonce}.{ends}.{Mark(browser)}");
        return ($"{state}.{Sign(state)}", browser);
    }

    /// <summary>Returns whether the installation may continue with this state; never twice.</summary>
    public async Task<bool> TakeAsync(string? state, string? browser, CancellationToken ct)
    {
        if (state is not { Length: <= Longest } || browser is not { Length: > 0 and <= Longest }
            || state.LastIndexOf('.') is not (> 0 and var dot))
            return false;
        var signed = state[..dot];
        return IsSame(state[(dot + 1)..], Sign(signed)) && signed.Split('.') is [var nonce, var ends, var mark]
            && IsSame(mark, Mark(browser))
            && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(ends, CultureInfo.InvariantCulture)
            && await seen.TryAddAsync($"slack-install:{nonce}", ct);
    }

    static bool IsSame(string given, string ours) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(ours));

    static string Mark(string browser) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(browser)));

    // The prefix makes a signature with the same key for another purpose useless here.
    string Sign(string state) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Value.Span, Encoding.UTF8.GetBytes("slack install " + state)));
}
