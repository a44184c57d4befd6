using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>Records for each of the three servers that Teams needs whether it is reached, for the log and for <c>/readyz</c>.</summary>
internal sealed class TeamsReach(IOptions<TeamsOptions> options) : IChatConnection
{
    volatile bool wasReached;

    /// <summary>The connector, at the address that Teams names.</summary>
    public Outage Connector { get; } = new();

    /// <summary>The server that issues the bot's token, at <c>Teams:TokenAddress</c>.</summary>
    public Outage Tokens { get; } = new();

    /// <summary>The server of the signing keys of requests to us, at <c>Teams:OpenIdMetadataAddress</c>.</summary>
    public Outage Keys { get; } = new();

    /// <summary>Notes that one of the servers answered.</summary>
    public void Answered() => wasReached = true;

    public string? Status => !options.Value.HasApp ? null
        : Keys.Because is { } keys ? $"Teams: not connected, the signing keys for its requests are missing: {keys}"
        : Tokens.Because is { } token ? $"Teams: not connected, the bot gets no token: {token}"
        : Connector.Because is { } connector ? $"Teams: not connected, {connector}"
        : wasReached ? "Teams: connected"
        : "Teams: not asked yet";
}
