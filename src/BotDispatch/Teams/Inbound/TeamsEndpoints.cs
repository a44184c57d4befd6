using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Inbound;

/// <summary>The messaging endpoint to which Teams posts, as it is entered in the bot's registration.</summary>
internal static class TeamsEndpoints
{
    /// <summary>The path, which is the same in Microsoft's examples.</summary>
    public const string Path = "/api/messages";

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>
        /// Maps the endpoint unless the adapter is off. Needs <see cref="ActivityRequests"/>. Logs after the start if the Agents Playground
        /// may connect without a token.
        /// </summary>
        public IEndpointRouteBuilder MapTeamsRequests()
        {
            var options = app.ServiceProvider.GetRequiredService<IOptions<TeamsOptions>>().Value;
            if (!options.IsOn)
                return app;
            if (options.AcceptsPlayground)
                app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted
                    .Register(app.ServiceProvider.GetRequiredService<ILogger<ActivityRequests>>().NobodyIsAsked);
            // No antiforgery check is needed, because a post carries a token or does not come from a browser.
            app.MapPost(Path, app.ServiceProvider.GetRequiredService<ActivityRequests>().AnswerAsync).DisableAntiforgery();
            return app;
        }
    }
}
