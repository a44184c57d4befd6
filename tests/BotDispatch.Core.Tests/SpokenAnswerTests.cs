using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>What is spoken is drawn from the state: asked twice it is the same, and nobody hears that they have what they have not.</summary>
public class SpokenAnswerTests
{
    [Fact]
    public void A_1_in_time_hears_that_the_job_is_theirs() =>
        ToKeys(Play.With(Ann).Dials(Ann).PicksUp().Presses("1")).ShouldBe(new SpokenAnswer.YouHaveIt());

    [Fact]
    public void A_2_in_time_hears_that_it_is_noted() =>
        ToKeys(Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("2")).ShouldBe(new SpokenAnswer.YouRejected());

    [Fact]
    public void The_last_rejection_is_noted_too_although_it_ends_the_dispatch() =>
        ToKeys(Play.With(Ann).Dials(Ann).PicksUp().Presses("2")).ShouldBe(new SpokenAnswer.YouRejected());

    [Fact]
    public void Asked_again_after_it_closed_a_rejection_hears_the_same()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rejects().Dials(Bob).PicksUp().Presses("1");
        ToKeys(play, Call(0, 1)).ShouldBe(new SpokenAnswer.YouRejected());
    }

    [Fact]
    public void Nothing_pressed_is_nothing_to_answer()
    {
        ToKeys(Play.With(Ann).Dials(Ann).PicksUp()).ShouldBe(new SpokenAnswer.Nothing());
        SpokenAnswer.ToKeys(Play.With(Ann).State, Call(0, 9)).ShouldBe(new SpokenAnswer.Nothing());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("9")]
    [InlineData("")]
    public void On_a_closed_dispatch_every_key_hears_how_it_closed(string tones)
    {
        var cancelled = Play.With(Ann).Dials(Ann).PicksUp().Gets(new DispatchInput.Cancel(Boss)).Presses(tones);
        ToKeys(cancelled).ShouldBe(new SpokenAnswer.WasCancelled());
        var taken = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Take(Boss, Bob.Id)).Presses(tones);
        ToKeys(taken).ShouldBe(new SpokenAnswer.AlreadyTaken("Bob"));
        var over = Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann, Bob).Dials(Ann).RingsOut().Waits(Minutes(1)).Presses(tones);
        ToKeys(over).ShouldBe(new SpokenAnswer.IsOver());
        SpokenAnswer.BeforeHangingUp(over.State, Call(0, 1)).ShouldBe(new SpokenAnswer.IsOver());
    }

    [Fact]
    public void A_late_1_of_a_rejecter_hears_how_it_closed_once_it_has()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut().Waits(Seconds(20)).Dials(Ann).Rejects().Presses("1", on: Call(0, 1));
        ToKeys(play, Call(0, 1)).ShouldBe(new SpokenAnswer.YouRejectedBefore());
        ToKeys(play.Dials(Bob).PicksUp().Presses("1"), Call(0, 1)).ShouldBe(new SpokenAnswer.AlreadyTaken("Bob"));
    }

    static SpokenAnswer ToKeys(Play play, AttemptId? attempt = null) => SpokenAnswer.ToKeys(play.State, attempt ?? play.Current);
}
