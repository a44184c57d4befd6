using System.Globalization;
using System.Text;

using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>The card at every turn of a dispatch, approved by a person.</summary>
public class CardTests
{
    static readonly DispatchInput.Skip SkipAnn = new(Boss, 0, 1);

    [Fact]
    public void Every_card_is_approved()
    {
        var page = new StringBuilder();
        Draw("just started", Play.With(Ann, Bob, Carl));
        Draw("calling, nothing known yet", Play.With(Ann, Bob).Begins(Ann));
        Draw("ringing", Play.With(Ann, Bob).Dials(Ann).Rings());
        Draw("on the phone", Play.With(Ann, Bob).Dials(Ann).PicksUp());
        Draw("settling", Play.With(Ann, Bob).Dials(Ann).PicksUp().HangsUp());
        Draw("settling, and the records do not answer", Play.With(Ann, Bob).Dials(Ann).PicksUp().HangsUp().LosesTheRecords().WaitsForItsDeadline());
        Draw("the answer to the order was lost", Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallUnsure(Call(0, 1))));
        Draw("restarted while it rang", Play.With(Ann, Bob).Dials(Ann).Rings().Gets(new DispatchInput.Restarted()));
        Draw("restarted while it rang, and the records know it", Play.With(Ann, Bob).Dials(Ann).Rings().Gets(new DispatchInput.Restarted()).LooksUp(LegStatus.Ringing));
        Draw("retry pause", Play.With(Ann, Bob).Dials(Ann).RingsOut());
        Draw("rejected, the leg still lives", Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("2"));
        Draw("second person, second attempt", Play.With(Ann, Bob, Carl).LosesEveryAttempt(Ann).Dials(Bob).RingsOut().Waits(Seconds(20)).Dials(Bob));
        Draw("off duty and busy", Play.With(Ann, Bob).Begins(Ann, new(PassedOverReason.OffDuty)).Begins(Bob, new(PassedOverReason.OnThePhone, Noon + Minutes(2))));
        Draw("skipped before any call", Play.With(Ann, Bob).Gets(SkipAnn));
        Draw("skipped while ringing", Play.With(Ann, Bob).Dials(Ann).Rings().Gets(SkipAnn));
        Draw("bad number", Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.NumberIsBad())));
        Draw("line down", LineDown());
        Draw("line down, skipped meanwhile", LineDown().Gets(SkipAnn));
        Draw("between rounds", Play.With(Ann).LosesEveryAttempt(Ann));
        Draw("second round", Play.With(Ann).LosesEveryAttempt(Ann).Waits(Minutes(2)).Dials(Ann).Rings());
        Draw("accepted", Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("1").HangsUp());
        Draw("accepted and done", Play.With(Ann, Bob).Dials(Ann).PicksUp().Presses("1").Gets(new DispatchInput.MarkDone(Boss)));
        Draw("taken", Play.With(Ann, Bob).Dials(Ann).Gets(new DispatchInput.Take(Boss, Bob.Id)));
        Draw("taken and done", Play.With(Ann).Gets(new DispatchInput.Take(Boss, Outsider)).Gets(new DispatchInput.MarkDone(Boss)));
        Draw("called off", Play.With(Ann, Bob).Dials(Ann).Rings().Gets(new DispatchInput.NoLongerNeeded("the ticket was closed in Desk by Eve")));
        Draw("cancelled", Play.With(Ann, Bob).Dials(Ann).Rings().Gets(new DispatchInput.Cancel(Boss)));
        Draw("everyone rejected", Play.With(Ann, Bob).Dials(Ann).Rejects().Dials(Bob).Rejects());
        Draw("time is up", Play.With(new EscalationPolicy { GiveUpAfter = Minutes(1) }, Ann).Waits(Minutes(1)));
        page.ToString().ShouldBeApprovedIn("tests/BotDispatch.Core.Tests/Cards.approved.txt");

        void Draw(string when, Play play)
        {
            var card = play.Card;
            page.Append(CultureInfo.InvariantCulture, $"# {when}\n[{card.Status}] {card.Headline}{(card.Until is { } until ? $" (until {until:HH:mm:ss})" : "")}\n");
            page.Append(CultureInfo.InvariantCulture, $"{(card.IsClosed ? "closed" : $"next: {card.Next ?? "nobody"}")}\n");
            foreach (var person in card.People)
                page.Append(CultureInfo.InvariantCulture, $"{(person.IsCurrent ? "> " : "- ")}{person.Name}: {person.State} ({string.Join(", ", person.Calls.Select(call => call?.ToString() ?? "under way"))})\n");
            page.AppendJoin(' ', card.Buttons.Select(button => button.Action is CardAction.Skip ? $"[{button.Label} {button.Callee} in round {button.Round}]" : $"[{button.Label}]")).Append("\n\n");
        }
    }

    [Fact]
    public void A_person_who_was_skipped_in_the_pause_between_two_calls_reads_skipped() =>
        Play.With(Ann, Bob).Dials(Ann).RingsOut().Gets(SkipAnn).Card.People[0].State.ShouldBe("Skipped");

    [Fact]
    public void Next_says_that_a_person_is_busy_and_who_comes_instead()
    {
        var state = Play.With(Ann, Bob, Carl).Dials(Ann).State;
        DispatchCard.Of(state).Next.ShouldBe("Bob");
        DispatchCard.Of(state, 0, new HashSet<string> { Bob.Phone }).Next.ShouldBe("Bob (busy now), else Carl");
        DispatchCard.Of(state, 0, new HashSet<string> { Bob.Phone, Carl.Phone }).Next.ShouldBe("Bob (busy now)");
    }

    [Fact]
    public void I_take_it_which_not_everybody_may_use_is_not_the_first_button() =>
        Play.With(Ann, Bob).Dials(Ann).Card.Buttons.Select(each => each.Action).ShouldBe([CardAction.Skip, CardAction.TakeIt, CardAction.Cancel]);

    [Fact]
    public void The_card_carries_what_was_asked_for()
    {
        var card = Play.With(Ann).Card;
        (card.Id, card.Ticket.Reference, card.Note, card.AskedBy).ShouldBe((new DispatchId("d1"), "INC-1042", "Take water along", Boss));
    }

    static Play LineDown() =>
        Play.With(Ann, Bob).Begins(Ann).Gets(new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.LineIsDown(LineDownReason.NoBalance)));
}
