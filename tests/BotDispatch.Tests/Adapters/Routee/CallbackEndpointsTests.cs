using System.Buffers.Binary;
using System.Net;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Tests.Http;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class CallbackEndpointsTests : IAsyncLifetime
{
    CallbackBench bench = null!;

    public async Task InitializeAsync() => bench = await CallbackBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    static string Status(string name) => $$"""
        { "messageId": "msg-1", "conversationTrackingId": "conv-1", "to": "306971112233", "from": 302111234567,
          "status": { "name": "{{name}}", "updatedDate": "2024-05-01T10:00:14.120Z" }, "direction": "Outbound", "originatingService": "Voice",
          "respectQuietHours": false, "duration": 0, "price": 0 }
        """;

    [Theory]
    [InlineData("keys"), InlineData("status")]
    public async Task A_forged_address_is_not_found_before_anything_else_is_looked_at(string what)
    {
        foreach (var forged in (string[])["x", "abcdefgh-0-1", bench.Token(First)[..^1] + "_", bench.Token(First).Replace("-0-1", "-1-1", StringComparison.Ordinal)])
            (await bench.PostAsync($"/routee/{forged}/{what}", "{ not even json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        bench.Inputs.ShouldBeEmpty();
        bench.Logged.ShouldAllBe(line => !line.StartsWith("412", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("keys"), InlineData("status")]
    public async Task No_body_whatever_is_answered_with_an_error_of_ours(string what)
    {
        foreach (var body in OddBodies.Around(Status("InProgress")))
            (await bench.PostAsync($"/routee/{bench.Token(First)}/{what}", body)).StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task A_flood_of_forged_addresses_is_one_line_in_the_log()
    {
        for (var time = 0; time < 300; time++)
            (await bench.PostAsync($"/routee/{bench.Token(First)}{time}/keys", "{}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        bench.Logged.Count(line => line.StartsWith("800", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_status_is_answered_with_exactly_200_once_it_is_kept()
    {
        (await bench.StatusAsync(Status("InProgress"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var leg = (await bench.StateAsync()).Leg(First)!;
        (leg.Status, leg.MessageId, leg.TrackingId).ShouldBe((LegStatus.InProgress, "msg-1", "conv-1"));
    }

    [Fact]
    public async Task A_status_may_come_before_the_answer_to_our_call_twice_late_and_in_any_order()
    {
        foreach (var name in (string[])["Ringing", "InProgress", "Ringing", "Completed", "InProgress", "Queued", "Unknown", "What is this", "Completed"])
            (await bench.StatusAsync(Status(name))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bench.StateAsync()).Leg(First)!.Status.ShouldBe(LegStatus.Completed);
    }

    [Fact]
    public async Task Completed_is_no_acceptance()
    {
        await bench.StatusAsync(Status("InProgress"));
        await bench.StatusAsync(Status("Completed"));
        (await bench.StateAsync()).Phase.ShouldBeOfType<Phase.Settling>();
    }

    [Fact]
    public async Task Declined_on_the_handset_is_no_rejection()
    {
        await bench.StatusAsync(Status("No Answer"));
        var state = await bench.StateAsync();
        state.Leg(First)!.Outcome.ShouldBe(CallOutcome.NoAnswer);
        state.Callees[0].Rejected.ShouldBeFalse();
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("""{"status":17}"""), InlineData("[]")]
    public async Task A_status_that_cannot_be_read_is_not_sent_again(string body) =>
        (await bench.StatusAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);

    // Sent again it may come uncoded; a 200 would say that it was understood.
    [Theory]
    [InlineData("gzip", 415), InlineData("br", 415), InlineData("identity", 200)]
    public async Task A_status_in_a_coding_that_is_not_undone_is_not_acknowledged(string coding, int status)
    {
        using var content = new StringContent(Status("InProgress"), Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(coding);
        using var response = await bench.Http.PostAsync(new Uri($"/routee/{bench.Token(First)}/status", UriKind.Relative), content);
        ((int)response.StatusCode).ShouldBe(status);
        (bench.Inputs.Count > 0).ShouldBe(status == 200);
    }

    [Theory]
    [InlineData("messageId=msg-1&conversationTrackingId=conv-1&collectedTones=1")]
    [InlineData("conversationTrackingId=conv-1&collectedTones=1%23&to=%2B306971112233")]
    [InlineData("\uFEFF{\"collectedTones\":\"1\"}")]
    public async Task A_key_counts_in_whatever_form_it_is_sent(string body)
    {
        (await bench.KeysAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bench.StateAsync()).Resolution.ShouldBeOfType<Resolution.Accepted>();
    }

    [Theory]
    [InlineData("messageId=msg-1&status.name=InProgress"), InlineData("messageId=msg-1&status%5Bname%5D=InProgress&status[updatedDate]=x")]
    public async Task A_status_counts_in_the_form_of_a_form(string body)
    {
        (await bench.StatusAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var leg = (await bench.StateAsync()).Leg(First)!;
        (leg.Status, leg.MessageId).ShouldBe((LegStatus.InProgress, "msg-1"));
    }

    [Fact]
    public async Task A_status_of_a_dispatch_that_is_not_known_is_not_sent_again() =>
        (await bench.StatusAsync(Status("Completed"), new(new("zzzz"), 0, 1))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_status_that_is_not_kept_in_time_is_sent_again_and_kept_all_the_same()
    {
        var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Before = () => commit.Task;
        var sending = bench.StatusAsync(Status("Ringing"));
        await CallbackBench.UntilAsync(() => bench.Clock.Waits.Contains(TimeSpan.FromSeconds(1.7)));
        bench.Clock.Advance(TimeSpan.FromSeconds(1.7));
        (await sending).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        commit.SetResult();
        await CallbackBench.UntilAsync(() => bench.Engine.FindAsync(Id, default).Result!.Leg(First)!.Status is LegStatus.Ringing);
    }

    [Fact]
    public async Task A_status_that_could_not_be_kept_is_sent_again()
    {
        bench.Before = () => throw new InvalidOperationException("no disk");
        (await bench.StatusAsync(Status("Ringing"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Callbacks_are_posted_and_nothing_else() =>
        (await bench.Http.GetAsync(new Uri($"/routee/{bench.Token(First)}/keys", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);

    [Theory]
    [InlineData(1), InlineData(10), InlineData(60)]
    public async Task Silence_is_a_file_as_long_as_it_says(int seconds)
    {
        var response = await bench.Http.GetAsync(new Uri($"/audio/silence-{seconds}s.wav", UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("audio/wav");
        response.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        var file = await response.Content.ReadAsByteArrayAsync();
        Encoding.ASCII.GetString(file, 0, 4).ShouldBe("RIFF");
        Encoding.ASCII.GetString(file, 8, 8).ShouldBe("WAVEfmt ");
        Encoding.ASCII.GetString(file, 36, 4).ShouldBe("data");
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)).ShouldBe(file.Length - 8);
        (BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(20)), BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(22)), BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(34))).ShouldBe(((short)1, (short)1, (short)16));
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)).ShouldBe(8000);
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(28)).ShouldBe(16000);
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)).ShouldBe(seconds * 16000);
        file.Length.ShouldBe(44 + (seconds * 16000));
        file.Skip(44).ShouldAllBe(sample => sample == 0);
    }

    [Fact]
    public async Task Silence_can_be_asked_about_without_being_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/audio/silence-10s.wav", UriKind.Relative));
        var response = await bench.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(160044);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/audio/silence-0s.wav"), InlineData("/audio/silence-61s.wav"), InlineData("/audio/silence--1s.wav"), InlineData("/audio/silence-99999999999s.wav"), InlineData("/audio/silence-xs.wav")]
    public async Task There_is_no_other_silence(string path) =>
        (await bench.Http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
