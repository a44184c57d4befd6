using BotDispatch.Core;
using BotDispatch.Ports;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class CallRecordsTests : IDisposable
{
    readonly RouteeBench bench = new();

    public CallRecordsTests() => bench.Clock.Races = TimeSpan.FromSeconds(5);

    static Leg Leg(string? trackingId = null, string? messageId = null) => new()
    {
        Attempt = First,
        Round = 1,
        InRound = 1,
        BegunAt = Noon,
        EndsBy = Noon.AddMinutes(3),
        Length = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)),
        TrackingId = trackingId,
        MessageId = messageId,
    };

    static string Row(string message, string conversation, string to = AnnPhone, int secondsAfterNoon = 30, string tones = "1", int duration = 10) => $$"""
        { "messageId": "{{message}}", "conversationTrackingId": "{{conversation}}", "to": "{{to}}", "from": "302111234567", "country": "GR",
          "status": { "status": "Completed", "date": "{{Noon.AddSeconds(secondsAfterNoon):yyyy-MM-ddTHH:mm:ssZ}}" }, "originatingService": "Voice", "direction": "Outbound",
          "duration": {{duration}}, "price": "0.031", "chargeInterval": 1, "collectedTones": "{{tones}}", "answeredBy": "HUMAN", "recordings": [] }
        """;

    static string Page(params string[] rows) => $$"""{ "content": [ {{string.Join(',', rows)}} ], "totalElements": {{rows.Length}}, "number": 0, "size": 20, "last": true }""";

    async Task<LookedUpCall> LookUpAsync(Leg leg, params Leg[] others) =>
        await bench.Get<IVoiceGateway>().LookUpAsync(leg, DispatchState.Initial with { Plan = Plan, Legs = [leg, .. others] }, default);

    [Fact]
    public async Task A_conversation_tells_what_became_of_its_leg_and_its_keys()
    {
        bench.Routee.On("GET /voice/tracking/conversation/conv-1", 200, Page(Row("msg-1", "conv-1")));
        (await LookUpAsync(Leg("conv-1"))).ShouldBe(new LookedUpCall.Found(
            new(LegStatus.Completed, "msg-1", "conv-1", AnsweredBy.Human, TimeSpan.FromSeconds(10), 0.031m), "1"));
    }

    [Fact]
    public async Task Of_several_legs_ours_is_the_one_whose_id_is_known()
    {
        bench.Routee.On("GET /voice/tracking/conversation/conv-1", 200, Page(Row("msg-0", "conv-1", tones: "2"), Row("msg-1", "conv-1")));
        (await LookUpAsync(Leg("conv-1", "msg-1"))).ShouldBeOfType<LookedUpCall.Found>().Tones.ShouldBe("1");
    }

    [Fact]
    public async Task Of_several_unknown_legs_ours_is_the_one_to_our_number_however_it_is_written()
    {
        bench.Routee.On("GET /voice/tracking/conversation/conv-1", 200, Page(Row("msg-0", "conv-1", to: "+49301234567", tones: "2"), Row("msg-1", "conv-1", to: "306971112233")));
        (await LookUpAsync(Leg("conv-1"))).ShouldBeOfType<LookedUpCall.Found>().Report.MessageId.ShouldBe("msg-1");
    }

    [Fact]
    public async Task A_leg_that_is_known_by_its_own_id_alone_is_asked_for_by_it()
    {
        bench.Routee.On("GET /voice/tracking/msg-1", 200, Row("msg-1", "conv-1"));
        (await LookUpAsync(Leg(messageId: "msg-1"))).ShouldBeOfType<LookedUpCall.Found>().Report.TrackingId.ShouldBe("conv-1");
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_is_searched_for_by_number_and_time()
    {
        bench.Routee.On("POST /voice/tracking?", 200, Page(Row("msg-1", "conv-1")));
        (await LookUpAsync(Leg())).ShouldBeOfType<LookedUpCall.Found>().Report.TrackingId.ShouldBe("conv-1");
        var asked = bench.Routee.Asked.Single();
        asked.Path.ShouldBe("/voice/tracking?from=2026-05-01T11%3A59%3A30.000Z&to=2026-05-01T12%3A03%3A30.000Z&page=0&size=20");
        asked.Body.ShouldBe("""[{"fieldName":"recipient","searchOperator":"is","searchTerm":"+306971112233"}]""");
    }

    [Fact]
    public async Task A_call_of_another_time_is_not_taken_for_this_one()
    {
        // Ended before ours began, began long before it, to somebody else: none of them may lend us its key.
        bench.Routee.On("POST /voice/tracking?", 200, Page(
            Row("a", "c-a", secondsAfterNoon: -40), Row("b", "c-b", secondsAfterNoon: 3, duration: 60), Row("c", "c-c", to: Bob.Phone), Row("f", "c-f", secondsAfterNoon: 600)));
        (await LookUpAsync(Leg())).ShouldBeOfType<LookedUpCall.NotFound>();
    }

    // Without an id, without a date, by a clock that is not ours, under way: they lend us no key, and ours is not missing either.
    [Theory]
    [InlineData("""{"messageId":"d","to":"+306971112233","status":{"status":"Completed","date":"2026-05-01T12:00:30Z"}}""")]
    [InlineData("""{"messageId":"e","conversationTrackingId":"c-e","to":"+306971112233","status":{"status":"Completed"}}""")]
    [InlineData("""{"messageId":"g","conversationTrackingId":"c-g","to":"+306971112233","status":{"status":"NoAnswer","date":"2026-05-01T11:59:40Z"}}""")]
    [InlineData("""{"messageId":"h","conversationTrackingId":"c-h","to":"+306971112233","status":{"status":"Ringing","date":"2026-05-01T11:40:00Z"}}""")]
    [InlineData("""{"messageId":"i","status":{"status":"Completed","date":"2026-05-01T12:00:30Z"}}""")]
    public async Task A_call_that_may_be_this_one_is_no_proof_that_there_is_none(string row)
    {
        bench.Routee.On("POST /voice/tracking?", 200, Page(row));
        (await LookUpAsync(Leg())).ShouldBeOfType<LookedUpCall.Unreachable>();
    }

    [Fact]
    public async Task Where_two_could_be_it_neither_is()
    {
        bench.Routee.On("POST /voice/tracking?", 200, Page(Row("a", "c-a"), Row("b", "c-b", secondsAfterNoon: 50)));
        (await LookUpAsync(Leg())).ShouldBeOfType<LookedUpCall.Unreachable>();
    }

    [Fact]
    public async Task A_later_call_to_the_same_person_lends_its_key_to_none_that_was_given_up()
    {
        bench.Routee.On("POST /voice/tracking?", 200, Page(Row("a", "c-a", secondsAfterNoon: 50)));
        (await LookUpAsync(Leg() with { GivenUpAt = Noon.AddSeconds(15) })).ShouldNotBeOfType<LookedUpCall.Found>();
        (await LookUpAsync(Leg() with { GivenUpAt = Noon.AddSeconds(45) })).ShouldBeOfType<LookedUpCall.Found>();
        (await LookUpAsync(Leg(), Leg("c-a") with { Attempt = First with { Number = 2 } })).ShouldBeOfType<LookedUpCall.NotFound>();
    }

    [Fact]
    public async Task An_earlier_call_of_the_same_dispatch_is_not_this_one()
    {
        bench.Routee.On("POST /voice/tracking?", 200, Page(Row("a", "c-a", secondsAfterNoon: -20)));
        (await LookUpAsync(Leg(), Leg("c-a") with { Attempt = First with { Number = 2 } })).ShouldBeOfType<LookedUpCall.NotFound>();
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "[1]")]
    [InlineData(200, """{"content":"none"}""")]
    [InlineData(200, """{"content":[],"totalElements":21}""")]
    [InlineData(200, """{"content":[],"last":false}""")]
    public async Task A_search_that_is_no_whole_page_of_records_is_no_proof_of_anything(int status, string body)
    {
        bench.Routee.On("POST /voice/tracking?", status, body);
        (await LookUpAsync(Leg())).ShouldBeOfType<LookedUpCall.Unreachable>();
    }

    [Theory]
    [InlineData(200, """{"content":[]}""")]
    [InlineData(404, """{"code":"404013000","developerMessage":"not found"}""")]
    public async Task Not_known_yet_is_no_proof_of_anything(int status, string body)
    {
        bench.Routee.On("GET /voice/tracking/conversation/conv-1", status, body);
        (await LookUpAsync(Leg("conv-1"))).ShouldBeOfType<LookedUpCall.NotFound>();
    }

    [Theory]
    [InlineData(500, ""), InlineData(200, "<html>"), InlineData(200, "{}"), InlineData(200, "[1]"), InlineData(429, ""), InlineData(400, "{}"), InlineData(401, "")]
    public async Task Records_that_cannot_be_read_are_out_of_reach(int status, string body)
    {
        bench.Routee.On("GET /voice/tracking/conversation/conv-1", status, body);
        (await LookUpAsync(Leg("conv-1"))).ShouldBeOfType<LookedUpCall.Unreachable>();
        bench.Logged.ShouldAllBe(line => !line.Contains("697"));
    }

    [Fact]
    public async Task An_unknown_status_is_found_without_an_end()
    {
        bench.Routee.On("GET /voice/tracking/conversation/conv-1", 200, Page("""{"messageId":"msg-1","to":"+306971112233","status":{"status":"Unknown"},"answeredBy":"MACHINE"}"""));
        (await LookUpAsync(Leg("conv-1"))).ShouldBe(new LookedUpCall.Found(new(LegStatus.None, "msg-1", AnsweredBy: AnsweredBy.Machine), null));
    }

    public void Dispose() => bench.Dispose();
}
