using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>The two addresses of an installation by OAuth. Without <c>Slack:ClientId</c> they are not there.</summary>
internal static class InstallEndpoints
{
    // The prefix makes browsers refuse it from any other host, and without Secure and this path.
    const string Cookie = "__Host-botdispatch-slack-install";

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
        var (query, flow) = (http.Request.Query, http.RequestServices.GetRequiredService<InstallFlow>());
        var outcome = await flow.ReturnAsync(query["state"], http.Request.Cookies[Cookie], query["code"], query["error"], http.RequestAborted);
        http.Response.Cookies.Delete(Cookie, Options(null));
        await InstallPage.SendAsync(http.Response, outcome, http.RequestAborted);
    }

    // Lax: it has to come along when Slack sends the browser back.
    static CookieOptions Options(TimeSpan? life) => new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life };
}
