using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace BotDispatch.Http;

/// <summary>
/// What a client repeats by itself, and how long it waits in between: one policy for each kind of call that is repeated. Time is the
/// <see cref="TimeProvider"/> of the services.
/// </summary>
internal sealed class RetryPolicy
{
    /// <summary>How often a request is repeated at most.</summary>
    public const int MostRetries = 2;

    /// <summary>The longest wait before a repetition, whatever the server's Retry-After says.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>The longest time for a request with all its repetitions: as long as they usually may take together.</summary>
    public static readonly TimeSpan TotalTimeout = (Attempt.UsualTimeout * (MostRetries + 1)) + (LongestDelay * MostRetries);

    static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(500);

    readonly Action<ResiliencePipelineBuilder<HttpResponseMessage>, IServiceProvider>? build;

    RetryPolicy(Action<ResiliencePipelineBuilder<HttpResponseMessage>, IServiceProvider>? build) => this.build = build;

    /// <summary>
    /// For requests that may be sent twice. They are repeated after no connection, a lost answer, no answer in time, 408, 429 and 5xx.
    /// </summary>
    public static RetryPolicy AnyFailure { get; } = new(static (pipeline, provider) => pipeline
        .AddTimeout(TotalTimeout)
        .AddRetry(Retry(provider, FailsForNow)));

    /// <summary>For requests that the client must not repeat: posts, whose caller knows whether they can be repeated.</summary>
    public static RetryPolicy Never { get; } = new(build: null);

    /// <summary>
    /// For an order. It is repeated only if the server certainly did not start it: after a failure before a byte could leave, or after 429.
    /// After no answer in time, a cut connection, 408 or 5xx it may be under way, and it is never repeated.
    /// </summary>
    /// <param name="beforeRetry">Makes a function that returns when the next attempt may begin.</param>
    public static RetryPolicy NeverStarted(Func<IServiceProvider, Func<CancellationToken, Task>> beforeRetry) => new((pipeline, provider) =>
    {
        var retry = Retry(provider, static outcome =>
            outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } || SendFailure.WasNeverSent(outcome.Exception));
        var wait = beforeRetry(provider);
        retry.OnRetry = async args => await wait(args.Context.CancellationToken);
        pipeline.AddRetry(retry);
    });

    /// <summary>Returns the handler that repeats attempts as this policy says; null if nothing is repeated.</summary>
    /// <remarks>
    /// AddResilienceHandler would leave the pipeline to Polly's registry. The registry waits up to 30 s for calls under way when the
    /// services are disposed, which delays every stop (Polly.Core 8.9.1), and it logs each retry with its exception, which names the host.
    /// </remarks>
    public DelegatingHandler? Repeater(IServiceProvider provider)
    {
        if (build is null)
            return null;
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = provider.GetRequiredService<TimeProvider>() };
        build(pipeline, provider);
        return new ResilienceHandler(pipeline.Build());
    }

    // HttpRetryStrategyOptions would wait as long as Retry-After says, and the total timeout of the standard handler would then end the
    // wait with an exception instead of the answer (Microsoft.Extensions.Http.Resilience 10.11.0). So we use the plain strategy, with a
    // limited wait.
    static RetryStrategyOptions<HttpResponseMessage> Retry(IServiceProvider provider, Func<Outcome<HttpResponseMessage>, bool> isRetried)
    {
        var clock = provider.GetRequiredService<TimeProvider>();
        return new()
        {
            MaxRetryAttempts = MostRetries,
            Delay = Backoff,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = args => ValueTask.FromResult(isRetried(args.Outcome)),
            DelayGenerator = args =>
                ValueTask.FromResult(
                    args.Outcome.Result is { } answer ? RetryAfter.Of(answer, clock.GetUtcNow(), TimeSpan.Zero, LongestDelay) : null),
        };
    }

    static bool FailsForNow(Outcome<HttpResponseMessage> outcome) => outcome.Result is { StatusCode: var status }
        ? status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        : outcome.Exception is HttpRequestException or TimeoutRejectedException || SendFailure.WasNeverSent(outcome.Exception);
}
