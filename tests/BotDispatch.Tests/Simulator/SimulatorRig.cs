using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BotDispatch.Simulator;
using BotDispatch.Simulator.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Simulator;

/// <summary>The simulator alone, on a clock moved by hand, with a receiver for its callbacks.</summary>
internal sealed class SimulatorRig : IAsyncDisposable
{
    public const string Ann = "+306971112233";

    readonly WebApplication app;

    SimulatorRig(WebApplication app, ManualClock clock, Receiver receiver)
    {
        (this.app, Clock, Receiver) = (app, clock, receiver);
        Routee = app.Services.GetRequiredService<RouteeSimulator>();
        Http = app.GetTestClient();
    }

    public ManualClock Clock { get; }
    public Receiver Receiver { get; }
    public RouteeSimulator Routee { get; }
    public HttpClient Http { get; }
    public Timeline Timeline => app.Services.GetRequiredService<Timeline>();
    public Phone Phone => Routee.Phone(Ann);

    public CallSnapshot Call => Routee.Calls[^1];

    public static async Task<SimulatorRig> StartAsync(Action<SimulatorOptions>? configure = null)
    {
        var clock = new ManualClock();
        var receiver = new Receiver(clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddKeyedSingleton<TimeProvider>("dispatch-clock", clock);
        builder.Services.AddRouteeSimulator(options =>
        {
            options.RealTime = clock;
            configure?.Invoke(options);
        });
        builder.Services.AddHttpClient("RouteeSimulator").ConfigurePrimaryHttpMessageHandler(() => receiver);
        foreach (var pump in builder.Services.Where(service => service.ServiceType == typeof(IHostedService)).ToList()) builder.Services.Remove(pump);
        var app = builder.Build();
        app.MapRouteeSimulator();
        await app.StartAsync();
        return new SimulatorRig(app, clock, receiver);
    }

    /// <summary>Starts, signs in, and rings Ann with the usual plan.</summary>
    public static async Task<SimulatorRig> RingingAsync(PersonScript? script = null, Action<JsonObject>? order = null, Action<SimulatorOptions>? configure = null)
    {
        var rig = await StartAsync(configure);
        if (script is not null) rig.Phone.Script = script;
        await rig.SignInAsync();
        await rig.OrderAsync(order);
        await rig.AdvanceAsync(1.2);
        return rig;
    }

    public static async Task<SimulatorRig> TalkingAsync(Action<JsonObject>? order = null, Action<SimulatorOptions>? configure = null)
    {
        var rig = await RingingAsync(null, order, configure);
        await rig.Phone.AnswerAsync();
        return rig;
    }

    public async Task SignInAsync(string? scope = null)
    {
        var token = await TokenAsync(scope);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
    }

    public async Task<JsonNode> TokenAsync(string? scope = null)
    {
        using var answer = await AskForTokenAsync("simulator", scope);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task<HttpResponseMessage> AskForTokenAsync(string secret = "simulator", string? scope = null, string grant = "client_credentials")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = grant, ["scope"] = scope ?? "" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"simulator:{secret}")));
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(JsonNode order) => Http.PostAsJsonAsync("/voice/conversation", order);

    public async Task<JsonNode> OrderAsync(Action<JsonObject>? change = null)
    {
        var order = Plans.Order();
        change?.Invoke(order);
        using var answer = await PostAsync(order);
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>Lives through the time, stopping at every moment something happens.</summary>
    public async Task AdvanceAsync(double seconds)
    {
        var target = Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        await Routee.RunDueAsync();
        while (Routee.NextDue is { } due && due <= target)
        {
            Clock.AdvanceTo(due);
            await Routee.RunDueAsync();
        }
        Clock.AdvanceTo(target);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    public async Task<JsonNode> TrackAsync() => (await GetAsync($"/voice/tracking/conversation/{Call.TrackingId}"))["content"]![0]!;

    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
