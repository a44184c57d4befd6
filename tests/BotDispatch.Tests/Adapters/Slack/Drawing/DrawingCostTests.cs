using BotDispatch.Http;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Teams.Drawing;
using BotDispatch.Tests.Adapters.Teams.Drawing;
using SlackCard = BotDispatch.Slack.Drawing.CardView;
using TeamsCard = BotDispatch.Teams.Drawing.CardView;

namespace BotDispatch.Tests.Adapters.Slack.Drawing;

/// <summary>
/// What a message costs in memory until it can be sent, in bytes, which no busy machine changes. Who makes one dearer sees it here.
/// </summary>
public class DrawingCostTests
{
    const double MostOfCard = 12;
    const double MostOfReply = 4;
    const double MostOfSlackCard = 14;
    const double MostOfSlackReply = 4;

    [Fact]
    public void A_card_for_Slack_allocates_no_more_than_agreed() =>
        Kilobytes(() => SlackForm.Of(SlackCard.Draw(Drawings.Cards["calling"], Drawings.Now).Arguments("C0OPS", isPlain: false)))
            .ShouldBeLessThanOrEqualTo(MostOfSlackCard);

    [Fact]
    public void A_reply_for_Slack_allocates_no_more_than_agreed() =>
        Kilobytes(() => SlackForm.Of(ReplyMessage.Draw(Drawings.Updates["accepted"]).Arguments("C0OPS", isPlain: false)))
            .ShouldBeLessThanOrEqualTo(MostOfSlackReply);

    [Fact]
    public void A_card_for_Teams_allocates_no_more_than_agreed() =>
        Kilobytes(() => SafeJson.Bytes(TeamsActivity.OfCard(TeamsCard.Draw(TeamsDrawings.Cards["calling"], TeamsDrawings.Now), "summary")))
            .ShouldBeLessThanOrEqualTo(MostOfCard);

    [Fact]
    public void A_reply_for_Teams_allocates_no_more_than_agreed() =>
        Kilobytes(() => SafeJson.Bytes(ReplyDrawing.Draw(TeamsDrawings.Updates["accepted"], TeamsDrawings.Mris)))
            .ShouldBeLessThanOrEqualTo(MostOfReply);

    // The first time fills what is kept for good.
    static double Kilobytes(Action draw)
    {
        draw();
        draw();
        var before = GC.GetAllocatedBytesForCurrentThread();
        draw();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0;
    }
}
