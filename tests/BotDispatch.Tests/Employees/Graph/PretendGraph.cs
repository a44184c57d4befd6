using System.Text.Json.Nodes;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Graph;
using BotDispatch.Employees.Remote;
using BotDispatch.Http;
using BotDispatch.Tests.Adapters.Teams.Connector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Employees.Graph;

/// <summary>A tenant on this machine, with one group, answering as Microsoft's documentation of Graph v1.0 shows.</summary>
internal sealed class PretendGraph : IAsyncDisposable
{
    public const string Group = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
    const string Members = "/v1.0/groups/" + Group + "/transitiveMembers/microsoft.graph.user";

    readonly StandIn server;
    readonly ServiceProvider services;
    int tokens;

    PretendGraph(StandIn server, Action<GraphPeopleOptions>? change)
    {
        this.server = server;
        Redirecting = new(server.Address);
        server.Answer = AnswerAsync;
        var collection = new ServiceCollection().AddSingleton<TimeProvider>(Clock);
        collection.AddOutgoingClient(GraphApi.Client, RetryPolicy.Never, GraphApi.LargestAnswer).AsksForJson();
        collection.AddOutgoingClient(GraphApi.Identity, RetryPolicy.Never, GraphApi.LargestToken);
        collection.AddHttpClient(GraphApi.Identity).AddHttpMessageHandler(() => Redirecting);
        services = collection.BuildServiceProvider();
        Options = new()
        {
            GraphGroup = Group,
            GraphTenantId = "example.onmicrosoft.com",
            GraphClientId = "5c7a2c1e-0f6d-4a40-9c7a-000000000001",
            GraphClientSecret = "s3cret~value",
            GraphBaseAddress = new(server.Address, "/v1.0"),
            GraphTokenAddress = server.Address,
        };
        change?.Invoke(Options);
        People = new(
            new GraphPeopleSource(services.GetRequiredService<IHttpClientFactory>(), Microsoft.Extensions.Options.Options.Create(Options), Clock, WaitAsync),
            new EmployeesFileOptions { DefaultRegion = "GB" }, () => null, Clock, NullLogger<RemotePeople>.Instance);
    }

    public ManualClock Clock { get; } = new();

    /// <summary>Brings what is asked of the machine's own identity here.</summary>
    public ToStandIn Redirecting { get; }
    public GraphPeopleOptions Options { get; }
    public RemotePeople People { get; }
    public List<TimeSpan> Waits { get; } = [];
    public IReadOnlyCollection<Received> Requests => server.Requests;

    /// <summary>The members, in pages.</summary>
    public List<List<JsonObject>> Pages { get; } = [[]];

    /// <summary>Mailboxes by the ids of their owners. A person without one is answered 404.</summary>
    public Dictionary<string, JsonObject> Mailboxes { get; } = [];

    /// <summary>Answers instead of the next requests whose target contains the text; removed when it is given.</summary>
    public List<(string Target, int Status, string Body, (string Name, string Value)[] Headers)> Next { get; } = [];

    /// <summary>Answers instead of the mailbox of one person; with true for every time.</summary>
    public Dictionary<string, (int Status, string? RetryAfter, bool IsAlways)> MailboxAnswers { get; } = [];

    /// <summary>Replaces the link to the next page.</summary>
    public string? NextLink { get; set; }

    public static async Task<PretendGraph> StartAsync(Action<GraphPeopleOptions>? change = null) => new(await StandIn.StartAsync(), change);

    public static JsonObject User(string id, string name, string? mobile = null, string? business = null, bool? isEnabled = true, string? language = null) => new()
    {
        ["id"] = id,
        ["displayName"] = name,
        ["mail"] = $"{id}@example.com",
        ["userPrincipalName"] = $"{id}@example.onmicrosoft.com",
        ["mobilePhone"] = mobile,
        ["businessPhones"] = business is null ? new JsonArray() : new JsonArray(business),
        ["preferredLanguage"] = language,
        ["accountEnabled"] = isEnabled,
    };

