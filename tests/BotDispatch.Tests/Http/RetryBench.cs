using System.Net;
using BotDispatch.Http;
using BotDispatch.Tests.Adapters.Routee;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Http;

/// <summary>A client with one policy, as the product sets it up, and a server that does what a test says. Waits of five seconds and less are over at once.</summary>
internal sealed class RetryBench : IDisposable
{
    readonly ServiceProvider services;
    readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RetryBench(RetryPolicy policy, Func<int, Task<HttpResponseMessage>> answer)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logged)).AddSingleton<TimeProvider>(Clock);
        collection.AddOutgoingClient("bench", policy, largestAnswer: 1000).ConfigurePrimaryHttpMessageHandler(() => new Server(this, answer));
        services = collection.BuildServiceProvider();
    }

    public RouteeBench.StepClock Clock { get; } = new(RouteeBench.Noon) { Races = TimeSpan.FromSeconds(5) };

    public LogRecorder Logged { get; } = new();

    /// <summary>How often the server was asked.</summary>
    public int Sent { get; private set; }

    public Task Reached => reached.Task;

    public async Task<HttpStatusCode> PostAsync(TimeSpan? budget = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://server.example/secret-path") { Content = new StringContent("order") };
        if (budget is { } time)
            Attempt.SetBudget(request, time);
        using var response = await services.GetRequiredService<IHttpClientFactory>().CreateClient("bench").SendAsync(request);
        return response.StatusCode;
    }

    public void Dispose() => services.Dispose();

    sealed class Server(RetryBench bench, Func<int, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await request.Content!.ReadAsStringAsync(cancellationToken)).ShouldBe("order");
            bench.Sent++;
            bench.reached.TrySetResult();
            return await answer(bench.Sent).WaitAsync(cancellationToken);
        }
    }
}
