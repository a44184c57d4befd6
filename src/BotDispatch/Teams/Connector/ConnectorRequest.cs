using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Connector;

/// <summary>A call as it travels: the path is relative to the service address, its ids percent-encoded once.</summary>
internal sealed record ConnectorRequest(HttpMethod Method, string Path, JsonObject? Body = null)
{
    const string Targeted = "?isTargetedActivity=true";

    public static ConnectorRequest Of(ConnectorCall call) => call switch
    {
        ConnectorCall.Send send => new(HttpMethod.Post, $"{Conversation(send.Conversation)}/activities", send.Activity),
        ConnectorCall.SendTargeted send => new(HttpMethod.Post, $"{Conversation(send.Conversation)}/activities{Targeted}", To(send.Recipient, send.Activity)),
        ConnectorCall.Update update => new(HttpMethod.Put, Message(update.Conversation, update.Message, update.IsTargeted), update.Activity),
        ConnectorCall.Delete delete => new(HttpMethod.Delete, Message(delete.Conversation, delete.Message, delete.IsTargeted)),
        ConnectorCall.NewThread thread => new(HttpMethod.Post, "v3/conversations", Opening(thread)),
        ConnectorCall.PersonalChat chat => new(HttpMethod.Post, "v3/conversations", Opening(chat)),
        ConnectorCall.Member member => new(HttpMethod.Get, $"{Roster(member.Conversation)}/members/{Encoded(member.Person)}"),
        ConnectorCall.Members members => new(HttpMethod.Get, $"{Roster(members.Conversation)}/pagedmembers{Page(members)}"),
        _ => throw new UnreachableException(call.GetType().Name),
    };

    /// <summary>Whether every id can stand in a path: a dot would be taken for a step up, and nothing for another path.</summary>
    public bool IsSound => !Path.Split('?')[0].Split('/').Any(part => part is "" or "." or "..");

    static string Conversation(string id) => $"v3/conversations/{Encoded(id)}";

    static string Roster(string id) => Conversation(TeamsAddress.SplitThread(id).Conversation);

    static string Message(string conversation, string id, bool isTargeted) => $"{Conversation(conversation)}/activities/{Encoded(id)}{(isTargeted ? Targeted : "")}";

    static string Page(ConnectorCall.Members members) =>
        string.Create(CultureInfo.InvariantCulture, $"?pageSize={members.PageSize}") + (members.Continuation is { } token ? $"&continuationToken={Encoded(token)}" : "");

    // %3B must survive: Uri leaves alone what is encoded, if it is a sign with a meaning in addresses.
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
        ["activity"] = thread.Activity.DeepClone(),
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
