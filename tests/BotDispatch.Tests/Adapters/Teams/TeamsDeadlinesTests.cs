using BotDispatch.Chat;
using BotDispatch.Teams;

namespace BotDispatch.Tests.Adapters.Teams;

public sealed class TeamsDeadlinesTests
{
    [Fact]
    public void Every_answer_is_decided_before_the_latest_acknowledgement() => TeamsDeadlines.Answer.ShouldBeLessThan(TeamsDeadlines.Acknowledgement);

    [Fact]
    public void Half_a_second_of_what_a_person_waits_is_left_for_the_way() =>
        (TeamsDeadlines.Person - TeamsDeadlines.Acknowledgement).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5));

    [Fact]
    public void A_card_is_drawn_for_everybody_once_more_only_after_the_answer_has_arrived() => TeamsDeadlines.HasArrived.ShouldBeGreaterThan(TeamsDeadlines.Person);

    [Fact]
    public void A_silent_ticket_system_is_given_up_before_the_answer_is_late() => Delivery.Usual.ShouldBeLessThan(TeamsDeadlines.Answer);
}
