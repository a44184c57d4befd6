using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>
/// Writes the first reply of a thread that begins late: what was asked for, how every call ended so far, and what is happening now.
/// </summary>
internal static class SummaryLines
{
    /// <summary>Returns the one reply that stands for the history.</summary>
    public static ThreadUpdate Of(DispatchState state, long seq)
    {
        var plan = state.Plan;
        var called = plan.Roster.Index().Where(each => state.Legs.Any(leg => leg.Attempt.Callee == each.Index));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{plan.Id}-summary-{seq}"),
            [
                new(Tone.Plain,
                    $"Asked for by {plan.AskedBy.Name.Isolated()}, and shown here from now on. To be called, in this order: "
                    + $"{string.Join(", ", plan.Roster.Select(each => each.Name.Isolated()))}."),
                .. called.Select(each => new UpdateLine(Tone.Plain, $"{each.Item.Name.Isolated()}: {CallsInWords.Of(state, each.Index)}.")),
                Now(state),
            ],
            IsAccepted(state));
    }

    static UpdateLine Now(DispatchState state)
    {
        var card = DispatchCard.Of(state);
        return IsAccepted(state) ? new(Tone.Good, $"Accepted: {card.Headline} {UpdateLines.TicketWords(state)}", state.Plan.AskedBy)
            : state.Resolution is Resolution.Exhausted ? new(Tone.Alert, $"Exhausted: {card.Headline}", state.Plan.AskedBy)
            : new(Tone.Plain, $"Now: {card.Headline}");
    }

    static bool IsAccepted(DispatchState state) => state.Resolution is Resolution.Accepted or Resolution.Taken;
}
