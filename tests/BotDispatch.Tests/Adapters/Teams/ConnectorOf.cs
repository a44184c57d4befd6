using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Identity;

namespace BotDispatch.Tests.Adapters.Teams;

/// <summary>A connector whose answers a test makes.</summary>
internal sealed class ConnectorOf(Func<ConnectorCall, CancellationToken, Task<ConnectorAnswer>> call) : IConnector
{
    public Task<ConnectorAnswer> CallAsync(ConnectorCall asked, CancellationToken ct) => call(asked, ct);
}

/// <summary>Tokens that a test makes.</summary>
internal sealed class BotTokensOf(Func<string?, Task<BotToken>> tokens) : IBotTokens
{
    public Task<BotToken> GetAsync(string? refused, CancellationToken ct) => tokens(refused);
}
