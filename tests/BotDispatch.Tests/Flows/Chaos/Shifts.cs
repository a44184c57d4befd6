using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>People who are away, and shifts that begin and end while their colleagues are called.</summary>
internal static class Shifts
{
    // When the world begins.
    static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static void Plan(Stage stage)
    {
        var (lines, shifts, away) = (new List<string>(), new Dictionary<string, (DateTimeOffset From, DateTimeOffset To)>(), new HashSet<string>());
        foreach (var person in Scenario.People)
            switch (stage.Lot.Next(4))
            {
                case 0:
                    away.Add(person);
                    lines.Add($"- {{away: {person}, from: 2026-01-04, to: 2026-01-06}}");
                    break;
                case 1 or 2:
                    var (from, minutes) = (stage.Lot.Next(0, 4), stage.Lot.Next(1, 5));
                    shifts[person] = (Begin.AddMinutes(from), Begin.AddMinutes(from + minutes));
                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"- {{shift: Of {person}, zone: UTC, hours: daily 09:{from:00}-09:{from + minutes:00}, people: [{person}]}}"));
                    break;
            }
        if (lines.Count == 0)
            return;
        stage.Settings["Employees:Schedule"] = stage.Keep(new TemporaryFile("schedule.yaml", string.Join('\n', lines) + "\n")).FilePath;
        stage.At(0, string.Join("; ", lines), () => { });
        stage.Checks.Add(async () =>
        {
            // Where the clock of the machine is set, nobody can say from here who was on shift by it.
            if (stage.Precision > TimeSpan.FromMilliseconds(1))
                return;
            foreach (var id in stage.Dispatches)
            {
                var roster = (await stage.World.StateAsync(id)).Plan.Roster;
                foreach (var happened in await stage.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default))
                    if (happened.Happened is DispatchEvent.CallBegun begun && roster[begun.Attempt.Callee].Id.Value is var person
                        && (away.Contains(person) || (shifts.TryGetValue(person, out var shift) && !(happened.At >= shift.From && happened.At < shift.To))))
                        stage.Break(Promise.UnavailableRung, $"{happened.At:HH:mm:ss.fff} {person} is called; {string.Join("; ", lines)}");
            }
        });
    }
}
