using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>Knows whether the three servers that Teams needs are reached, each by itself, for the log and for <c>/readyz</c>.</summary>
internal sealed class TeamsReach(IOptions<TeamsOptions> options) : IChatConnection
{
    volatile bool wasReached;

    /// <summary>The connector, where we are told to call.</summary>
    public Outage Connector { get; } = new();

    /// <summary>Where the bot's token is had, at <c>Teams:TokenAddress</c>.</summary>
    public Outage Tokens { get; } = new();

    /// <summary>Where the keys are had that requests to us are signed with, at <c>Teams:OpenIdMetadataAddress</c>.</summary>
    public Outage Keys { get; } = new();

    /// <summary>Something of Microsoft's has answered.</summary>
    public void Answered() => wasReached = true;

    public string? Status => !options.Value.HasApp ? null
        : Keys.Because is { } keys ? $"Teams: not connected, the signing keys for its requests are missing: {keys}"
        : Tokens.Because is { } token ? $"Teams: not connected, the bot gets no token: {token}"
        : Connector.Because is { } connector ? $"Teams: not connected, {connector}"
        : wasReached ? "Teams: connected"
        : "Teams: not asked yet";
}
