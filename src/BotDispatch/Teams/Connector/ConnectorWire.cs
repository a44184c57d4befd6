using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
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
internal sealed partial class ConnectorWire(IHttpMessageHandlerFactory handlers, TimeProvider clock)
{
    static readonly MediaTypeHeaderValue Type = new("application/json", "utf-8");
    static readonly string[] Correlations = ["X-Correlating-OperationId", "MS-CV"];

    /// <summary>Sends the request with this token or none. It throws only when <paramref name="ct"/> is cancelled.</summary>
    public async Task<ConnectorHttpResult> SendAsync(
        ConnectorCall call, ConnectorRequest what, Uri address, string? token, TimeSpan within, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(what.Method, new Uri(address, what.Path));
        if (what.Body is { } body)
            request.Content = new ByteArrayContent(SafeJson.Bytes(body)) { Headers = { ContentType = Type } };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        Attempt.SetBudget(request, within);
        return await handlers.InvokerOf(TeamsHttp.Connector).SendOnceAsync<ConnectorHttpResult>(request,
            (response, answer) => new(ConnectorReading.Of(call, response, answer, clock.WallNow),
                response.StatusCode is HttpStatusCode.Unauthorized, CorrelationOf(response)),
            static failure => new(failure.IsNeverSent
                ? new ConnectorAnswer.NotReached(failure.Because)
                : new ConnectorAnswer.Lost(failure.Because)), ct);
    }

    static string CorrelationOf(HttpResponseMessage response)
    {
        foreach (var name in Correlations)
            if (response.Headers.TryGetValues(name, out var values) && values.First() is var value && Plain().IsMatch(value))
                return value;
        return "";
    }

    [GeneratedRegex(@"^[A-Za-z0-9+/=_.-]{1,120}\z")]
    private static partial Regex Plain();
}

/// <summary>A call as an HTTP request. The path is relative to the service address, and its ids are percent-encoded once.</summary>
internal sealed record ConnectorRequest(HttpMethod Method, string Path, WriteJson? Body = null)
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

    // Reads what was just written, to add a field. Messages to one person alone are rare, so that may cost.
    static WriteJson To(string recipient, WriteJson activity) => json =>
    {
        using var drawn = JsonDocument.Parse(SafeJson.Bytes(activity));
        json.WriteStartObject();
        foreach (var property in drawn.RootElement.EnumerateObject())
            property.WriteTo(json);
        WriteId(json, "recipient"u8, recipient);
        json.WriteEndObject();
    };

    static WriteJson Opening(ConnectorCall.NewThread thread) => json =>
    {
        StartOpening(json, isGroup: true, thread.Tenant, thread.Bot);
        json.WriteStartObject("channelData"u8);
        WriteId(json, "channel"u8, TeamsAddress.SplitThread(thread.Channel).Conversation);
        WriteId(json, "tenant"u8, thread.Tenant);
        json.WriteEndObject();
        json.Write("activity"u8, thread.Activity);
        json.WriteEndObject();
    };

    static WriteJson Opening(ConnectorCall.PersonalChat chat) => json =>
    {
        StartOpening(json, isGroup: false, chat.Tenant, chat.Bot);
        json.WriteStartArray("members"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, chat.Person);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("channelData"u8);
        WriteId(json, "tenant"u8, chat.Tenant);
        json.WriteEndObject();
        json.WriteEndObject();
    };

    static void StartOpening(Utf8JsonWriter json, bool isGroup, string tenant, string bot)
    {
        json.WriteStartObject();
        json.WriteBoolean("isGroup"u8, isGroup);
        json.WriteString("tenantId"u8, tenant);
        WriteId(json, "bot"u8, bot);
    }

    static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> name, string id)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteEndObject();
    }
}
