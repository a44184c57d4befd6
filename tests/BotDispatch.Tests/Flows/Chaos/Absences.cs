using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>People say in chat that they are away or back, or take over from somebody, while they and others are called.</summary>
internal static class Absences
{
    public static void Plan(Stage stage)
    {
        // Two come and go, one takes over from the fourth: of each is known from here alone when they are off.
        string[] people = [.. Scenario.People.OrderBy(_ => stage.Lot.Next())];
        var off = new List<(string Person, DateTimeOffset From, DateTimeOffset To)>();
        for (var times = stage.Lot.Next(2, 9); times > 0; times--)
        {
            var (person, says) = (people[stage.Lot.Next(2)], stage.OneOf("", "", "for 2 minutes", "for 1 hour"));
            if (stage.Chance(0.5))
                stage.At(stage.Between(0.1, 150), $"{person} is away {says}", () => AwayAsync(stage, off, person, says));
            else
                stage.At(stage.Between(0.1, 150), $"{person} is back", () => BackAsync(stage, off, person));
        }
        if (stage.Chance(0.7))
            stage.At(stage.Between(0.1, 100), $"{people[2]} takes over from {people[3]}", () => CoverAsync(stage, off, people[2], people[3]));
        stage.Checks.Add(async () =>
        {
            // Where the clock of the machine is set, nobody can say from here when an absence ends.
            if (stage.Precision > TimeSpan.FromMilliseconds(1))
                return;
            foreach (var id in stage.Dispatches)
            {
                var roster = (await stage.World.StateAsync(id)).Plan.Roster;
                foreach (var happened in await stage.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default))
                    if (happened.Happened is DispatchEvent.CallBegun begun && roster[begun.Attempt.Callee].Id.Value is var person
                        && off.Exists(each => each.Person == person && happened.At > each.From && happened.At < each.To))
                        stage.Break(Promise.UnavailableRung, $"{happened.At:HH:mm:ss.fff} {person} is called; {string.Join("; ", off.Select(each => $"{each.Person} {each.From:HH:mm:ss.fff}-{each.To:HH:mm:ss.fff}"))}");
            }
        });
    }

    static async Task AwayAsync(Stage stage, List<(string Person, DateTimeOffset From, DateTimeOffset To)> off, string person, string says)
    {
        // A later absence takes the place of one that it overlaps; if its answer is lost, nobody knows which of them counts.
        Close(stage, off, person);
        await stage.World.App.Get<IAbsences>().AwayAsync(new(person), says, default);
        Note(stage, off, person, says switch { "" => TimeSpan.FromDays(1), "for 1 hour" => TimeSpan.FromHours(1), _ => TimeSpan.FromMinutes(2) });
        await stage.World.SettleAsync();
    }

    static async Task BackAsync(Stage stage, List<(string Person, DateTimeOffset From, DateTimeOffset To)> off, string person)
    {
        Close(stage, off, person);
        await stage.World.App.Get<IAbsences>().BackAsync(new(person), default);
        await stage.World.SettleAsync();
    }

    static async Task CoverAsync(Stage stage, List<(string Person, DateTimeOffset From, DateTimeOffset To)> off, string person, string other)
    {
        if ((await stage.World.App.Get<IAbsences>().CoverAsync(new(person), new(other), "for 3 minutes", default)).ToOther is not null)
            Note(stage, off, other, TimeSpan.FromMinutes(2));
        await stage.World.SettleAsync();
    }

    // What could not be stored is answered with a sentence, and does not count. The end may be rounded to minutes.
    static void Note(Stage stage, List<(string Person, DateTimeOffset From, DateTimeOffset To)> off, string person, TimeSpan lasts)
    {
        var now = stage.World.Clock.GetUtcNow();
        if (!stage.World.App.Get<IAvailability>().Of(new(person), now).IsAvailable)
            off.Add((person, now, now + lasts - (lasts > TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : TimeSpan.Zero)));
    }

    static void Close(Stage stage, List<(string Person, DateTimeOffset From, DateTimeOffset To)> off, string person)
    {
        var now = stage.World.Clock.GetUtcNow();
        for (var index = 0; index < off.Count; index++)
            if (off[index].Person == person && off[index].To > now)
                off[index] = off[index] with { To = now };
    }
}
