using BotDispatch.Core;
using BotDispatch.Teams;

namespace BotDispatch.Tests.Adapters.Teams;

public sealed class TeamsAddressTests
{
    [Theory]
    [InlineData("19:aa@thread.tacv2;messageid=1795329800519", "19:aa@thread.tacv2", "1795329800519"), InlineData("19:aa@thread.tacv2", "19:aa@thread.tacv2", "")]
    [InlineData("a:1xyz", "a:1xyz", ""), InlineData("19:aa@thread.tacv2;messageid=1;x=2", "19:aa@thread.tacv2", "1"), InlineData("19:aa@thread.tacv2;x=2", "19:aa@thread.tacv2", ""), InlineData("", "", "")]
    public void A_conversation_is_one_whatever_thread_it_names(string id, string conversation, string root)
    {
        TeamsAddress.SplitThread(id).ShouldBe((conversation, root));
        TeamsAddress.Channel("t", id).ShouldBe(new ChatChannel("teams", $"t/{conversation}"));
    }

    [Fact]
    public void A_channel_belongs_to_its_tenant() => TeamsAddress.Channel("tenant", "19:aa@thread.tacv2").Tenant.ShouldBe("tenant");

    [Theory]
    [InlineData("1111", "tenant/1111"), InlineData(null, "tenant/29:1abc"), InlineData("", "tenant/29:1abc")]
    public void Somebody_is_known_by_their_Entra_id_where_Teams_tells_it(string? aad, string id)
    {
        TeamsAddress.Person("tenant", aad, "29:1abc", "Ann").ShouldBe(new Person("teams", id, "Ann"));
        TeamsAddress.Split(id).ShouldBe(("tenant", id["tenant/".Length..]));
    }

    [Theory]
    [InlineData("19:aa@thread.tacv2", "1795329800519", "1795329801001", "19:aa@thread.tacv2;messageid=1795329800519"), InlineData("a:1x y/z", "", "f:12", "a:1x y/z")]
    public void A_message_is_stored_and_read_as_it_was(string conversation, string root, string activity, string thread)
    {
        var message = new TeamsMessageId(conversation, root, activity);
        TeamsMessageId.Parse(message.ToString()).ShouldBe(message);
        message.ThreadId.ShouldBe(thread);
    }
}
