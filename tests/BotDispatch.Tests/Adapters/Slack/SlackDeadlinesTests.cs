using BotDispatch.Chat;
using BotDispatch.Slack;

namespace BotDispatch.Tests.Adapters.Slack;

public sealed class SlackDeadlinesTests
{
    [Fact]
    public void Every_answer_is_decided_before_the_latest_acknowledgement()
    {
        var commandWithALink = SlackDeadlines.LoadingView + SlackDeadlines.Link;
        var askedViewWithALink = SlackDeadlines.AskedView + SlackDeadlines.Link;
        commandWithALink.ShouldBeLessThan(SlackDeadlines.Acknowledgement);
        askedViewWithALink.ShouldBeLessThan(SlackDeadlines.Acknowledgement);
        SlackDeadlines.Answer.ShouldBeLessThan(SlackDeadlines.Acknowledgement);
    }

    [Fact]
    public void Half_a_second_of_what_Slack_waits_is_left_for_the_way() =>
        (SlackDeadlines.Slack - SlackDeadlines.Acknowledgement).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5));

    [Fact]
    public void A_slow_name_alone_opens_no_view_that_waits() => SlackDeadlines.Name.ShouldBeLessThan(SlackDeadlines.LoadingView);

    [Fact]
    public void A_silent_ticket_system_is_given_up_before_the_answer_is_late() => Delivery.Usual.ShouldBeLessThan(SlackDeadlines.Answer);
}
