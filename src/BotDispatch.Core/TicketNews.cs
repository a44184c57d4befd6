using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>Decides what follows when another system says that a job is not needed any more, or that its text has changed.</summary>
internal static class TicketNews
{
    /// <summary>Closes an open dispatch. Of an accepted job, ends the hold if the job itself is over.</summary>
    public static Decision OnNoLongerNeeded(DecisionBuilder builder, NoLongerNeeded ended)
    {
        if (builder.State.Phase is Phase.NotStarted)
            return builder.Ignored("it is not open");
        if (!builder.State.IsClosed)
            builder.Add(new CalledOff(ended.Because, builder.Now));
        else if (!builder.State.IsHeld)
            return builder.Ignored("it is closed, and nobody has the job");
        else if (!ended.IsOver)
            return builder.Ignored("somebody has accepted the job");
        else
            builder.Add(new JobEnded(ended.Because, builder.Now));
        return builder.Decided();
    }

    /// <summary>Notes the new text while somebody may still hear it or work by it.</summary>
    public static Decision OnEditTicket(DecisionBuilder builder, EditTicket edit)
    {
        var state = builder.State;
        if (state.Phase is Phase.NotStarted || (state.IsClosed && !state.IsHeld))
            return builder.Ignored("it is not open, and nobody has the job");
        var before = state.Plan.Ticket;
        var after = edit.Ticket with { Reference = before.Reference, IsFreeText = before.IsFreeText, System = before.System };
        if (after == before)
            return builder.Ignored("the ticket says the same");
        builder.Add(new TicketChanged(before, after, edit.Where, builder.Now));
        return builder.Decided();
    }

    /// <summary>Reports in the threads. This also applies to a closed dispatch, because its ticket is written until the end.</summary>
    public static Decision OnReportTicket(DecisionBuilder builder, ReportTicket report)
    {
        if (builder.State.Phase is Phase.NotStarted || builder.State.TicketReports.Contains(report.About))
            return builder.Ignored("it was reported already");
        builder.Add(new TicketReported(report.About, report.Words));
        return builder.Decided();
    }
}
