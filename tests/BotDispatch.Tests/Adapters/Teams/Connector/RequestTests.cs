using System.Text.Json.Nodes;
using BotDispatch.Teams.Connector;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>What travels: the raw request line, as a server reads it.</summary>
public class RequestTests
{
    const string Base = "/amer/v3/conversations";
    const string ThreadInPath = "19%3Aaa%40thread.tacv2%3Bmessageid%3D1795329800519";

    [Fact]
    public async Task A_reply_goes_to_the_thread_with_its_id_encoded_once()
    {
        var asked = await AskedAsync(new ConnectorCall.Send(PublicUrl, ThreadId, Text("Megan Bowen: ringing… \"x\" <b> ü")));
        (asked.Method, asked.Target).ShouldBe(("POST", $"{Base}/{ThreadInPath}/activities"));
        asked.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        JsonNode.DeepEquals(JsonNode.Parse(asked.Body), Text("Megan Bowen: ringing… \"x\" <b> ü").AsNode()).ShouldBeTrue();
        asked.Body.ShouldNotContain("\\u");
    }

    [Fact]
    public async Task A_new_post_goes_to_the_channel() =>
        (await AskedAsync(new ConnectorCall.Send(PublicUrl, Channel, Text("x")))).Target.ShouldBe($"{Base}/19%3Aaa%40thread.tacv2/activities");

    [Fact]
    public async Task An_update_replaces_and_a_delete_removes_in_the_thread()
    {
        var update = await AskedAsync(new ConnectorCall.Update(PublicUrl, ThreadId, "1795329801001", Text("x")));
        (update.Method, update.Target).ShouldBe(("PUT", $"{Base}/{ThreadInPath}/activities/1795329801001"));
        var delete = await AskedAsync(new ConnectorCall.Delete(PublicUrl, ThreadId, "1795329801001"));
        (delete.Method, delete.Target, delete.Body).ShouldBe(("DELETE", $"{Base}/{ThreadInPath}/activities/1795329801001", ""));
    }

    [Fact]
    public async Task What_only_one_person_sees_names_them_once_and_says_so_each_time()
    {
        var activity = Text("only you");
        var send = await AskedAsync(new ConnectorCall.SendTargeted(PublicUrl, ThreadId, "29:1abc", activity));
        send.Target.ShouldBe($"{Base}/{ThreadInPath}/activities?isTargetedActivity=true");
        JsonNode.Parse(send.Body)!["recipient"]!.ToJsonString().ShouldBe("""{"id":"29:1abc"}""");
        activity.AsObject().ContainsKey("recipient").ShouldBeFalse();
        var update = await AskedAsync(new ConnectorCall.Update(PublicUrl, ThreadId, "17", activity, IsTargeted: true));
        update.Target.ShouldBe($"{Base}/{ThreadInPath}/activities/17?isTargetedActivity=true");
        JsonNode.Parse(update.Body)!["recipient"].ShouldBeNull();
        (await AskedAsync(new ConnectorCall.Delete(PublicUrl, ThreadId, "17", IsTargeted: true))).Target.ShouldBe($"{Base}/{ThreadInPath}/activities/17?isTargetedActivity=true");
    }

    [Fact]
    public async Task A_new_thread_is_begun_in_the_channel_even_if_a_thread_of_it_is_named()
    {
        var asked = await AskedAsync(new ConnectorCall.NewThread(PublicUrl, Tenant, ThreadId, $"28:{AppId}", Text("x")));
        (asked.Method, asked.Target).ShouldBe(("POST", Base));
        JsonNode.DeepEquals(JsonNode.Parse(asked.Body), JsonNode.Parse($$$"""
            {"isGroup":true,"tenantId":"{{{Tenant}}}","bot":{"id":"28:{{{AppId}}}"},
             "channelData":{"channel":{"id":"19:aa@thread.tacv2"},"tenant":{"id":"{{{Tenant}}}"}},"activity":{"type":"message","text":"x"}}
            """)).ShouldBeTrue(asked.Body);
    }

