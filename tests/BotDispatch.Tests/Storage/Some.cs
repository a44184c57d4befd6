using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

/// <summary>Plans and inputs for stories of storage.</summary>
internal static class Some
{
    public static readonly Person Dana = new(PretendChat.Platform, "dana", "Dana");

    public static DispatchId Id(string delivery) => DispatchId.From("test", delivery);

    /// <summary>A plan for this ticket and these people; who they are follows from their names.</summary>
    public static DispatchPlan Plan(string ticket, params string[] people) => new(
        Id(ticket), new Ticket(ticket, $"{ticket} is broken"), null, [.. (people is [] ? ["ann"] : people).Select(Callee)],
        new EscalationPolicy(), Dana, new ChatChannel(PretendChat.Platform, "operations"));

    /// <summary>The same again, in the thread of the first one.</summary>
    public static DispatchPlan Again(DispatchPlan closed, string delivery) => closed with { Id = Id(delivery), Replaces = closed.Id };

    /// <summary>Another place in which Dana wants it shown.</summary>
    public static Mirror Mirror(string place, string platform = PretendChat.Platform) => new(new(platform, place), place, Dana);

    public static string PhoneOf(string name) => "+30" + string.Concat(name.Select(letter => letter % 100));

    public static AttemptId Call(DispatchId dispatch, int callee = 0, int number = 1) => new(dispatch, callee, number);

    public static DispatchInput.BeginCall Begin(AttemptId attempt) => new(attempt, PretendPhone.Length);

    public static DispatchInput.LegProgressed Leg(AttemptId attempt, LegStatus status) => new(attempt, new LegReport(status, "leg-" + attempt));

    public static bool Decided(Applied applied) => applied is Applied.Decided { Decision.IsIgnored: false };

    static Callee Callee(string name) => new(new EmployeeId(name), name, PhoneOf(name), "en-GB");
}
