using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace BotDispatch.Http;

/// <summary>What a client sends again by itself, and how long it waits: one policy for each kind of call. Time is the <see cref="TimeProvider"/> of the services.</summary>
internal sealed class RetryPolicy
{
    /// <summary>How long one sending may take, its answer's last byte included, where the request names no budget.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How often it is sent again at most.</summary>
    public const int MostRetries = 2;

    /// <summary>How long is waited before it is sent again, at most, whatever the server's Retry-After says.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>How long a question may take with all its tries: a backstop, as long as they may take together.</summary>
    public static readonly TimeSpan TotalTimeout = (AttemptTimeout * (MostRetries + 1)) + (LongestDelay * MostRetries);

    static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(500);
    static readonly HttpRequestOptionsKey<TimeSpan> Budget = new("BotDispatch.TimeBudget");

    readonly Action<ResiliencePipelineBuilder<HttpResponseMessage>, IServiceProvider> build;

    RetryPolicy(Action<ResiliencePipelineBuilder<HttpResponseMessage>, IServiceProvider> build) => this.build = build;

    /// <summary>For what may be asked twice: it is asked again after no connection, a lost answer, no answer in time, 408, 429 and 5xx.</summary>
    public static RetryPolicy AnyFailure { get; } = new(static (pipeline, provider) => pipeline
        .AddTimeout(TotalTimeout)
        .AddRetry(Retry(provider, FailsForNow))
        .AddTimeout(AttemptTimeout));

    /// <summary>For what must never happen twice and is not to be asked again by the client: posts, whose caller knows whether they can be repeated.</summary>
    public static RetryPolicy Never { get; } = new(static (pipeline, _) => pipeline
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static args => ValueTask.FromResult(BudgetOf(args.Context.GetRequestMessage())) }));

    /// <summary>
    /// For an order: sent again only if the server surely did not start it. That is a failure before a byte could leave, or 429.
    /// After no answer in time, a cut connection, 408 or 5xx it may be under way and is never sent again.
    /// </summary>
    /// <param name="beforeRetry">Makes what returns when the next sending may begin.</param>
    public static RetryPolicy NeverStarted(Func<IServiceProvider, Func<CancellationToken, Task>> beforeRetry) => new((pipeline, provider) =>
    {
        var retry = Retry(provider, static outcome => outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } || SendFailure.WasNeverSent(outcome.Exception));
        var wait = beforeRetry(provider);
        retry.OnRetry = async args => await wait(args.Context.CancellationToken);
        pipeline.AddRetry(retry).AddTimeout(AttemptTimeout);
    });

    /// <summary>Gives one request of <see cref="Never"/> so much time, the whole answer included.</summary>
    public static void SetBudget(HttpRequestMessage request, TimeSpan budget) => request.Options.Set(Budget, budget);

    /// <summary>The pipeline of one client.</summary>
    public ResiliencePipeline<HttpResponseMessage> Build(IServiceProvider provider)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = provider.GetRequiredService<TimeProvider>() };
        build(pipeline, provider);
        return pipeline.Build();
    }

    // HttpRetryStrategyOptions would wait as long as a Retry-After says, and the standard handler's total timeout would then end the waiting with an exception
    // instead of the answer (Microsoft.Extensions.Http.Resilience 10.11.0): so the plain strategy, with a reader that has a cap.
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
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? RetryAfter.Of(answer, clock.GetUtcNow(), TimeSpan.Zero, LongestDelay) : null),
        };
    }

    static bool FailsForNow(Outcome<HttpResponseMessage> outcome) => outcome.Result is { StatusCode: var status }
        ? status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        : outcome.Exception is HttpRequestException or TimeoutRejectedException || SendFailure.WasNeverSent(outcome.Exception);

    // Without a request there is nobody to ask; a budget of nothing would be no timeout at all for Polly.
    static TimeSpan BudgetOf(HttpRequestMessage? request) =>
        request?.Options.TryGetValue(Budget, out var budget) == true && budget > TimeSpan.Zero ? budget : AttemptTimeout;
}