    [Fact]
    public async Task A_personal_chat_is_opened_with_one_person()
    {
        var asked = await AskedAsync(new ConnectorCall.PersonalChat(PublicUrl, Tenant, $"28:{AppId}", "29:1abc"));
        (asked.Method, asked.Target).ShouldBe(("POST", Base));
        JsonNode.DeepEquals(JsonNode.Parse(asked.Body), JsonNode.Parse($$$"""
            {"isGroup":false,"tenantId":"{{{Tenant}}}","bot":{"id":"28:{{{AppId}}}"},"members":[{"id":"29:1abc"}],"channelData":{"tenant":{"id":"{{{Tenant}}}"} } }
            """)).ShouldBeTrue(asked.Body);
    }

    [Fact]
    public async Task Members_are_asked_for_without_the_thread()
    {
        (await AskedAsync(new ConnectorCall.Member(PublicUrl, ThreadId, "29:1abc"))).Target.ShouldBe($"{Base}/19%3Aaa%40thread.tacv2/members/29%3A1abc");
        (await AskedAsync(new ConnectorCall.Members(PublicUrl, ThreadId, 50))).Target.ShouldBe($"{Base}/19%3Aaa%40thread.tacv2/pagedmembers?pageSize=50");
        (await AskedAsync(new ConnectorCall.Members(PublicUrl, ThreadId, 50, "a+b/c=&pageSize=1"))).Target
            .ShouldBe($"{Base}/19%3Aaa%40thread.tacv2/pagedmembers?pageSize=50&continuationToken=a%2Bb%2Fc%3D%26pageSize%3D1");
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/amer/", "/amer/v3/conversations")]
    [InlineData("https://smba.trafficmanager.net/amer", "/amer/v3/conversations")]
    [InlineData("https://smba.trafficmanager.net/amer//", "/amer/v3/conversations")]
    [InlineData("https://smba.trafficmanager.net", "/v3/conversations")]
    [InlineData("HTTPS://SMBA.TrafficManager.NET/emea/22222222-0000-4000-8000-000000000002/", "/emea/22222222-0000-4000-8000-000000000002/v3/conversations")]
    public async Task The_path_stands_after_the_service_address_with_one_slash(string serviceUrl, string path) =>
        (await AskedAsync(new ConnectorCall.PersonalChat(serviceUrl, Tenant, "28:x", "29:y"))).Target.ShouldBe(path);

    [Theory]
    [InlineData("a/../b?c#d", "a%2F..%2Fb%3Fc%23d")]
    [InlineData("100%3B", "100%253B")]
    [InlineData("a\\b c\nd", "a%5Cb%20c%0Ad")]
    [InlineData("ü\u00a0😀", "%C3%BC%C2%A0%F0%9F%98%80")]
    public async Task No_sign_of_an_id_leaves_its_place_in_the_path(string id, string encoded) =>
        (await AskedAsync(new ConnectorCall.Update(PublicUrl, Channel, id, Text("x")))).Target.ShouldBe($"{Base}/19%3Aaa%40thread.tacv2/activities/{encoded}");

    [Fact]
    public async Task Half_a_sign_travels_as_no_sign()
    {
        var asked = await AskedAsync(new ConnectorCall.Update(PublicUrl, Channel, "a\ud83d", Text("b\ud83d")));
        asked.Target.ShouldEndWith("/activities/a%EF%BF%BD");
        ((string?)JsonNode.Parse(asked.Body)!["text"]).ShouldBe("b\ufffd");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_is_a_step_in_a_path_is_nobodys(string id)
    {
        await using var bench = await WithAppAsync();
        (await bench.CallAsync(new ConnectorCall.Delete(PublicUrl, Channel, id))).ShouldBe(new ConnectorAnswer.Refused("bad_id", Refusal.Gone));
        (await bench.CallAsync(new ConnectorCall.Send(PublicUrl, id, Text("x")))).ShouldBe(new ConnectorAnswer.Refused("bad_id", Refusal.Gone));
        bench.Teams.Requests.ShouldBeEmpty();
    }

    static async Task<Received> AskedAsync(ConnectorCall call)
    {
        await using var bench = await WithAppAsync();
        await bench.CallAsync(call);
        return bench.Teams.Requests.ShouldHaveSingleItem();
    }
}
