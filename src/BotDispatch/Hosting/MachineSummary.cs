using BotDispatch.Alerts;
using BotDispatch.Api;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>
/// Describes what is set up for programs, alerts, webhooks and the news of ticket systems, and how to set up what is not. The text contains
/// no secret and no address.
/// </summary>
internal sealed class MachineSummary(
    IOptions<ApiOptions> api, IOptions<AlertsOptions> alerts, IOptions<WebhooksOptions> webhooks, AlertRoutes routes,
    ITicketWebhooks tickets, IHostEnvironment environment)
{
    /// <summary>Returns a line for each of them.</summary>
    public IEnumerable<(string What, string How)> Lines()
    {
        yield return ("Programs", Programs);
        yield return ("Alerts", Alerts);
        yield return ("Webhooks", Webhooks);
        if (tickets.All.Count > 0)
            yield return ("Ticket news", TicketNews);
    }

    string Programs => api.Value.Channel.Length > 0
        ? $"threads in {api.Value.Channel}; the command \"keys new NAME\" makes a key"
        : environment.IsDevelopment()
        ? "threads in the playground; the command \"keys new NAME\" makes a key"
        : "no place for their threads: set Api:Channel, then make a key with the command \"keys new NAME\"";

    string Alerts => alerts.Value.Routes.Length == 0
        ? "off: write routes, and name their file in Alerts:Routes"
        : $"{SetupSummary.Counted(routes.Read().Length, "route", "routes")} of {Path.GetFileName(alerts.Value.Routes)}; "
            + "\"keys new NAME --may=alerts\" makes a key for a sender";

    string Webhooks => webhooks.Value.Address.Count == 0
        ? "none: name an address in Webhooks:Address:NAME, and its secret in Webhooks:Secret:NAME"
        : string.Join(", ", Webhook.Read(webhooks.Value).Select(each =>
            $"{each.Name} ({(each.Events is { } types ? SetupSummary.Counted(types.Count, "type of event", "types of events")
                : "all events")})"));

    string TicketNews
    {
        get
        {
            var signed = tickets.All.Where(each => each.Value.Signs).ToList();
            var others = tickets.All.Where(each => !each.Value.Signs).ToList();
            var withKey = "with a key (\"keys new NAME --may=tickets\")";
            return signed.Count == 0 ? $"only {withKey}, posted to {Addresses(others)}; otherwise tickets are read in turn"
                : $"{Names(signed)} may post to {Addresses(signed)}"
                    + (others.Count == 0 ? "" : $"; {Names(others)} {withKey} to {Addresses(others)}");
        }
    }

    static string Names(IEnumerable<KeyValuePair<string, ITicketWebhook>> some) =>
        string.Join(" and ", some.Select(each => each.Value.System));

    static string Addresses(IEnumerable<KeyValuePair<string, ITicketWebhook>> some) =>
        string.Join(" and ", some.Select(each => $"/api/tickets/{each.Key}"));
}
