using BotDispatch.Http;
using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Connector;

/// <inheritdoc cref="IConnector"/>
internal sealed class ConnectorClient(
    ConnectorWire wire, IBotTokens tokens, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock,
    ILogger<ConnectorClient> log) : IConnector
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ConnectorAnswer> CallAsync(ConnectorCall call, CancellationToken ct)
    {
        if (ServiceAddress.Of(call.ServiceUrl, options.Value) is not { } address)
        {
            log.AddressNotAllowed(NameOf(call), ServiceAddress.WhyNot(call.ServiceUrl, options.Value));
            return new ConnectorAnswer.Refused(ServiceAddress.NotAllowed, Refusal.Forbidden);
        }
        var request = ConnectorRequest.Of(call);
        if (!request.IsSound)
            return new ConnectorAnswer.Refused("bad_id", Refusal.Gone);
        var result = options.Value.HasApp
            ? await SendWithTokenAsync(call, request, address, ct)
            : await wire.SendAsync(call, request, address, null, Limit, ct);
        Note(call, result);
        return result.Answer;
    }

    async Task<ConnectorHttpResult> SendWithTokenAsync(ConnectorCall call, ConnectorRequest request, Uri address, CancellationToken ct)
    {
        var time = new CallTime(clock, Limit);
        return (await TokenRetry.SendAsync<string, ConnectorHttpResult>(
            async refused => await GetTokenAsync(refused?.Token) switch
            {
                BotToken.Have { Value: var token } => new(token, null),
                BotToken.NotReached not => new(null, NoToken(new ConnectorAnswer.NotReached(not.Because))),
                _ => new(null, refused?.Result ?? NoToken(new ConnectorAnswer.Refused("no_token", Refusal.Credentials))),
            },
            async token => time.Left is var left && left > TimeSpan.Zero
                ? await wire.SendAsync(call, request, address, token, left, ct)
                : NoToken(new ConnectorAnswer.NotReached("the token came too late")),
            result => result.IsUnauthorized)).Result;

        static ConnectorHttpResult NoToken(ConnectorAnswer answer) => new(answer, HasNoToken: true);

        async Task<BotToken> GetTokenAsync(string? refused)
        {
            try
            {
                return await time.WaitAsync(tokens.GetAsync(refused, ct), ct);
            }
            catch (TimeoutException)
            {
                return new BotToken.NotReached("the token was not there in time");
            }
        }
    }

    void Note(ConnectorCall call, ConnectorHttpResult result)
    {
        var name = NameOf(call);
        switch (result.Answer)
        {
            case ConnectorAnswer.Throttled throttled:
                log.Throttled(name, throttled.After.TotalSeconds, result.Correlation);
                break;
            // BotTokens logs why there is no token.
            case ConnectorAnswer.NotReached not when result.HasNoToken:
                log.CallNotReached(name, not.Because);
                return;
            case ConnectorAnswer.NotReached not:
                if (reach.Connector.IsNews(not.Because))
                    log.NotReached(not.Because);
                return;
            case ConnectorAnswer.Lost lost:
                log.Lost(name, lost.Because, result.Correlation);
                return;
            case ConnectorAnswer.Refused { Kind: Refusal.Content or Refusal.TooBig } refused:
                log.BadContent(name, refused.Code, result.Correlation);
                break;
            case ConnectorAnswer.Refused { Kind: Refusal.Credentials } refused:
                log.NoCredentials(name, refused.Code, result.Correlation);
                break;
            case ConnectorAnswer.Refused { Kind: Refusal.NotInRoster or Refusal.Blocked or Refusal.Disabled or Refusal.Forbidden } refused:
                log.NotAllowed(name, refused.Code, result.Correlation);
                break;
            case ConnectorAnswer.Refused refused:
                log.Refused(name, refused.Code, result.Correlation);
                break;
            case ConnectorAnswer.Done { Id: null }
                when call is ConnectorCall.Send or ConnectorCall.SendTargeted or ConnectorCall.NewThread:
                log.WithoutId(name, result.Correlation);
                break;
        }
        if (result.HasNoToken)
            return;
        reach.Answered();
        if (reach.Connector.Ends())
            log.ReachedAgain();
    }

    static string NameOf(ConnectorCall call) => call.GetType().Name;
}
