using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Sockets;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack;

/// <summary>Reports whether this process is connected to Slack, and if not, why.</summary>
internal sealed class SlackConnection(
    SlackReach reach, SocketHealth sockets, OneWorkspace one, IOptions<SlackOptions> options) : IChatConnection
{
    public string? Status => options.Value switch
    {
        { IsOn: false } => null,
        { UsesSockets: true, Sockets: var all } when sockets.Ready is var open =>
            $"Slack: {(open > 0 ? "connected" : "not connected")}, {Math.Min(open, all)} of {all} sockets"
                + Why(open < all ? reach.Because ?? sockets.LastTrouble : null),
        _ when reach.Because is { } because => $"Slack: not connected, {because}",
        { UsesOAuth: false } when one.Trouble is { } trouble => $"Slack: not connected, {trouble}",
        _ => reach.WasReached ? "Slack: connected" : "Slack: not asked yet",
    };

    static string Why(string? trouble) => trouble is null ? "" : $"; last trouble: {trouble}";
}
