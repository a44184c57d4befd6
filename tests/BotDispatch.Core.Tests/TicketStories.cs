using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>What another system says about the job: it is no longer needed, or its text is another one now.</summary>
public class TicketStories
{
    const string Closed = "the ticket was closed in Desk by Eve";

    static readonly DispatchInput.NoLongerNeeded Over = new(Closed);
    static readonly DispatchInput.NoLongerNeeded GivenAway = new("the ticket was given to Eve in Desk", IsOver: false);

    [Fact]
    public void A_job_that_is_no_longer_needed_stops_the_ringing_phone_at_once()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).Rings().Gets(Over);
        play.Last.Events.ToArray().ShouldBe([new CalledOff(Closed, Noon)]);
        Agenda.LegsToEnd(play.State).Single().ShouldBe(new LegToEnd(play.Leg(), EndLegBy.Rejecting, Noon));
        play.Leg().Outcome.ShouldBe(CallOutcome.CutShort);
        play.Wants(null).Card.Status.ShouldBe(CardStatus.Cancelled);
        play.Card.Headline.ShouldBe($"Cancelled: {Closed}.");
        play.Card.Buttons.Select(button => button.Action).ShouldBe([CardAction.Redispatch]);
    }

    [Fact]
    public void Somebody_on_the_phone_hears_that_the_job_is_no_longer_needed_and_so_does_a_late_key()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(Over);
        Agenda.LegsToEnd(play.State).Single().By.ShouldBe(EndLegBy.Telling);
        SpokenAnswer.BeforeHangingUp(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.NotNeeded());
        play.Presses("1").State.Resolution.ShouldBe(new Resolution.CalledOff(Closed));
        SpokenAnswer.ToKeys(play.State, Call(0, 1)).ShouldBe(new SpokenAnswer.NotNeeded());
    }

    [Fact]
    public void The_same_news_counts_once()
    {
        var play = Play.With(Ann).Gets(Over).Gets(Over);
        play.Last.Because.ShouldBe("it is closed, and nobody has the job");
        play.Happened<CalledOff>().Count().ShouldBe(1);
    }

    [Fact]
    public void The_end_of_an_accepted_job_frees_the_person_who_has_it_and_leaves_the_dispatch_accepted()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Presses("1").HangsUp();
        var before = play.State;
        play.Gets(Over);
        play.Last.Events.ToArray().ShouldBe([new JobEnded(Closed, Noon)]);
        LineChanges.Of(before, play.Last).ShouldBe([new LineChange.FreeJob(new("d1"))]);
        play.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1), IsDone: true));
        play.Card.Status.ShouldBe(CardStatus.Accepted);
        play.Gets(Over).Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void A_ticket_that_was_given_to_somebody_else_stops_calls_but_takes_no_accepted_job_away()
    {
        Play.With(Ann).Dials(Ann).Rings().Gets(GivenAway).State.Resolution.ShouldBe(new Resolution.CalledOff(GivenAway.Because));
        var accepted = Play.With(Ann).Dials(Ann).PicksUp().Presses("1").Gets(GivenAway);
        accepted.Last.Because.ShouldBe("somebody has accepted the job");
        accepted.State.Resolution.ShouldBe(new Resolution.Accepted(Call(0, 1)));
    }

    [Fact]
    public void A_changed_ticket_is_what_the_next_call_speaks_and_keeps_its_reference()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut();
        var before = play.State.Plan.Ticket;
        play.Gets(new DispatchInput.EditTicket(before with { Title = "Two printers burn", Reference = "inc-1042" }, "Desk"));
        play.State.Plan.Ticket.ShouldBe(before with { Title = "Two printers burn" });
        play.Last.Events.ToArray().ShouldBe([new TicketChanged(before, play.State.Plan.Ticket, "Desk", play.Now)]);
        play.Card.Ticket.Title.ShouldBe("Two printers burn");
        play.Gets(new DispatchInput.EditTicket(play.State.Plan.Ticket, "Desk")).Last.Because.ShouldBe("the ticket says the same");
    }

    [Fact]
    public void A_changed_ticket_stays_in_the_system_that_it_was_read_from()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).RingsOut();
        play.Gets(new DispatchInput.EditTicket(play.State.Plan.Ticket with { Title = "Two printers burn", System = "another" }, "Desk"));
        (play.State.Plan.Ticket.Title, play.State.Plan.Ticket.System).ShouldBe(("Two printers burn", null));
    }

    [Fact]
    public void A_changed_ticket_survives_being_stored_beside_the_plan_as_it_was_sent()
    {
        var play = Play.With(Ann);
        var sent = play.State.Plan;
        play.Gets(new DispatchInput.EditTicket(sent.Ticket with { Title = "Two printers burn" }, "Desk"));
        StoredJson.ReadState(StoredJson.Of(play.State), sent).Plan.ShouldBe(play.State.Plan);
    }

    [Fact]
    public void Somebody_who_accepts_the_earlier_text_hears_what_it_says_now()
    {
        static DispatchInput.EditTicket Edit(Play play) => new(play.State.Plan.Ticket with { Title = "Two printers burn" }, "Desk");
        var during = Play.With(Ann).Dials(Ann).PicksUp().Waits(Seconds(5));
        during.Gets(Edit(during)).Presses("1");
        SpokenAnswer.ToKeys(during.State, Call(0, 1)).ShouldBe(new SpokenAnswer.YouHaveItChanged());
        var earlier = Play.With(Ann);
        earlier.Gets(Edit(earlier)).Waits(Seconds(1)).Dials(Ann).PicksUp().Presses("1");
        SpokenAnswer.ToKeys(earlier.State, Call(0, 1)).ShouldBe(new SpokenAnswer.YouHaveIt());
        var later = Play.With(Ann).Dials(Ann).PicksUp().Presses("1").Waits(Seconds(5));
        later.Gets(Edit(later));
        SpokenAnswer.ToKeys(later.State, Call(0, 1)).ShouldBe(new SpokenAnswer.YouHaveIt());
    }

    [Fact]
    public void Nobody_needs_the_text_of_a_job_that_nobody_has_any_more()
    {
        var play = Play.With(Ann).Gets(new DispatchInput.Cancel(Boss));
        play.Gets(new DispatchInput.EditTicket(play.State.Plan.Ticket with { Title = "Two printers burn" }, "Desk")).Last.IsIgnored.ShouldBeTrue();
    }

    [Fact]
    public void News_of_a_ticket_is_recorded_once_and_also_after_the_end()
    {
        var report = new DispatchInput.ReportTicket("status", "Desk kept its status.");
        var play = Play.With(Ann).Gets(new DispatchInput.Cancel(Boss)).Gets(report).Gets(report);
        play.Happened<TicketReported>().Count().ShouldBe(1);
        play.State.Resolution.ShouldBe(new Resolution.Cancelled(Boss));
        play.Gets(report with { About = "assignee" }).Last.IsIgnored.ShouldBeFalse();
    }
}
