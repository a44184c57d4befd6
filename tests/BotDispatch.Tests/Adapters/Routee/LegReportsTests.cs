using System.Text;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Voice.Routee;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class LegReportsTests
{
    const string Webhook = """
        {
          "messageId": "5c0a7d6e-0d0e-4a25-8d65-6a2f2b0c9e01", "conversationTrackingId": "b8f0e0a2-3b55-4b0e-9d5a-0c8f7d1f2a10",
          "to": "+306971112233", "from": 302111234567, "status": { "name": "Completed", "updatedDate": "2024-05-01T10:00:14Z" },
          "direction": "Outbound", "originatingService": "Voice", "respectQuietHours": "false", "duration": "38", "price": 0.00600000, "new": [1]
        }
        """;

    [Fact]
    public void A_webhook_is_a_report_of_its_leg() => LegReports.OfWebhook(Parse(Webhook)!.Value).ShouldBe(new LegReport(
        LegStatus.Completed, "5c0a7d6e-0d0e-4a25-8d65-6a2f2b0c9e01", "b8f0e0a2-3b55-4b0e-9d5a-0c8f7d1f2a10", AnsweredBy.Unknown, TimeSpan.FromSeconds(38), 0.006m));

    [Theory]
    [InlineData("NoAnswer", LegStatus.NoAnswer)]
    [InlineData("No Answer", LegStatus.NoAnswer)]
    [InlineData("no_answer", LegStatus.NoAnswer)]
    [InlineData("NO-ANSWER", LegStatus.NoAnswer)]
    [InlineData("In Progress", LegStatus.InProgress)]
    [InlineData("inprogress", LegStatus.InProgress)]
    [InlineData("Queued", LegStatus.Queued)]
    [InlineData("Initiated", LegStatus.Initiated)]
    [InlineData("Ringing", LegStatus.Ringing)]
    [InlineData("Completed", LegStatus.Completed)]
    [InlineData("Busy", LegStatus.Busy)]
    [InlineData("Failed", LegStatus.Failed)]
    [InlineData("Unsent", LegStatus.Unsent)]
    [InlineData("Terminated", LegStatus.Terminated)]
    [InlineData("Unknown", LegStatus.None)]
    [InlineData("SomethingNew", LegStatus.None)]
    [InlineData("Lost", LegStatus.None)]
    [InlineData("9", LegStatus.None)]
    [InlineData("", LegStatus.None)]
    [InlineData(null, LegStatus.None)]
    public void A_status_is_known_by_any_spelling_and_an_unknown_one_ends_nothing(string? name, LegStatus status) => LegReports.Status(name).ShouldBe(status);

    [Theory]
    [InlineData("""{"status":{"name":"Ringing"}}""")]
    [InlineData("""{"status":{"status":"Ringing"}}""")]
    [InlineData("""{"status":"Ringing"}""")]
    [InlineData("""{"Status":{"Name":"Ringing"}}""")]
    public void A_status_is_found_wherever_it_stands(string json) => LegReports.OfWebhook(Parse(json)!.Value).Status.ShouldBe(LegStatus.Ringing);

    [Theory]
    [InlineData("""{"messageId":"../../x","conversationTrackingId":"a b"}""")]
    [InlineData("""{"messageId":{"a":1},"conversationTrackingId":null}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void An_id_that_could_not_stand_in_an_address_is_none(string json) => LegReports.OfWebhook(Parse(json)!.Value).ShouldBe(new LegReport(LegStatus.None));

    [Fact]
    public void How_long_and_how_dear_counts_at_the_end_only() =>
        LegReports.OfWebhook(Parse("""{"status":{"name":"InProgress"},"duration":0,"price":0}""")!.Value).ShouldBe(new LegReport(LegStatus.InProgress));

    [Theory]
    [InlineData("""{"collectedTones":"12"}""", "12")]
    [InlineData("""{"collectedTones":1}""", "1")]
    [InlineData("""{"collectedTones":"1#*x\u0000"}""", "1#*")]
    [InlineData("""{"collectedTones":""}""", "")]
    [InlineData("""{"collectedTones":null}""", "")]
    [InlineData("""{"collectedTones":"\uD83D"}""", "")]
    [InlineData("""{}""", "")]
    public void Keys_are_read_and_none_at_all_is_a_report_too(string json, string tones) => LegReports.OfKeys(Parse(json)!.Value).Tones.ShouldBe(tones);

    [Fact]
    public void Endless_keys_are_cut() => LegReports.OfKeys(Parse($$"""{"collectedTones":"{{new string('9', 5000)}}"}""")!.Value).Tones.Length.ShouldBe(100);

    [Theory]
    [InlineData("""{"content":[{"messageId":"m","status":{"status":"Completed","date":"2024-05-01T10:00:52Z"},"collectedTones":"1","answeredBy":"human"}]}""")]
    [InlineData("""[{"messageId":"m","status":{"status":"Completed","date":"2024-05-01T10:00:52.000Z"},"collectedTones":"1","answeredBy":"HUMAN"}]""")]
    [InlineData("""{"messageId":"m","status":{"name":"Completed","updatedDate":"2024-05-01T10:00:52"},"collectedTones":1,"answeredBy":"Human"}""")]
    public void A_row_of_the_records_is_read_in_each_of_its_shapes(string json)
    {
        var row = LegReports.OfRecords(Parse(json)!.Value)!.ShouldHaveSingleItem();
        row.Report.ShouldBe(new LegReport(LegStatus.Completed, "m", AnsweredBy: AnsweredBy.Human));
        row.Tones.ShouldBe("1");
        row.Date.ShouldBe(new DateTimeOffset(2024, 5, 1, 10, 0, 52, TimeSpan.Zero));
    }

    [Fact]
    public void Records_that_say_nothing_of_keys_are_not_records_of_none() =>
        LegReports.OfRecords(Parse("""[{"messageId":"m"}]""")!.Value)!.ShouldHaveSingleItem().Tones.ShouldBeNull();

    [Theory]
    [InlineData("{"), InlineData(""), InlineData("null x"), InlineData("\uFEFF\0")]
    public void What_is_not_JSON_is_nothing(string text) => Parse(text).ShouldBeNull();

    [Fact]
    public void A_tower_of_brackets_is_nothing() => Parse(new string('[', 50_000)).ShouldBeNull();

    static JsonElement? Parse(string text) => LooseJson.Parse(Encoding.UTF8.GetBytes(text));
}
