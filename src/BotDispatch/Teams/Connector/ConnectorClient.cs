using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Connector;

/// <summary>
/// Calls the connector as the bot, once. What was sent is never sent again but in one case: the token was refused, so that surely nothing was done, and there is another one.
/// </summary>
internal sealed class ConnectorClient(ConnectorWire wire, GetBotToken getToken, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<ConnectorClient> log)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="CallConnector"/>
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
        var heard = options.Value.HasApp
            ? await WithTokenAsync(call, request, address, clock.GetTimestamp(), ct)
            : await wire.SendAsync(call, request, address, null, Limit, ct);
        Note(call, heard);
        return heard.Answer;
    }

    async Task<ConnectorHttpResult> WithTokenAsync(ConnectorCall call, ConnectorRequest request, Uri address, long started, CancellationToken ct)
    {
        (string Token, ConnectorHttpResult Heard)? refused = null;
        // Another token, at most once.
        while (true)
        {
            switch (await TokenAsync(refused?.Token, started, ct))
            {
                case BotToken.NotReached not:
                    return new(new ConnectorAnswer.NotReached(not.Because), HasNoToken: true);
                case BotToken.Refused:
                    return refused?.Heard ?? new(new ConnectorAnswer.Refused("no_token", Refusal.Credentials), HasNoToken: true);
                case BotToken.Have { Value: var token }:
                    var left = Left(started);
                    if (left == TimeSpan.Zero)
                        return new(new ConnectorAnswer.NotReached("the token came too late"), HasNoToken: true);
                    var heard = await wire.SendAsync(call, request, address, token, left, ct);
                    if (!heard.IsUnauthorized || refused is not null)
                        return heard;
                    refused = (token, heard);
                    break;
            }
        }
    }

    async Task<BotToken> TokenAsync(string? refused, long started, CancellationToken ct)
    {
        try
        {
            return await getToken(refused, ct).WaitAsync(Left(started), clock, ct);
        }
        catch (TimeoutException)
        {
            return new BotToken.NotReached("the token was not there in time");
        }
    }

    TimeSpan Left(long started) => Limit - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    void Note(ConnectorCall call, ConnectorHttpResult heard)
    {
        var name = NameOf(call);
        switch (heard.Answer)
        {
            case ConnectorAnswer.Throttled throttled:
                log.Throttled(name, throttled.After.TotalSeconds, heard.Correlation);
                break;
            // Told by whoever asks for tokens.
            case ConnectorAnswer.NotReached not when heard.HasNoToken:
                log.CallNotReached(name, not.Because);
                return;
            case ConnectorAnswer.NotReached not:
                if (reach.Connector.IsNews(not.Because))
                    log.NotReached(not.Because);
                return;
            case ConnectorAnswer.Lost lost:
                log.Lost(name, lost.Because, heard.Correlation);
                return;
            case ConnectorAnswer.Refused { Kind: Refusal.Content or Refusal.TooBig } refused:
                log.BadContent(name, refused.Code, heard.Correlation);
                break;
            case ConnectorAnswer.Refused { Kind: Refusal.Credentials } refused:
                log.NoCredentials(name, refused.Code, heard.Correlation);
                break;
            case ConnectorAnswer.Refused { Kind: Refusal.NotInRoster or Refusal.Blocked or Refusal.Disabled or Refusal.Forbidden } refused:
                log.NotAllowed(name, refused.Code, heard.Correlation);
                break;
            case ConnectorAnswer.Refused refused:
                log.Refused(name, refused.Code, heard.Correlation);
                break;
            case ConnectorAnswer.Done { Id: null } when call is ConnectorCall.Send or ConnectorCall.SendTargeted or ConnectorCall.NewThread:
                log.WithoutId(name, heard.Correlation);
                break;
        }
        if (heard.HasNoToken)
            return;
        reach.Answered();
        if (reach.Connector.Ends())
            log.ReachedAgain();
    }

    static string NameOf(ConnectorCall call) => call.GetType().Name;
}
