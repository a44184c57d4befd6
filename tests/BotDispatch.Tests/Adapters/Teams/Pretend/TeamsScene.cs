using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.Tests.Adapters.Teams.Pretend;

/// <summary>The pretend Teams alone, with a bot that answers whatever a test lets it, and calls whatever a test calls.</summary>
internal sealed class TeamsScene : HttpMessageHandler
{
    public const string TenantId = "22222222-0000-4000-8000-000000000002";

    readonly HttpMessageInvoker door;

    TeamsScene(PretendTeamsInProcess server, ManualClock clock)
    {
        (Server, Clock) = (server, clock);
        door = new(server.Handler);
        Teams.Options.AppHandler = () => this;
        Tenant = Teams.AddTenant(TenantId, "Acme");
        Dana = Teams.User(Tenant.AddPerson("Dana Dispatcher", "dana@example.com"));
        Priya = Teams.User(Tenant.AddPerson("Priya Nair"));
        General = Tenant.AddChannel("Operations", "General", Dana.Person, Priya.Person);
        Ops = Tenant.AddChannel("Operations", "ops", Dana.Person, Priya.Person);
    }

    public PretendTeamsInProcess Server { get; }

    public ManualClock Clock { get; }

    public TeamsStandIn Teams => Server.Teams;

    public Tenant Tenant { get; }

    public Place General { get; }

    public Place Ops { get; }

    public TeamsUser Dana { get; }

    public TeamsUser Priya { get; }

    /// <summary>What the bot answers.</summary>
    public Func<JsonObject, Task<(HttpStatusCode Status, string Body)>> Bot { get; set; } = _ => Task.FromResult((HttpStatusCode.OK, ""));

    /// <summary>What it was sent.</summary>
    public List<JsonObject> Received { get; } = [];

    public IEnumerable<string> Complaints => Teams.Complaints.Select(each => each.What);

    public static async Task<TeamsScene> BeginAsync()
    {
        var clock = new ManualClock();
        return new(await PretendTeamsInProcess.StartAsync(clock, new()), clock);
    }

    public void BotSays(string body) => Bot = _ => Task.FromResult((HttpStatusCode.OK, body));

    /// <summary>Calls the connector as the bot, with its token.</summary>
    public async Task<(int Status, JsonObject Body)> CallAsync(string method, string path, JsonNode? body = null, string? token = null, string? address = null)
    {
        using var request = new HttpRequestMessage(new(method), (address ?? Teams.Options.ServiceUrl.AbsoluteUri) + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token());
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await door.SendAsync(request, default);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public Task<(int Status, JsonObject Body)> SendAsync(Place place, JsonObject activity, Post? thread = null) =>
        CallAsync("POST", $"v3/conversations/{Uri.EscapeDataString(thread?.ThreadId ?? place.Id)}/activities", activity);

    /// <summary>A card stands in the channel.</summary>
    public async Task<Post> CardAsync(JsonObject card)
    {
        (await SendAsync(Ops, OfCard(card))).Status.ShouldBe(201);
        return Ops.Roots[^1];
    }

    public static JsonObject OfCard(JsonObject card) =>
        new() { ["type"] = "message", ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }) };

    public static JsonObject OfText(string text) => new() { ["type"] = "message", ["text"] = text };

    /// <summary>A card with these words, fields and buttons.</summary>
    public static JsonObject Card(string words, string actions, string inputs = "") => JsonNode.Parse(
        $$$"""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"{{{words}}}"},{{{inputs}}}{"type":"ActionSet","actions":[{{{actions}}}]}]}""")!.AsObject();

    public string Token() => Teams.Tokens.Issue(TenantId, new Microsoft.AspNetCore.Http.FormCollection(new()
    {
        ["client_id"] = Teams.Options.AppId,
        ["client_secret"] = Teams.Options.AppPassword,
        ["grant_type"] = "client_credentials",
        ["scope"] = "https://api.botframework.com/.default",
    })).Body["access_token"]!.ToString();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var activity = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        lock (Received)
            Received.Add(activity);
        var (status, body) = await Bot(activity).WaitAsync(cancellationToken);
        return new(status) { Content = new StringContent(body) };
    }
}
