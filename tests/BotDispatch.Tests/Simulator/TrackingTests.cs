using System.Text.Json.Nodes;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Simulator;

public class TrackingTests
{
    [Fact]
    public async Task The_legs_of_a_conversation_come_as_a_page()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        await rig.AdvanceAsync(6);
        await rig.Phone.PressAsync("1");
        await rig.Phone.HangUpAsync();
        var page = (await rig.GetAsync($"/voice/tracking/conversation/{rig.Call.TrackingId}")).AsObject();
        page.Select(field => field.Key).ShouldBe(["content", "totalElements", "totalPages", "number", "size", "numberOfElements", "first", "last"]);
        var leg = page["content"]!.AsArray().Single()!;
        ((string?)leg["messageId"]).ShouldBe(rig.Call.MessageId);
        ((string?)leg["status"]!["status"]).ShouldBe("Completed");
        ((string?)leg["status"]!["date"]).ShouldBe("2026-01-05T09:00:07Z");
        leg["status"]!.AsObject().ContainsKey("name").ShouldBeFalse();
        ((string?)leg["collectedTones"]).ShouldBe("1");
        ((string?)leg["answeredBy"]).ShouldBe("HUMAN");
        ((int)leg["duration"]!).ShouldBe(6);
        ((string?)leg["country"]).ShouldBe("GR");
    }

    [Fact]
    public async Task One_leg_can_be_read_by_its_message_id()
    {
        await using var rig = await SimulatorRig.TalkingAsync();
        var leg = await rig.GetAsync($"/voice/tracking/{rig.Call.MessageId}");
        ((string?)leg["status"]!["status"]).ShouldBe("InProgress");
        ((string?)leg["message"]!["text"]).ShouldStartWith("The printer");
        var (status, body) = await rig.SendAsync(HttpMethod.Get, $"/voice/tracking/{rig.Call.TrackingId}");
        status.ShouldBe(404);
        ((string?)body!["code"]).ShouldStartWith("404013");
        (await rig.SendAsync(HttpMethod.Get, $"/voice/tracking/conversation/{rig.Call.MessageId}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("recipient", "is", "306971112233", 2)]
    [InlineData("recipient", "is", "+306971112233", 2)]
    [InlineData("recipient", "is", "+300000000000", 0)]
    [InlineData("recipient", "is_not", "+306971112233", 1)]
    [InlineData("recipient", "starts_with", "3069", 2)]
    [InlineData("recipient", "ends_with", "44", 1)]
    [InlineData("status.status", "is", "Busy", 1)]
    [InlineData("status.status", "contains", "ing", 1)]
    [InlineData("country", "is", "GR", 2)]
    [InlineData("collectedTones", "is", "", 3)]
    public async Task Calls_can_be_searched(string field, string with, string term, int found)
    {
        await using var rig = await ThreeCallsAsync();
        var (status, body) = await rig.SendAsync(HttpMethod.Post, "/voice/tracking", new[] { new { fieldName = field, searchOperator = with, searchTerm = term } });
        status.ShouldBe(200);
        ((int)body!["totalElements"]!).ShouldBe(found);
    }

    [Fact]
    public async Task A_search_can_be_bound_in_time_and_paged()
    {
        await using var rig = await ThreeCallsAsync();
        var none = new JsonArray();
        async Task<JsonNode> Search(string query) => (await rig.SendAsync(HttpMethod.Post, "/voice/tracking?" + query, none)).Body!;

        ((int)(await Search("from=2026-01-05T09:00:05Z"))["totalElements"]!).ShouldBe(2);
        ((int)(await Search("from=2026-01-05T09:00:05Z&to=2026-01-05T09:00:15Z"))["totalElements"]!).ShouldBe(1);
        var page = await Search("page=1&size=2");
        ((int)page["totalPages"]!).ShouldBe(2);
        ((int)page["numberOfElements"]!).ShouldBe(1);
        ((bool)page["last"]!).ShouldBeTrue();
        ((string?)page["content"]![0]!["messageId"]).ShouldBe(rig.Routee.Calls[2].MessageId);
        ((string?)(await Search("size=1&sort=createdAt,desc"))["content"]![0]!["messageId"]).ShouldBe(rig.Routee.Calls[2].MessageId);
    }

    [Fact]
    public async Task A_bad_search_is_refused()
    {
        await using var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        (await rig.SendAsync(HttpMethod.Post, "/voice/tracking", new { })).Status.ShouldBe(400);
        (await rig.SendAsync(HttpMethod.Post, "/voice/tracking", new[] { new { fieldName = "mood", searchOperator = "is", searchTerm = "x" } })).Status.ShouldBe(400);
        (await rig.SendAsync(HttpMethod.Post, "/voice/tracking", new[] { new { fieldName = "id", searchOperator = "like", searchTerm = "x" } })).Status.ShouldBe(400);
        (await rig.SendAsync(HttpMethod.Post, "/voice/tracking?from=yesterday", new JsonArray())).Status.ShouldBe(400);
    }

    static async Task<SimulatorRig> ThreeCallsAsync()
    {
        var rig = await SimulatorRig.StartAsync();
        await rig.SignInAsync();
        rig.Phone.Script = new PersonScript.Busy();
        await rig.OrderAsync();
        await rig.AdvanceAsync(10);
        await rig.OrderAsync(order => order["to"]!["phone"] = "+4915112345644");
        await rig.AdvanceAsync(10);
        rig.Phone.Script = new PersonScript.Declines();
        await rig.OrderAsync();
        await rig.AdvanceAsync(10);
        return rig;
    }
}
