using BotDispatch.Api;
using BotDispatch.Http;
using BotDispatch.Slack;
using BotDispatch.Teams;
using BotDispatch.Tickets;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>Describes by which proxy the services of the settings are called, without its name and password.</summary>
internal sealed class ProxySummary(
    IOptions<SlackOptions> slack, IOptions<TeamsOptions> teams, IOptions<RouteeOptions> routee, IOptions<WebhooksOptions> webhooks,
    TicketSystems systems, MachineProxy proxy)
{
    /// <summary>The line of the summary.</summary>
    public string Line => SetupSummary.Line("Proxy", (proxy.Describe(Uri.UriSchemeHttps), proxy.Describe(Uri.UriSchemeHttp)) switch
    {
        (null, null) => "none",
        (null, { } http) => $"none for https, {http} for http",
        // Hardly anything is called by http.
        ({ } https, var http) => (http is null || http == https ? https : $"{https} for https, {http} for http") + Past,
    });

    /// <summary>What an administrator meant and .NET does not do, as sentences.</summary>
    public IEnumerable<string> Notices => proxy.Notices([.. Targets]);

    string Past => Targets.Where(each => !each.IsLoopback && proxy.Of(each) is null && proxy.Describe(each.Scheme) is not null)
        .Select(each => each.IdnHost).Distinct().ToList() is { Count: > 0 } past ? $"; past it: {string.Join(", ", past)}" : "";

    IEnumerable<Uri> Targets => ((Uri?[])
    [
        routee.Value.BaseAddress, routee.Value.AuthBaseAddress,
        slack.Value.IsOn ? slack.Value.ApiBaseAddress : null,
        .. teams.Value.HasApp ? (Uri?[])[teams.Value.TokenAddress, teams.Value.OpenIdMetadataAddress, teams.Value.ServiceUrl] : [],
        .. systems.All.Select(each => each.System.Root),
        .. Webhook.Read(webhooks.Value).Select(each => each.Address),
    ]).OfType<Uri>();
}
