using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Connector;

/// <summary>
/// Makes a call, once: nothing is repeated here but after a refused token, since only the caller knows what may be done twice.
/// Answers within ten seconds, and never throws but for <paramref name="ct"/>.
/// </summary>
internal delegate Task<ConnectorAnswer> CallConnector(ConnectorCall call, CancellationToken ct);

/// <summary>One call of the connector, at the service address of the conversation. Conversations of posts in a thread carry <c>;messageid=</c>.</summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference</remarks>
internal abstract record ConnectorCall(string ServiceUrl)
{
    /// <summary>Posts an activity: into a thread if the conversation names one; in a channel without one it begins a new post.</summary>
    public sealed record Send(string ServiceUrl, string Conversation, JsonObject Activity) : ConnectorCall(ServiceUrl);

    /// <summary>Posts what only one person sees, for a day.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages</remarks>
    public sealed record SendTargeted(string ServiceUrl, string Conversation, string Recipient, JsonObject Activity) : ConnectorCall(ServiceUrl);

    /// <summary>Puts another activity in the place of one. Of what only one person sees it must be said again that it is such.</summary>
    public sealed record Update(string ServiceUrl, string Conversation, string Message, JsonObject Activity, bool IsTargeted = false) : ConnectorCall(ServiceUrl);

    /// <summary>Takes an activity away.</summary>
    public sealed record Delete(string ServiceUrl, string Conversation, string Message, bool IsTargeted = false) : ConnectorCall(ServiceUrl);

    /// <summary>Begins a thread in a channel with this activity.</summary>
    public sealed record NewThread(string ServiceUrl, string Tenant, string Channel, string Bot, JsonObject Activity) : ConnectorCall(ServiceUrl);

    /// <summary>Opens the chat of the bot with one person, by MRI; asked again it is the same chat. Nothing is posted.</summary>
    public sealed record PersonalChat(string ServiceUrl, string Tenant, string Bot, string Person) : ConnectorCall(ServiceUrl);

    /// <summary>Asks who one member is, by MRI or object id.</summary>
    public sealed record Member(string ServiceUrl, string Conversation, string Person) : ConnectorCall(ServiceUrl);

    /// <summary>Asks for one page of the members. The next page is asked for with what the last one said.</summary>
    public sealed record Members(string ServiceUrl, string Conversation, int PageSize, string? Continuation = null) : ConnectorCall(ServiceUrl);
}
