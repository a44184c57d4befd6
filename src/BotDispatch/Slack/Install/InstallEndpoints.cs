using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>The two addresses of an installation by OAuth. Without <c>Slack:ClientId</c> they do not exist.</summary>
internal static class InstallEndpoints
{
    // The prefix makes browsers refuse the cookie from any other host, and without Secure and this path.
    const string Cookie = "__Host-botdispatch-slack-install";

    // Slack's are about 300 characters long. A longer one is not parsed.
    const int LongestQuery = 4 * 1024;

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapSlackInstall()
        {
            if (!app.ServiceProvider.GetRequiredService<IOptions<SlackOptions>>().Value.UsesOAuth)
                return app;
            app.MapGet("/slack/install", Begin);
            app.MapGet(InstallFlow.ReturnPath, ReturnAsync);
            return app;
        }
    }

    static void Begin(HttpContext http)
    {
        var (address, browser) = http.RequestServices.GetRequiredService<InstallFlow>().Begin();
        http.Response.Cookies.Append(Cookie, browser, Options(InstallStates.Life));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Redirect(address);
    }

    static async Task ReturnAsync(HttpContext http)
    {
        var outcome = http.Request.QueryString.Value is { Length: > LongestQuery }
            ? new InstallOutcome.WrongState()
            : await ReturnAsync(http, http.Request.Query);
        http.Response.Cookies.Delete(Cookie, Options(null));
        // Anybody can write such an address, so it is counted, and not logged each time.
        int? status = outcome is InstallOutcome.WrongState
            ? http.RequestServices.GetRequiredService<UnverifiedRequests>()
                .Refuse(http, StatusCodes.Status400BadRequest, "a state that is not ours, has ended or was used before")
            : null;
        await InstallPage.SendAsync(http.Response, outcome, status, http.RequestAborted);
    }

    static Task<InstallOutcome> ReturnAsync(HttpContext http, IQueryCollection query) =>
        http.RequestServices.GetRequiredService<InstallFlow>()
        .ReturnAsync(query["state"], http.Request.Cookies[Cookie], query["code"], query["error"], http.RequestAborted);

    // Lax, because the browser must send it when Slack sends the browser back.
    static CookieOptions Options(TimeSpan? life) =>
        new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life };
}

/// <summary>
/// The page that says how an installation went. It loads nothing, runs nothing, and sends its address, which contains a code, nowhere.
/// </summary>
internal static class InstallPage
{
    const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 "
        + "1em;color:#1d1c1d;background:#fff}h1{font-size:1.5em}";

    static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Answers with the page for this outcome.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="instead">The status, if it is not the outcome's own.</param>
    /// <param name="ct">Cancels the writing.</param>
    public static async Task SendAsync(HttpResponse response, InstallOutcome outcome, int? instead, CancellationToken ct)
    {
        var (status, title, text) = Words(outcome);
        response.StatusCode = instead ?? status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>BotDispatch</title><style>{Style}</style></head>"
            + $"<body><h1>{HtmlEncoder.Default.Encode(title)}</h1><p>{HtmlEncoder.Default.Encode(text)}</p></body></html>", ct);
    }

    static (int Status, string Title, string Text) Words(InstallOutcome outcome) => outcome switch
    {
        InstallOutcome.Done done =>
            (StatusCodes.Status200OK, "BotDispatch is installed",
                $"It is ready in {done.Workspace}. Close this page and type /dispatch help in Slack."),
        InstallOutcome.Denied =>
            (StatusCodes.Status403Forbidden, "Nothing was installed",
                "The request was declined in Slack. You can begin again at any time; some workspaces need an administrator's "
                + "approval first."),
        InstallOutcome.WrongState =>
            (StatusCodes.Status400BadRequest, "Please begin again",
                "This installation began in another browser, began more than ten minutes ago, or is already finished. Nothing was "
                + "changed. Open /slack/install to begin again."),
        InstallOutcome.Refused refused =>
            (StatusCodes.Status502BadGateway, "Slack did not install it",
                $"Slack says: {refused.Error}. Open /slack/install to begin again; if it says the same again, tell the people who run "
                + "BotDispatch."),
        _ => (StatusCodes.Status503ServiceUnavailable, "Not now",
            "Slack or the database of BotDispatch did not answer. Open /slack/install in a minute to begin again."),
    };
}

/// <summary>How a visit to Slack's consent page ended.</summary>
internal abstract record InstallOutcome
{
    private InstallOutcome() { }

    public sealed record Done(string Workspace) : InstallOutcome;

    /// <summary>The person, or their administrator, declined.</summary>
    public sealed record Denied : InstallOutcome;

    /// <summary>The visit did not begin here, in this browser, in the last ten minutes; or it was used before.</summary>
    public sealed record WrongState : InstallOutcome;

    /// <summary>Slack said this instead of a token.</summary>
    public sealed record Refused(string Error) : InstallOutcome;

    /// <summary>Slack or our database did not answer.</summary>
    public sealed record NotNow : InstallOutcome;
}
