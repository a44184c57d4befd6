using Polly.Timeout;

namespace BotDispatch.Http;

/// <summary>
/// One attempt of a request: it ends in time, and reads the answer to its end. HttpClient reads the answer after the handlers, so that the
/// time limit and the retries would not apply to a body that never ends or is cut off.
/// </summary>
/// <param name="largest">
/// The most bytes of an answer that are read; with <see cref="OutgoingClients.NoBody"/> only status and headers are read.
/// </param>
/// <param name="clock">Measures the time.</param>
internal sealed class Attempt(int largest, TimeProvider clock) : DelegatingHandler
{
    /// <summary>How long one attempt may take, up to the last byte of the answer, if the request has no budget of its own.</summary>
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(10);

    static readonly HttpRequestOptionsKey<TimeSpan> Budget = new("BotDispatch.TimeBudget");

    /// <summary>
    /// Gives each attempt of one request this much time, the whole answer included. With more than <see cref="UsualTimeout"/>, a client
    /// that repeats after any failure may end the request earlier: after <see cref="RetryPolicy.TotalTimeout"/>.
    /// </summary>
    public static void SetBudget(HttpRequestMessage request, TimeSpan budget) => request.Options.Set(Budget, budget);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limit = request.Options.TryGetValue(Budget, out var budget) && budget > TimeSpan.Zero ? budget : UsualTimeout;
        using var end = new CancellationTokenSource(limit, clock);
        using var cancelled = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), end);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, end.Token);
            if (largest > OutgoingClients.NoBody)
                await response.Content.LoadIntoBufferAsync(largest, end.Token);
            return response;
        }
        catch (Exception failure)
        {
            response?.Dispose();
            // Polly's exception, as its total timeout throws it: policies and callers then know one exception for both.
            if (failure is OperationCanceledException && end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new TimeoutRejectedException("no answer in time", limit, failure);
            throw;
        }
    }
}
