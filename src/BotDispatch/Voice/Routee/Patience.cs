using System.Net;
using BotDispatch.Core;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace BotDispatch.Voice.Routee;

/// <summary>How long Routee is waited for, and what it is asked again.</summary>
internal sealed class Patience(TimeProvider clock, Pace pace)
{
    static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>For a call: asked again is only what Routee surely did not start, and never faster than the pace.</summary>
    public ResiliencePipeline<Heard> Placing { get; } = Pipeline(clock, args => args.Outcome.Result is Heard.NotSent { Reason: LineDownReason.Unreachable } || IsThrottled(args), pace.WaitAsync);

    /// <summary>For what may be asked twice: records, tokens, ending a call, talking into it.</summary>
    public ResiliencePipeline<Heard> Asking { get; } = Pipeline(
        clock, args => args.Outcome is { Result: Heard.NotSent or Heard.Lost or Heard.Answer { Status: >= HttpStatusCode.InternalServerError } } || args.Outcome.Exception is TimeoutRejectedException || IsThrottled(args),
        static _ => Task.CompletedTask);

    /// <summary>Runs <paramref name="ask"/> with patience; a try that took too long is lost.</summary>
    public static async Task<Heard> AskAsync(ResiliencePipeline<Heard> patience, Func<CancellationToken, Task<Heard>> ask, CancellationToken ct)
    {
        try
        {
            return await patience.ExecuteAsync(async token => await ask(token), ct);
        }
        catch (TimeoutRejectedException)
        {
            return new Heard.Lost("no answer in time");
        }
    }

    static bool IsThrottled(RetryPredicateArguments<Heard> args) => args.Outcome.Result is Heard.Answer { Status: HttpStatusCode.TooManyRequests };

    static ResiliencePipeline<Heard> Pipeline(TimeProvider clock, Func<RetryPredicateArguments<Heard>, bool> again, Func<CancellationToken, Task> beforeAgain) =>
        new ResiliencePipelineBuilder<Heard> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Heard>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(again(args)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is Heard.Answer { RetryAfter: { } wish } ? wish < LongestDelay ? wish : LongestDelay : (TimeSpan?)null),
                OnRetry = async args => await beforeAgain(args.Context.CancellationToken),
            })
            .AddTimeout(TryLimit)
            .Build();
}
