using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>Several dispatches at once to named lists that have people in common, and people who share a telephone.</summary>
internal static class Crowds
{
    // The same telephones as those of Ann and Marcus, written in other ways.
    static readonly string Desks = $"""
        id,name,email,phone,language,timezone,skills
        desk.one,Desk One,,{Spaced(World.Number("ann.lee"))},en-GB,Europe/London,
        desk.two,Desk Two,,{Spaced(World.Number("marcus.reed"))},en-GB,Europe/London,

        """;

    static readonly string[] Everybody = [.. Scenario.People, "desk.one", "desk.two"];
    static readonly string[] Orders = ["as listed", "longest since called", "longest since accepted", "fewest calls this month"];

    public static void Plan(Stage stage) => Plan(stage, []);

    /// <summary>Writes down lists, dispatches and what people press.</summary>
    /// <param name="stage">Where it is set up.</param>
    /// <param name="rivals">Gets the dispatches that found a telephone busy.</param>
    public static void Plan(Stage stage, ConcurrentBag<DispatchId> rivals)
    {
        stage.Settings["Employees:MoreFiles:0"] = stage.Keep(new TemporaryFile("desks.csv", Desks)).FilePath;
        var lists = ((string[])["north", "south", "house"]).Select(name =>
            $"- list: {name}\n  members: [{string.Join(", ", Some(stage, 2, 5))}]\n  order: {stage.OneOf(Orders)}\n"
            + (name == "house" || stage.Chance(0.5) ? "" : "  then: house\n")).ToList();
        stage.AddLists(string.Concat(lists));
        stage.At(0, string.Concat(lists).ReplaceLineEndings("; "), () => { });
        for (var number = stage.Lot.Next(3, 7); number > 0; number--)
        {
            var begun = stage.Chance(0.5) ? 0 : stage.Between(0, 40);
            var ticket = $"{Promises.PrivateTicket} of the crowd {number}";
            if (stage.Chance(0.7))
            {
                var list = stage.OneOf("north", "south", "house");
                stage.At(begun, $"a dispatch to {list}", async () => stage.Dispatches.Add(await Scenario.BeginAsync(stage, $"{ticket} to {list}", null)));
            }
            else
            {
                var called = Some(stage, 1, 5);
                stage.At(begun, $"a dispatch of {string.Join(", ", called)}", async () => stage.Dispatches.Add(await Scenario.BeginAsync(stage, ticket, called)));
            }
            for (var requests = stage.Lot.Next(0, 3); requests > 0; requests--)
                Scenario.PressSomething(stage, stage.Between(begun + 0.1, begun + 120));
        }
        stage.Checks.Add(async () =>
        {
            foreach (var id in stage.Dispatches)
                if ((await stage.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default))
                    .Any(each => each.Happened is DispatchEvent.PassedOver { Reason: PassedOverReason.OnThePhone }))
                    rivals.Add(id);
        });
    }

    static string[] Some(Stage stage, int least, int most) => [.. Everybody.OrderBy(_ => stage.Lot.Next()).Take(stage.Lot.Next(least, most + 1))];

    static string Spaced(string number) => $"{number[..3]} {number[3..7]}-{number[7..]}";
}
