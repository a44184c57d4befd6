using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows;

/// <summary>Many dispatches at once, among people of every habit, over a network that spoils something else every minute.</summary>
public sealed class SoakTests
{
    const int Dispatches = 200;
    const int People = 300;

    [Fact]
    public async Task Two_hundred_dispatches_at_once_all_come_to_an_end_and_leave_nothing_behind()
    {
        using var directory = new TemporaryDirectory(People);
        var lot = new Random(1042);
        await using var world = await World.BeginAsync(
            new() { ["Employees:File"] = directory.File, ["Policy:GiveUpAfter"] = "00:06:00", ["Policy:AcceptedHold"] = "00:02:00", ["Policy:AttemptsPerEmployee"] = "2" },
            options =>
            {
                options.Switches.PaceExceeded = PaceExceeded.Accepted;
                options.HistorySize = 200_000;
            });
        for (var person = 0; person < People; person++)
            world.Routee.Phone(TemporaryDirectory.Number(person)).Script = Habits[lot.Next(Habits.Length)];

        List<DispatchId> ids = [];
        for (var dispatch = 0; dispatch < Dispatches; dispatch++)
            ids.Add(await world.BeginAsync($"Job number {dispatch}", [.. Enumerable.Range(0, lot.Next(1, 5)).Select(_ => TemporaryDirectory.Id(lot.Next(People)))]));

        for (var minute = 0; (await world.App.Engine.ListOpenAsync(default)).Count > 0; minute++)
        {
            minute.ShouldBeLessThan(60, "they do not come to an end");
            Settings.Apply($"{Settings.OfDisorder[lot.Next(Settings.OfDisorder.Count)]}, {Settings.OfDisorder[lot.Next(Settings.OfDisorder.Count)]}", world.Routee);
            await world.PassAsync(60);
            world.Routee.Disorder = new();
        }
        await world.PassAsync(TimeSpan.FromMinutes(4));

        foreach (var id in ids)
        {
            var end = await world.StateAsync(id);
            end.HasLiveLeg.ShouldBeFalse();
            end.Legs.Where(leg => leg.Outcome is null && leg.FirstKey is null).ShouldBeEmpty();
            world.Thread(id)[^1].ShouldNotBeEmpty();
            world.Chat.Cards.Single(card => card.Id == id).Status.ShouldBe(Words.StatusOf(end.Resolution!));
        }
        await using var connection = await world.App.Get<Database>().OpenAsync(default);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM lines WHERE is_accepted = 0")).ShouldBe(0, "lines left behind");
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM line_waits")).ShouldBe(0, "dispatches that still wait for a line");
        world.Routee.Calls.Count.ShouldBeGreaterThan(Dispatches);
        Overlaps(world).ShouldBeEmpty("two calls to one number at once");
    }

    static readonly PersonScript[] Habits =
    [
        new PersonScript.AnswersAndAccepts(), new PersonScript.AnswersAndRejects(), new PersonScript.NeverAnswers(), new PersonScript.Busy(), new PersonScript.Declines(),
        new PersonScript.Voicemail(), new PersonScript.SaysNothing(), new PersonScript.PressesLate(), new PersonScript.PressesWrongKey(), new PersonScript.HangsUpMidMessage(),
        new PersonScript.PressesTwice(), new PersonScript.PressesOneThenTwo(), new PersonScript.CarrierError(), new PersonScript.CarrierError("Failed"),
    ];

    static IEnumerable<string> Overlaps(World world) => world.Routee.Calls.GroupBy(call => call.To).SelectMany(calls => calls.OrderBy(call => call.PlacedAt)
        .Zip(calls.OrderBy(call => call.PlacedAt).Skip(1), (one, next) => next.PlacedAt < one.EndedAt ? $"{one.To} at {one.PlacedAt:O}-{one.EndedAt:O} and {next.PlacedAt:O}" : "")
        .Where(overlap => overlap.Length > 0));

    /// <summary>A directory of people who exist only here.</summary>
    sealed class TemporaryDirectory : IDisposable
    {
        readonly string folder = Directory.CreateTempSubdirectory("botdispatch-people-").FullName;

        public TemporaryDirectory(int people) => System.IO.File.WriteAllLines(
            File, ["id,name,email,phone,language,timezone,skills", .. Enumerable.Range(0, people).Select(each => $"{Id(each)},Person {each},{Id(each)}@example.com,{Number(each)},en-GB,Europe/London,")]);

        public string File => Path.Combine(folder, "employees.csv");

        public static string Id(int person) => $"person.{person}";

        public static string Number(int person) => $"+1202555{1000 + person}";

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