    public static JsonObject Mailbox(string zone, string status = "Disabled", (string From, string To, string Zone)? scheduled = null) => JsonNode.Parse($$"""
        {
          "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Me/mailboxSettings",
          "automaticRepliesSetting": {
            "status": "{{status}}", "externalAudience": "All",
            "scheduledStartDateTime": { "dateTime": "{{scheduled?.From ?? "2016-03-14T07:00:00.0000000"}}", "timeZone": "{{scheduled?.Zone ?? "UTC"}}" },
            "scheduledEndDateTime": { "dateTime": "{{scheduled?.To ?? "2016-03-28T07:00:00.0000000"}}", "timeZone": "{{scheduled?.Zone ?? "UTC"}}" },
            "internalReplyMessage": "<html>\n<body>\n<p>I am out.</p></body>\n</html>\n", "externalReplyMessage": ""
          },
          "timeZone": "{{zone}}",
          "language": { "locale": "de-DE", "displayName": "German (Germany)" },
          "workingHours": {
            "daysOfWeek": [ "monday", "tuesday", "wednesday", "thursday", "friday" ],
            "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000", "timeZone": { "name": "{{zone}}" }
          }
        }
        """)!.AsObject();

    public async Task<System.Collections.Immutable.ImmutableArray<Core.Employee>> ReadAsync()
    {
        await People.RefreshAsync(default);
        return People.Read();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await services.DisposeAsync();
    }

    Task WaitAsync(TimeSpan time, CancellationToken ct)
    {
        Waits.Add(time);
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    Task AnswerAsync(HttpContext context, Received received)
    {
        var target = received.Target;
        if (Next.FindIndex(each => target.Contains(each.Target, StringComparison.Ordinal)) is >= 0 and var index)
        {
            var (_, status, body, headers) = Next[index];
            Next.RemoveAt(index);
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return StandIn.JsonAsync(context, status, body);
        }
        return target switch
        {
            "/example.onmicrosoft.com/oauth2/v2.0/token" =>
                StandIn.JsonAsync(context, 200, $$"""{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"token-{{++tokens}}"}"""),
            _ when target.StartsWith("/metadata/identity/oauth2/token", StringComparison.Ordinal) =>
                StandIn.JsonAsync(context, 200, """{"access_token":"machine-token","expires_in":"86399","expires_on":"4102444800","resource":"x","token_type":"Bearer"}"""),
            "/v1.0/$batch" => StandIn.JsonAsync(context, 200, Batch(JsonNode.Parse(received.Body)!["requests"]!.AsArray()).ToJsonString()),
            _ when target.StartsWith(Members + "?", StringComparison.Ordinal) => StandIn.JsonAsync(context, 200, Page(context).ToJsonString()),
            _ => StandIn.JsonAsync(context, 404, """{"error":{"code":"Request_ResourceNotFound","message":"Resource does not exist."}}"""),
        };
    }

    JsonObject Page(HttpContext context)
    {
        var number = int.TryParse(context.Request.Query["$skiptoken"], out var skipped) ? skipped : 0;
        var page = new JsonObject
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#users",
            ["@odata.count"] = Pages.Sum(each => each.Count),
            ["value"] = new JsonArray([.. Pages[number].Select(each => each.DeepClone())]),
        };
        if (number + 1 < Pages.Count)
            page["@odata.nextLink"] = NextLink ?? $"{server.Address.AbsoluteUri.TrimEnd('/')}{Members}?$count=true&$skiptoken={number + 1}";
        return page;
    }

    // The answers come in another order than the requests.
    JsonObject Batch(JsonArray requests) => new() { ["responses"] = new JsonArray([.. requests.Reverse().Select(each => (JsonNode)Response(each!.AsObject()))]) };

    JsonObject Response(JsonObject request)
    {
        var id = request["url"]!.GetValue<string>().Split('/')[2];
        var response = new JsonObject { ["id"] = request["id"]!.DeepClone(), ["status"] = 404, ["headers"] = new JsonObject { ["Content-Type"] = "application/json" } };
        if (MailboxAnswers.TryGetValue(id, out var answer))
        {
            if (!answer.IsAlways)
                MailboxAnswers.Remove(id);
            response["status"] = answer.Status;
            if (answer.RetryAfter is not null)
                response["headers"]!["Retry-After"] = answer.RetryAfter;
            response["body"] = new JsonObject { ["error"] = new JsonObject { ["code"] = "ErrorAccessDenied", ["message"] = "Access is denied. Check credentials and try again." } };
        }
        else if (Mailboxes.TryGetValue(id, out var mailbox))
            (response["status"], response["body"]) = (200, mailbox.DeepClone());
        else
            response["body"] = new JsonObject { ["error"] = new JsonObject { ["code"] = "MailboxNotEnabledForRESTAPI", ["message"] = "The mailbox is either inactive or soft-deleted." } };
        return response;
    }
}
