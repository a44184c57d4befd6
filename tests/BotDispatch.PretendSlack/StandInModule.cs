using BotDispatch.PretendSlack.Sockets;
using Microsoft.AspNetCore.Http.Features;

namespace BotDispatch.PretendSlack;

/// <summary>Puts the pretend Slack into an application: one Add, one Map.</summary>
public static class StandInModule
{
    static readonly WebSocketOptions Pings = new() { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(30) };

    extension(IServiceCollection services)
    {
        public IServiceCollection AddPretendSlack(StandInOptions options, TimeProvider clock) => services.AddSingleton(new SlackStandIn(options, clock));
    }

    extension(WebApplication app)
    {
        /// <summary>Maps the Web API, the response addresses, the sockets, and the page where an app is allowed in.</summary>
        public SlackStandIn MapPretendSlack()
        {
            var slack = app.Services.GetRequiredService<SlackStandIn>();
            app.Use((http, next) =>
            {
                if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
                {
                    var muffled = new MuffledUpgrade(upgrade);
                    http.Features.Set<IHttpUpgradeFeature>(muffled);
                    http.Items["upgrade"] = muffled;
                }
                return next(http);
            });
            app.UseWebSockets(Pings);
            app.UseRouting();
            app.MapMethods("/api/{method}", ["GET", "POST"], (HttpContext http, string method) => slack.Door.AnswerAsync(http, method));
            app.MapPost("/response/{team}/{number}/{secret}", slack.Responses.AnswerAsync);
            app.MapGet("/link/", slack.Sockets.ServeAsync);
            app.MapGet("/oauth/v2/authorize", (HttpRequest request) => Results.Redirect(Allow(slack, request).ToString()));
            return slack;
        }
    }

    // Alone, the first workspace's first person allows everything.
    static Uri Allow(SlackStandIn slack, HttpRequest request)
    {
        var team = slack.Workspaces[0];
        return slack.Installs.Approve(new(slack.Options.OwnAddress, request.Path + request.QueryString), team, team.People.First(each => !each.IsBot).Id);
    }
}
