using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Teams.Connector;

/// <summary>An answer, and what came with it.</summary>
/// <param name="Answer">The result of the call.</param>
/// <param name="IsUnauthorized">The token was refused, so Teams certainly did nothing.</param>
/// <param name="Correlation">The id that Microsoft's support asks for; empty if Teams did not send it.</param>
/// <param name="HasNoToken">Nothing was sent, because there is no token.</param>
internal sealed record ConnectorHttpResult(
    ConnectorAnswer Answer, bool IsUnauthorized = false, string Correlation = "", bool HasNoToken = false);

/// <summary>Sends one request and returns its result. It knows no conversation, remembers nothing and repeats nothing.</summary>
internal sealed partial class ConnectorWire(IHttpClientFactory clients, TimeProvider clock)
{
    static readonly string[] Correlations = ["X-Correlating-OperationId", "MS-CV"];

    /// <summary>Sends the request with this token or none. It throws only when <paramref name="ct"/> is cancelled.</summary>
    public async Task<ConnectorHttpResult> SendAsync(
        ConnectorCall call, ConnectorRequest what, Uri address, string? token, TimeSpan within, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(what.Method, new Uri(address, what.Path));
        if (what.Body is { } body)
            request.Content = new ByteArrayContent(SafeJson.Bytes(body)) { Headers = { ContentType = new("application/json", "utf-8") } };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        Attempt.SetBudget(request, within);
        // Connections to this machine, for example to the Agents Playground, use no proxy.
        var proxy = address.IsLoopback ? null : HttpClient.DefaultProxy;
        return await clients.SendAsync<ConnectorHttpResult>(TeamsHttp.Connector, request, proxy,
            (response, answer) => new(ConnectorReading.Of(call, response, answer, clock.WallNow),
                response.StatusCode is HttpStatusCode.Unauthorized, CorrelationOf(response)),
            static failure => new(failure.IsNeverSent
                ? new ConnectorAnswer.NotReached(failure.Because)
                : new ConnectorAnswer.Lost(failure.Because)), ct);
    }

    static string CorrelationOf(HttpResponseMessage response) =>
        Correlations.Select(name => response.Headers.TryGetValues(name, out var values) ? values.First() : "")
            .FirstOrDefault(value => Plain().IsMatch(value)) ?? "";

    [GeneratedRegex(@"^[A-Za-z0-9+/=_.-]{1,120}\z")]
    private static partial Regex Plain();
}

/// <summary>A call as an HTTP request. The path is relative to the service address, and its ids are percent-encoded once.</summary>
internal sealed record ConnectorRequest(HttpMethod Method, string Path, JsonObject? Body = null)
{
    const string Targeted = "?isTargetedActivity=true";

    public static ConnectorRequest Of(ConnectorCall call) => call switch
    {
        ConnectorCall.Send send => new(HttpMethod.Post, $"{Conversation(send.Conversation)}/activities", send.Activity),
        ConnectorCall.SendTargeted send =>
            new(HttpMethod.Post, $"{Conversation(send.Conversation)}/activities{Targeted}", To(send.Recipient, send.Activity)),
        ConnectorCall.Update update =>
            new(HttpMethod.Put, Message(update.Conversation, update.Message, update.IsTargeted), update.Activity),
        ConnectorCall.Delete delete => new(HttpMethod.Delete, Message(delete.Conversation, delete.Message, delete.IsTargeted)),
        ConnectorCall.NewThread thread => new(HttpMethod.Post, "v3/conversations", Opening(thread)),
        ConnectorCall.PersonalChat chat => new(HttpMethod.Post, "v3/conversations", Opening(chat)),
        ConnectorCall.Member member => new(HttpMethod.Get, $"{Roster(member.Conversation)}/members/{Encoded(member.Person)}"),
        ConnectorCall.Members members => new(HttpMethod.Get, $"{Roster(members.Conversation)}/pagedmembers{Page(members)}"),
        _ => throw new UnreachableException(call.GetType().Name),
    };

    /// <summary>Whether every id can be part of a path. A dot would mean a step up, and an empty id another path.</summary>
    public bool IsSound => !Path.Split('?')[0].Split('/').Any(part => part is "" or "." or "..");

    static string Conversation(string id) => $"v3/conversations/{Encoded(id)}";

    static string Roster(string id) => Conversation(TeamsAddress.SplitThread(id).Conversation);

    static string Message(string conversation, string id, bool isTargeted) =>
        $"{Conversation(conversation)}/activities/{Encoded(id)}{(isTargeted ? Targeted : "")}";

    static string Page(ConnectorCall.Members members) =>
        string.Create(CultureInfo.InvariantCulture, $"?pageSize={members.PageSize}")
        + (members.Continuation is { } token ? $"&continuationToken={Encoded(token)}" : "");

    // %3B must survive. Uri does not decode a character that has a meaning in addresses.
    static string Encoded(string id) => Uri.EscapeDataString(id);

    static JsonObject To(string recipient, JsonObject activity)
    {
        var targeted = (JsonObject)activity.DeepClone();
        targeted["recipient"] = new JsonObject { ["id"] = recipient };
        return targeted;
    }

    static JsonObject Opening(ConnectorCall.NewThread thread) => new()
    {
        ["isGroup"] = true,
        ["tenantId"] = thread.Tenant,
        ["bot"] = new JsonObject { ["id"] = thread.Bot },
        ["channelData"] = new JsonObject
        {
            ["channel"] = new JsonObject { ["id"] = TeamsAddress.SplitThread(thread.Channel).Conversation },
            ["tenant"] = new JsonObject { ["id"] = thread.Tenant },
        },
        // A JSON node has only one parent, so copy the activity if it is sent again.
        ["activity"] = thread.Activity.Parent is null ? thread.Activity : thread.Activity.DeepClone(),
    };

    static JsonObject Opening(ConnectorCall.PersonalChat chat) => new()
    {
        ["isGroup"] = false,
        ["tenantId"] = chat.Tenant,
        ["bot"] = new JsonObject { ["id"] = chat.Bot },
        ["members"] = new JsonArray(new JsonObject { ["id"] = chat.Person }),
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = chat.Tenant } },
    };
}
