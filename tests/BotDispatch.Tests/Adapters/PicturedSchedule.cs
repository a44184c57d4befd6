using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Adapters;

/// <summary>Schedules for pictures, and for the schemas that they have to fit: a usual one, a long one and one with gaps and days with nothing.</summary>
internal static class PicturedSchedule
{
    static readonly string Noa = "נועה לוי".Isolated();
    static readonly string Long = "Wolfeschlegelsteinhausenbergerdorff-Konstantinopoulos, Maximiliana Alexandra";
    static readonly string[] Days = ["Mon 5 Jan", "Tue 6 Jan", "Wed 7 Jan", "Thu 8 Jan", "Fri 9 Jan", "Sat 10 Jan", "Sun 11 Jan", "Mon 12 Jan"];

    /// <summary>Each with its name.</summary>
    public static IReadOnlyList<(string Name, ScheduleWeek Week)> All { get; } =
    [
        ("usual", new("Europe/Athens",
            [
                "Lifts: Ελένη Παπαδάκη until Wed 18:00 (UTC+2), then Priya Nair", $"Front desk: ⚠ Tom Okafor (cannot be phoned), {Noa}, Ann Lee until 16:00 (UTC+2)",
                $"Night-Shift: {Long} until Tue 08:00 (UTC+2), then {Noa}", "Pumps: ⚠ nobody until Tue 08:00 (UTC+2), then Ann Lee",
            ],
            [.. Days.Select((day, n) => new ScheduleDay($"{day} (UTC+2)",
            [
                .. n == 1 ? ["Public holiday: Epiphany (Greece)"] : Array.Empty<string>(),
                $"Lifts: {(n == 0 ? "from now on" : "all day")} Ελένη Παπαδάκη", .. n is 5 or 6 ? [] : (string[])[$"Front desk: 08:00–16:00 ⚠ Tom Okafor (cannot be phoned), {Noa}, Ann Lee"],
                $"Night-Shift: 00:00–08:00 {Long}; 20:00–24:00 {Noa}", .. n == 2 ? ["Cover: Priya Nair for Ελένη Παπαδάκη 18:00–24:00", "Away: Ann Lee all day, Tom Okafor 08:00–12:00"] : Array.Empty<string>(),
                "Quiet: 22:00–24:00 everybody",
            ]))])),
        ("long", new("America/Argentina/ComodRivadavia", [.. Enumerable.Range(1, 30).Select(n => $"Desk number {n}: Ann Lee, {Noa} until 16:00 (UTC−3)")],
            [.. Days.Select(day => new ScheduleDay($"{day} (UTC−3)", [.. Enumerable.Range(1, 30).Select(n => $"Desk number {n}: 08:00–16:00 Ann Lee, {Noa}, {Long} and 4 more")]))])),
        ("sparse", new("UTC", ["Lifts: off until Thu 08:00 (UTC), then Ann Lee"],
            [.. Days.Select((day, n) => new ScheduleDay($"{day} (UTC)", n == 3 ? ["Lifts: 08:00–24:00 Ann Lee"] : ImmutableArray<string>.Empty))])),
    ];
}
