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
