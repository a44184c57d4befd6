using System.Net;
using System.Net.Sockets;
using BotDispatch.Http;
using Polly.Timeout;

namespace BotDispatch.Tests.Http;

/// <summary>What a client sends again by itself, and what never.</summary>
public sealed class RetryPolicyTests
{
    const int Hangs = 0;

    /// <summary>Failures before a byte could leave.</summary>
    public static TheoryData<Exception> NeverSent =>
    [
        new HttpRequestException(HttpRequestError.ConnectionError),
        new HttpRequestException(HttpRequestError.NameResolutionError),
        new HttpRequestException(HttpRequestError.SecureConnectionError),
        new HttpRequestException(HttpRequestError.ProxyTunnelError),
        new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)),
        new TaskCanceledException("connect", new TimeoutException()),
    ];

    /// <summary>Failures after which the request may have been done.</summary>
    public static TheoryData<Exception> Lost =>
    [
        new HttpRequestException(HttpRequestError.ResponseEnded),
        new HttpRequestException(HttpRequestError.HttpProtocolError),
        new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded),
        new HttpRequestException(HttpRequestError.Unknown),
        new HttpRequestException("cut", new SocketException((int)SocketError.ConnectionReset)),
    ];

    [Theory]
    [InlineData(408), InlineData(429), InlineData(500), InlineData(502), InlineData(503), InlineData(504)]
    public async Task A_question_is_asked_three_times_and_then_its_last_answer_counts(int status)
    {
        using var bench = Answering(RetryPolicy.AnyFailure, status);
        ((int)await bench.PostAsync()).ShouldBe(status);
        bench.Sent.ShouldBe(3);
    }

    [Theory, MemberData(nameof(NeverSent)), MemberData(nameof(Lost))]
    public async Task A_question_without_an_answer_is_asked_three_times(Exception failure)
    {
        using var bench = Failing(RetryPolicy.AnyFailure, failure);
        (await Record.ExceptionAsync(() => bench.PostAsync())).ShouldBeSameAs(failure);
        bench.Sent.ShouldBe(3);
    }

    [Theory]
    [InlineData(200), InlineData(204), InlineData(302), InlineData(400), InlineData(401), InlineData(403), InlineData(404), InlineData(409)]
    public async Task A_question_that_was_answered_is_not_asked_again(int status)
    {
        using var bench = Answering(RetryPolicy.AnyFailure, status);
        ((int)await bench.PostAsync()).ShouldBe(status);
        bench.Sent.ShouldBe(1);
    }

    [Theory, MemberData(nameof(NeverSent))]
    public async Task An_order_that_never_left_is_sent_again_each_time_when_its_turn_has_come(Exception failure)
    {
        var turns = 0;
        using var bench = Failing(Order(() => turns++), failure);
        (await Record.ExceptionAsync(() => bench.PostAsync())).ShouldBeSameAs(failure);
        (bench.Sent, turns).ShouldBe((3, 2));
    }

    [Fact]
    public async Task An_order_that_was_turned_away_for_now_is_sent_again()
    {
        using var bench = new RetryBench(Order(), number => Answer(number < 3 ? 429 : 200));
        (await bench.PostAsync()).ShouldBe(HttpStatusCode.OK);
        bench.Sent.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Lost))]
    public async Task An_order_that_may_be_under_way_is_never_sent_again(Exception failure)
    {
        using var bench = Failing(Order(), failure);
        (await Record.ExceptionAsync(() => bench.PostAsync())).ShouldBeSameAs(failure);
        bench.Sent.ShouldBe(1);
    }

    [Theory]
    [InlineData(200), InlineData(302), InlineData(400), InlineData(401), InlineData(408), InlineData(500), InlineData(502), InlineData(503), InlineData(504)]
    public async Task An_order_that_was_answered_is_never_sent_again_unless_it_was_turned_away_for_now(int status)
    {
        using var bench = Answering(Order(), status);
        ((int)await bench.PostAsync()).ShouldBe(status);
        bench.Sent.ShouldBe(1);
    }

    [Theory]
    [InlineData(408), InlineData(429), InlineData(500), InlineData(502), InlineData(503), InlineData(504)]
    public async Task A_post_is_sent_once_whatever_is_answered(int status)
    {
        using var bench = Answering(RetryPolicy.Never, status);
        ((int)await bench.PostAsync()).ShouldBe(status);
        bench.Sent.ShouldBe(1);
    }

    [Theory, MemberData(nameof(NeverSent)), MemberData(nameof(Lost))]
    public async Task A_post_is_sent_once_whatever_happens(Exception failure)
    {
        using var bench = Failing(RetryPolicy.Never, failure);
        (await Record.ExceptionAsync(() => bench.PostAsync())).ShouldBeSameAs(failure);
        bench.Sent.ShouldBe(1);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task After_ten_seconds_without_an_answer_an_order_and_a_post_are_over_and_not_sent_again(bool isOrder)
    {
        using var bench = Answering(isOrder ? Order() : RetryPolicy.Never, Hangs);
        var posting = bench.PostAsync();
        await bench.Reached;
        bench.Clock.Advance(TimeSpan.FromSeconds(9));
        posting.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<TimeoutRejectedException>(() => posting);
        bench.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_has_the_time_that_its_caller_has_left()
    {
        using var bench = Answering(RetryPolicy.Never, Hangs);
        var posting = bench.PostAsync(TimeSpan.FromSeconds(6));
        await bench.Reached;
        bench.Clock.Advance(TimeSpan.FromSeconds(6));
        await Should.ThrowAsync<TimeoutRejectedException>(() => posting);
    }

    [Fact]
    public async Task A_question_that_gets_no_answer_in_time_is_asked_again()
    {
        using var bench = new RetryBench(RetryPolicy.AnyFailure, number => number == 1 ? new TaskCompletionSource<HttpResponseMessage>().Task : Answer(200));
        var posting = bench.PostAsync();
        await bench.Reached;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        (await posting).ShouldBe(HttpStatusCode.OK);
        bench.Sent.ShouldBe(2);
    }

    // The rest of HttpClient's work, reading the body, comes after its handlers, a resilience handler among them (.NET 10, Http.Resilience 10.11.0).
    [Fact]
    public async Task A_body_that_never_ends_is_no_answer_in_time()
    {
        using var bench = new RetryBench(RetryPolicy.Never, _ => Task.FromResult(new HttpResponseMessage { Content = new Body(ct => Task.Delay(Timeout.Infinite, ct)) }));
        var posting = bench.PostAsync();
        await bench.Reached;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<TimeoutRejectedException>(() => posting);
    }

    [Fact]
    public async Task A_question_whose_answer_was_cut_off_is_asked_again()
    {
        using var bench = new RetryBench(RetryPolicy.AnyFailure, number => number == 1
            ? Task.FromResult(new HttpResponseMessage { Content = new Body(_ => throw new IOException("cut")) })
            : Answer(200));
        (await bench.PostAsync()).ShouldBe(HttpStatusCode.OK);
        bench.Sent.ShouldBe(2);
    }

    // See RetryAfterTests for what the standard handler does then.
    [Theory]
    [InlineData("3600"), InlineData("Sat, 02 May 2026 12:00:00 GMT")]
    public async Task However_long_a_server_asks_to_wait_a_question_is_asked_again_after_five_seconds(string retryAfter)
    {
        using var bench = new RetryBench(RetryPolicy.AnyFailure, number => Answer(number < 3 ? 429 : 200, retryAfter));
        (await bench.PostAsync()).ShouldBe(HttpStatusCode.OK);
        bench.Clock.Waits.Count(wait => wait == TimeSpan.FromSeconds(5)).ShouldBe(2);
        bench.Clock.Waits.Max().ShouldBe(RetryPolicy.TotalTimeout);
    }

    [Fact]
    public async Task A_server_that_asks_for_less_is_asked_again_then()
    {
        using var bench = new RetryBench(Order(), number => Answer(number < 2 ? 429 : 200, "3"));
        await bench.PostAsync();
        bench.Clock.Waits.ShouldContain(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task All_time_is_that_of_the_services()
    {
        using var bench = Answering(RetryPolicy.AnyFailure, 500);
        await bench.PostAsync();
        bench.Clock.Waits.Count(wait => wait == Attempt.UsualTimeout).ShouldBe(3);
        bench.Clock.Waits.Count(wait => wait == TimeSpan.FromSeconds(40)).ShouldBe(1);
        bench.Clock.Waits.Count(wait => wait < Attempt.UsualTimeout).ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_of_a_call_is_logged_by_its_client()
    {
        using var bench = Failing(RetryPolicy.AnyFailure, new HttpRequestException(HttpRequestError.ConnectionError, "refused (server.example:443)"));
        await Should.ThrowAsync<HttpRequestException>(() => bench.PostAsync());
        bench.Logged.Lines.ShouldBeEmpty();
    }

    // Polly's registry, where AddResilienceHandler (Http.Resilience 10.11.0) keeps its pipelines, waits for pending executions when it is disposed: up to 30 s, by the
    // pipeline's own clock (Polly.Core 8.9.1, ExecutionTrackingComponent). On a clock that stands still, as here, for ever.
    [Fact]
    public async Task A_stop_does_not_wait_for_a_call_that_is_under_way()
    {
        var bench = Answering(RetryPolicy.AnyFailure, Hangs);
        var posting = bench.PostAsync();
        await bench.Reached;
        await Task.Run(bench.Dispose).WaitAsync(TimeSpan.FromSeconds(20));
        posting.IsCompletedSuccessfully.ShouldBeFalse();
    }

    static RetryPolicy Order(Action? turn = null) => RetryPolicy.NeverStarted(_ => _ =>
    {
        turn?.Invoke();
        return Task.CompletedTask;
    });

    static RetryBench Answering(RetryPolicy policy, int status) => new(policy, _ => status == Hangs ? new TaskCompletionSource<HttpResponseMessage>().Task : Answer(status));

    static RetryBench Failing(RetryPolicy policy, Exception failure) => new(policy, _ => throw failure);

    static Task<HttpResponseMessage> Answer(int status, string? retryAfter = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("{}") };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return Task.FromResult(response);
    }

    sealed class Body(Func<CancellationToken, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => write(cancellationToken);

        protected override bool TryComputeLength(out long length) => (length = 0) > 0;
    }
}
