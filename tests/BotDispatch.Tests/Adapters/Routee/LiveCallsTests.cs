using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class LiveCallsTests : IDisposable
{
    const string Refusal = """{"code":"400013005","developerMessage":"call is not in progress"}""";
    const string Act = "PUT /voice/conversation/msg-1", Say = "POST /voice/conversation/msg-1/talk";

    readonly RouteeBench bench = new();

    public LiveCallsTests() => bench.Clock.Races = TimeSpan.FromSeconds(5);

    async Task<EndedLeg> EndAsync(EndLegBy by, LegStatus status = LegStatus.InProgress)
    {
        var engine = await bench.CallingAnnAsync();
        await engine.ApplyAsync(Id, new DispatchInput.LegProgressed(First, new(status, "msg-1", "conv-1")), default);
        var decided = (Applied.Decided)await engine.ApplyAsync(Id, new DispatchInput.Cancel(new("Slack", "U1", "Eve")), default);
        var state = decided.Decision.State;
        return await bench.Get<IVoiceGateway>().EndAsync(new(state.Leg(First)!, by, Noon), state, default);
    }

    IEnumerable<string> Asked => bench.Routee.Asked.Select(request => $"{request.Method} {request.Body}");

    [Fact]
    public async Task What_rings_is_rejected()
    {
        bench.Routee.On(Act, 200, """{"messageId":"msg-1","message":"ok","createdAt":"2024-05-01T10:00:00Z"}""");
        (await EndAsync(EndLegBy.Rejecting)).ShouldBeOfType<EndedLeg.Done>();
        Asked.ShouldBe(["""PUT {"action":"reject"}"""]);
    }

    [Fact]
    public async Task What_was_answered_meanwhile_is_hung_up()
    {
        bench.Routee.OnInTurn(Act, _ => Wire.Json(400, Refusal), _ => Wire.Json(200, "{}"));
        (await EndAsync(EndLegBy.Rejecting)).ShouldBeOfType<EndedLeg.Done>();
        Asked.ShouldBe(["""PUT {"action":"reject"}""", """PUT {"action":"hangup"}"""]);
    }

    [Fact]
    public async Task What_is_hung_up_is_rejected_where_that_is_what_fits()
    {
        bench.Routee.OnInTurn(Act, _ => Wire.Json(400, Refusal), _ => Wire.Json(200, "{}"));
        (await EndAsync(EndLegBy.HangingUp)).ShouldBeOfType<EndedLeg.Done>();
        Asked.ShouldBe(["""PUT {"action":"hangup"}""", """PUT {"action":"reject"}"""]);
    }

    [Theory]
    [InlineData(EndLegBy.Rejecting, 400), InlineData(EndLegBy.HangingUp, 400), InlineData(EndLegBy.HangingUp, 404), InlineData(EndLegBy.Rejecting, 409)]
    public async Task What_can_be_ended_in_neither_way_ends_by_itself(EndLegBy by, int status)
    {
        bench.Routee.On(Act, status, Refusal);
        (await EndAsync(by)).ShouldBeOfType<EndedLeg.Done>();
        Asked.Count().ShouldBe(2);
    }

    // A queued call can be neither rejected nor hung up, and rings a moment later (docs.routee.net/reference/hangupreject-an-active-call names Initiated, Ringing and InProgress only).
    [Theory]
    [InlineData(400), InlineData(404), InlineData(409)]
    public async Task What_was_not_seen_to_begin_and_can_be_ended_in_neither_way_is_tried_again(int status)
    {
        bench.Routee.On(Act, status, Refusal);
        (await EndAsync(EndLegBy.Rejecting, LegStatus.Queued)).ShouldBeOfType<EndedLeg.TryLater>();
        Asked.ShouldBe(["""PUT {"action":"reject"}""", """PUT {"action":"hangup"}"""]);
    }

    [Fact]
    public async Task The_person_on_the_line_hears_the_truth_in_their_language()
    {
        bench.Routee.On(Say, 200, "{}");
        (await EndAsync(EndLegBy.Telling)).ShouldBeOfType<EndedLeg.Done>();
        Asked.ShouldBe(["""POST {"text":"This job has been cancelled. Goodbye.","language":"en-GB","gender":"female"}"""]);
    }

    [Fact]
    public async Task A_person_who_cannot_be_reached_any_more_is_reported()
    {
        bench.Routee.On(Say, 400, Refusal);
        (await EndAsync(EndLegBy.Telling)).ShouldBeOfType<EndedLeg.Done>();
        Asked.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(EndLegBy.Rejecting), InlineData(EndLegBy.Telling), InlineData(EndLegBy.HangingUp)]
    public async Task A_Routee_that_cannot_be_asked_is_asked_later(EndLegBy by)
    {
        bench.Routee.On("P", _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        (await EndAsync(by)).ShouldBeOfType<EndedLeg.TryLater>().After.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(500), InlineData(429), InlineData(401)]
    public async Task Trouble_that_passes_is_no_refusal(int status)
    {
        bench.Routee.On("P", status);
        (await EndAsync(EndLegBy.HangingUp)).ShouldBeOfType<EndedLeg.TryLater>();
        Asked.ShouldAllBe(asked => asked.Contains("hangup"));
    }

    [Fact]
    public async Task Ending_may_be_asked_for_twice()
    {
        bench.Routee.OnInTurn(Act, _ => throw new HttpRequestException(HttpRequestError.ResponseEnded), _ => Wire.Json(503, ""), _ => Wire.Json(200, "{}"));
        (await EndAsync(EndLegBy.Rejecting)).ShouldBeOfType<EndedLeg.Done>();
        Asked.Count().ShouldBe(3);
    }

    public void Dispose() => bench.Dispose();
}
