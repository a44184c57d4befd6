using BotDispatch.Http;
using BotDispatch.Slack.Inbound;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters;

/// <summary>Replies are remembered for a while. One that kept what it is drawn from would keep a whole directory for each dialog.</summary>
public sealed class RememberedReplyTests
{
    [Fact]
    public void A_reply_is_written_when_it_is_made_and_keeps_only_that()
    {
        var drawn = 0;
        WriteJson drawing = json =>
        {
            drawn++;
            json.WriteStartObject();
            json.WriteEndObject();
        };
        WriteJson?[] replies =
        [
            InvokeAnswer.Of(InvokeKind.DialogFetch, new TeamsReply.Dialog("Dispatch", drawing)).Body,
            InvokeAnswer.Of(InvokeKind.CardExecute, new TeamsReply.CardAnswer(drawing)).Body,
            new SlackReply.Message(drawing).ToJson(),
            new SlackReply.Update(drawing).ToJson(),
        ];
        drawn.ShouldBe(replies.Length);

        foreach (var reply in replies.Concat(replies))
            SafeJson.Write(reply!).ShouldContain("{}");
        drawn.ShouldBe(replies.Length);
    }
}
