namespace BotDispatch.Core.Tests;

/// <summary>The people and things that every scenario knows.</summary>
static class Cast
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly Callee Ann = Somebody("ann", "Ann", "+4910000001");
    public static readonly Callee Bob = Somebody("bob", "Bob", "+4910000002");
    public static readonly Callee Carl = Somebody("carl", "Carl", "+4910000003");
    public static readonly Callee Dora = Somebody("dora", "Dora", "+4910000004");

    public static readonly Person Boss = new("slack", "U-BOSS", "Boss");
    public static readonly EmployeeId Outsider = new("otto");

    public static readonly CallLength Length = new(Seconds(60), Seconds(90));

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    /// <summary>The <paramref name="number"/>th call to the roster's <paramref name="callee"/>.</summary>
    public static AttemptId Call(int callee, int number) => new(new("d1"), callee, number);

    public static DispatchPlan Plan(params Callee[] roster) => Plan(new EscalationPolicy(), roster);

    public static DispatchPlan Plan(EscalationPolicy policy, params Callee[] roster) =>
        new(new("d1"), new Ticket("INC-1042", "The printer burns"), "Take water along", [.. roster], policy, Boss, new ChatChannel("slack", "C1"));

    /// <summary>A list of a plan with these callees, each with a reason of their own.</summary>
    public static PlannedList ListOf(string name, EscalationPolicy policy, params int[] callees) =>
        new(name, $"The {name}", [.. callees.Select(callee => new ListPick(callee, $"reason {callee}"))], policy);

    /// <summary>Another place in which the boss wants it shown.</summary>
    public static Mirror MirrorIn(string place, bool isByRule = false) => new(new("teams", place), $"{place} in Teams", Boss, isByRule);

    static Callee Somebody(string id, string name, string phone) => new(new(id), name, phone, "en-GB");
}
