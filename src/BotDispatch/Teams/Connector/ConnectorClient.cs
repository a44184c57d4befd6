using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Connector;

/// <summary>The connector of Teams, called as the bot.</summary>
internal interface IConnector
{
    /// <summary>
    /// Makes a call once, and repeats it only after a refused token, because only the caller knows what may be done twice. It answers
    /// within ten seconds and throws only when <paramref name="ct"/> is cancelled.
    /// </summary>
    Task<ConnectorAnswer> CallAsync(ConnectorCall call, CancellationToken ct);
}

/// <summary>
/// One call of the connector, at the service address of the conversation. The conversation of a post in a thread carries
/// <c>;messageid=</c>.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference</remarks>
internal abstract record ConnectorCall(string ServiceUrl)
{
    /// <summary>Posts an activity: into the thread that the conversation names; in a channel without a thread, as a new post.</summary>
    public sealed record Send(string ServiceUrl, string Conversation, WriteJson Activity) : ConnectorCall(ServiceUrl);

    /// <summary>Posts a message that only one person sees, for a day.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages</remarks>
    public sealed record SendTargeted(string ServiceUrl, string Conversation, string Recipient, WriteJson Activity)
        : ConnectorCall(ServiceUrl);

    /// <summary>Replaces an activity. For a message that only one person sees, <paramref name="IsTargeted"/> must be set again.</summary>
    public sealed record Update(string ServiceUrl, string Conversation, string Message, WriteJson Activity, bool IsTargeted = false)
        : ConnectorCall(ServiceUrl);

    /// <summary>Deletes an activity.</summary>
    public sealed record Delete(string ServiceUrl, string Conversation, string Message, bool IsTargeted = false)
        : ConnectorCall(ServiceUrl);

    /// <summary>Begins a thread in a channel with this activity.</summary>
    public sealed record NewThread(string ServiceUrl, string Tenant, string Channel, string Bot, WriteJson Activity)
        : ConnectorCall(ServiceUrl);

    /// <summary>Opens the bot's chat with one person, by MRI. Opened again, it is the same chat. Nothing is posted.</summary>
    public sealed record PersonalChat(string ServiceUrl, string Tenant, string Bot, string Person) : ConnectorCall(ServiceUrl);

    /// <summary>Asks for one member, by MRI or object id.</summary>
    public sealed record Member(string ServiceUrl, string Conversation, string Person) : ConnectorCall(ServiceUrl);

    /// <summary>Asks for one page of the members. The answer says how to ask for the next page.</summary>
    public sealed record Members(string ServiceUrl, string Conversation, int PageSize, string? Continuation = null)
        : ConnectorCall(ServiceUrl);
}

/// <summary>The result of a call.</summary>
internal abstract record ConnectorAnswer
{
    private ConnectorAnswer() { }

    /// <summary>Teams did it.</summary>
    /// <param name="Id">The message's id; null if Teams does not name it, which is usual for some messages. Those can never be updated.
    /// </param>
    /// <param name="Conversation">The conversation that was begun or opened; null for other calls.</param>
    /// <param name="Body">The whole answer; undefined if it was no JSON object.</param>
    public sealed record Done(string? Id, string? Conversation = null, JsonElement Body = default) : ConnectorAnswer;

    /// <summary>Teams did nothing, and asks us not to use the conversation for that long.</summary>
    public sealed record Throttled(TimeSpan After) : ConnectorAnswer;

    /// <summary>Teams did nothing, because it is doing something else in that conversation. Soon it will accept the call.</summary>
    public sealed record Busy : ConnectorAnswer;

    /// <summary>The request never left, or Teams certainly did nothing.</summary>
    public sealed record NotReached(string Because) : ConnectorAnswer;

    /// <summary>Teams may have done it: the answer was lost or late, or Teams failed over it.</summary>
    public sealed record Lost(string Because) : ConnectorAnswer;

    /// <summary>Teams did nothing, and the same call would be refused again.</summary>
    /// <param name="Code">The connector's own word, such as <c>BotNotInConversationRoster</c>; without one the status, as <c>http_403</c>.
    /// </param>
    /// <param name="Kind">What the code asks for.</param>
    public sealed record Refused(string Code, Refusal Kind) : ConnectorAnswer;
}

/// <summary>Why Teams refuses a call, grouped by what has to be done about it.</summary>
internal enum Refusal
{
    /// <summary>Any other reason, also a code that is not documented.</summary>
    Other,
    /// <summary>The conversation, the message or the member does not exist any more.</summary>
    Gone,
    /// <summary>The bot is no member of the conversation: the app must be added there first.</summary>
    NotInRoster,
    /// <summary>Somebody has blocked the bot, or nobody may write there.</summary>
    Blocked,
    /// <summary>An administrator has turned the app off.</summary>
    Disabled,
    /// <summary>Not allowed for another reason.</summary>
    Forbidden,
    /// <summary>What we sent is too big.</summary>
    TooBig,
    /// <summary>What we sent is wrong.</summary>
    Content,
    /// <summary>The bot's own registration or credentials are wrong: nothing works anywhere.</summary>
    Credentials,
}

/// <inheritdoc cref="IConnector"/>
internal sealed class ConnectorClient(
    ConnectorWire wire, IBotTokens tokens, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock,
    ILogger<ConnectorClient> log) : IConnector
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // The last address that was allowed. A region has one, so it is nearly always the same, and the settings stay as they are.
    volatile Allowed? last;

    /// <inheritdoc/>
    public async Task<ConnectorAnswer> CallAsync(ConnectorCall call, CancellationToken ct)
    {
        if (AddressOf(call.ServiceUrl) is not { } address)
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

    Uri? AddressOf(string serviceUrl)
    {
        if (last is { } known && known.ServiceUrl == serviceUrl)
            return known.Address;
        if (ServiceAddress.Of(serviceUrl, options.Value) is not { } address)
            return null;
        last = new(serviceUrl, address);
        return address;
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
                log.CallNotAllowed(name, refused.Code, result.Correlation);
                break;
            case ConnectorAnswer.Refused refused:
                log.CallRefused(name, refused.Code, result.Correlation);
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

    /// <summary>A service address that may be called, as it was received and as it is called.</summary>
    sealed record Allowed(string ServiceUrl, Uri Address);
}
