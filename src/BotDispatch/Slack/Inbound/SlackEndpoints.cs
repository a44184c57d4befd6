namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Where Slack posts to. All four addresses take everything, so that none of them can be entered at the wrong place in the app's
/// settings.
/// </summary>
internal static class SlackEndpoints
{
    static readonly string[] Paths = ["/slack/commands", "/slack/interactivity", "/slack/options", "/slack/events"];

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>Needs <see cref="SlackRequests"/>. What is posted is signed, which no forgery from a browser is.</summary>
        public IEndpointRouteBuilder MapSlackRequests()
        {
            var requests = app.ServiceProvider.GetRequiredService<SlackRequests>();
            foreach (var path in Paths)
                app.MapPost(path, requests.AnswerAsync).DisableAntiforgery();
            return app;
        }
    }
}
