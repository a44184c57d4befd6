using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Inbound;

/// <summary>Where Teams posts to: the messaging endpoint that is entered at the bot's registration.</summary>
internal static class TeamsEndpoints
{
    /// <summary>As every example has it.</summary>
    public const string Path = "/api/messages";

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>
        /// Needs <see cref="ActivityRequests"/>. Nothing is mapped while the adapter is off; says once the process has started when the
        /// Agents Playground may connect without a token.
        /// </summary>
        public IEndpointRouteBuilder MapTeamsRequests()
        {
            var options = app.ServiceProvider.GetRequiredService<IOptions<TeamsOptions>>().Value;
            if (!options.IsOn)
                return app;
            if (options.AcceptsPlayground)
                app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted
                    .Register(app.ServiceProvider.GetRequiredService<ILogger<ActivityRequests>>().NobodyIsAsked);
            // What is posted carries a token, or comes from no browser: there is nothing that a page could forge.
            app.MapPost(Path, app.ServiceProvider.GetRequiredService<ActivityRequests>().AnswerAsync).DisableAntiforgery();
            return app;
        }
    }
}
