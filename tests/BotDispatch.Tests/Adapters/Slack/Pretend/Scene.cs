using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

/// <summary>What came at the app.</summary>
internal sealed record Arrived(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The JSON of an event or of an interaction, or the fields of a command.</summary>
    public JsonObject Payload
    {
        get
        {
            if (Body.StartsWith('{')) return JsonNode.Parse(Body)!.AsObject();
            var form = HttpUtility.ParseQueryString(Body);
            return form["payload"] is { } payload ? JsonNode.Parse(payload)!.AsObject() : new(form.AllKeys.Select(name => KeyValuePair.Create(name!, (JsonNode?)form[name])));
        }
    }
}

/// <summary>A pretend Slack with one workspace, and an app that answers whatever a test says.</summary>
internal sealed class Scene : HttpMessageHandler, IAsyncDisposable
{
    public const string Token = "xoxb-scene";

    PretendSlackInProcess? server;
    HttpClient? http;

    public ManualClock Clock { get; } = new();

    public StandInOptions Options { get; } = new();

    public List<Arrived> Arrivals { get; } = [];

    /// <summary>What the app answers; empty and 200 unless a test says otherwise.</summary>
    public Func<Arrived, Task<HttpResponseMessage>> App { get; set; } = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    public SlackStandIn Slack => server!.Slack;

    public Workspace Team { get; private set; } = null!;

    public Channel Ops { get; private set; } = null!;

    public SlackUser Dana { get; private set; } = null!;

    public static async Task<Scene> StartAsync(Action<StandInOptions>? configure = null)
    {
        var scene = new Scene();
        scene.Options.AppHandler = () => scene;
        configure?.Invoke(scene.Options);
        scene.server = await PretendSlackInProcess.StartAsync(scene.Clock, scene.Options);
        scene.http = new(scene.server.Handler) { BaseAddress = new("http://localhost") };
        scene.Team = scene.Slack.AddWorkspace("T0ACME", "Acme", Token);
        scene.Team.AddPerson("U0DANA", "dana", "Dana Dispatcher");
        scene.Team.AddPerson("U0TERRY", "terry", "Terry Tech");
        scene.Ops = scene.Team.AddChannel("C0OPS", "ops").With("U0DANA", "U0TERRY");
        scene.Dana = scene.Slack.User("U0DANA");
        return scene;
    }

    /// <summary>Calls a method with a form, as Slack's own client does.</summary>
    public async Task<JsonObject> CallAsync(string method, params (string Name, object? Value)[] arguments) => (await SendAsync(method, Token, arguments)).Body;

    public async Task<(HttpResponseMessage Response, JsonObject Body)> SendAsync(string method, string token, params (string Name, object? Value)[] arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/" + method)
        {
            Content = new FormUrlEncodedContent(arguments.Where(each => each.Value is not null).Select(each => KeyValuePair.Create(each.Name, Field(each.Value!)))),
        };
        if (token.Length > 0) request.Headers.Authorization = new("Bearer", token);
        var response = await http!.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : []);
    }

    public async Task<(HttpStatusCode Status, string Body)> RespondAsync(string url, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var response = await http!.PostAsync(new Uri(url), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Posts a message with these blocks.</summary>
    public async Task<Message> PostAsync(string text, params JsonNode[] blocks)
    {
        var answer = await CallAsync("chat.postMessage", ("channel", Ops.Id), ("text", text), ("blocks", blocks.Length == 0 ? null : new JsonArray(blocks)));
        answer["ok"]!.GetValue<bool>().ShouldBeTrue(answer.ToJsonString());
        return Ops.Messages[^1];
    }

    /// <summary>Lets somebody type a command, and opens a dialog for it in time.</summary>
    public async Task<OpenView> OpenAsync(JsonObject view)
    {
        await Dana.TypeAsync("/dispatch", Ops);
        var answer = await CallAsync("views.open", ("trigger_id", (string)Arrivals[^1].Payload["trigger_id"]!), ("view", view));
        answer["ok"]!.GetValue<bool>().ShouldBeTrue(answer.ToJsonString());
        return Dana.Dialog!;
    }

    public void Answers(string json) => App = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public void AnswersNothing() => App = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    public static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    public static JsonNode Fixture(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Slack", "Fixtures", file)))!;

    public async ValueTask DisposeAsync()
    {
        http!.Dispose();
        await server!.DisposeAsync();
        Dispose();
    }

    static string Field(object value) => value switch
    {
        JsonValue one => one.ToString(),
        JsonNode node => node.ToJsonString(),
        bool flag => flag ? "true" : "false",
        _ => value.ToString()!,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content!.Headers).ToDictionary(each => each.Key.ToLowerInvariant(), each => string.Join(',', each.Value));
        var arrived = new Arrived(request.RequestUri!.AbsolutePath, headers, await request.Content.ReadAsStringAsync(cancellationToken));
        lock (Arrivals) Arrivals.Add(arrived);
        return await App(arrived).WaitAsync(cancellationToken);
    }
}
