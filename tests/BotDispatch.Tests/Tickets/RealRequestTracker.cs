using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BotDispatch.Tickets.RequestTracker;

namespace BotDispatch.Tests.Tickets;

/// <summary>The real Request Tracker that the tests' script starts, and its API with the rights of an administrator.</summary>
internal sealed class RealRequestTracker : IAsyncDisposable
{
    /// <summary>The environment variable with its address.</summary>
    public const string Variable = "BOTDISPATCH_TEST_REQUEST_TRACKER";

    readonly StandIn bench;

    RealRequestTracker(StandIn bench)
    {
        this.bench = bench;
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address)
            Http.BaseAddress = new(address + "/REST/2.0/");
        Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("root:password")));
    }

    public HttpClient Http { get; } = new();

    public static async Task<RealRequestTracker> OpenAsync() => new(await StandIn.StartAsync(new PatientClock()));

    /// <summary>What the product does with it.</summary>
    public RequestTrackerSystem System(string password = "password", Action<RequestTrackerOptions>? set = null)
    {
        var options = new RequestTrackerOptions { BaseAddress = new(Environment.GetEnvironmentVariable(Variable)!), UserName = "root", Password = password, Prefix = "RT-" };
        set?.Invoke(options);
        return new(options, bench.Clients);
    }

    /// <summary>Makes a ticket and returns its number.</summary>
    public async Task<string> MakeAsync(object ticket)
    {
        using var answer = await Http.PostAsync("ticket", Json(ticket));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    // PostAsJsonAsync would write "queue" for Queue, which Request Tracker does not know.
    public static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return bench.DisposeAsync();
    }
}
