using BotDispatch.Core;
using BotDispatch.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>A few dispatches among a few people, and one trouble. Everything is drawn from the seed, so that it can be played again alone.</summary>
internal static class Scenario
{
    /// <summary>Who understands what is spoken in a language whose words <see cref="Promises"/> knows.</summary>
    public static readonly string[] People = ["ann.lee", "marcus.reed", "priya.nair", "jonas.weber"];

    const double LoopEvery = 4;

    static readonly PersonScript[] Habits =
    [
        new PersonScript.AnswersAndAccepts(), new PersonScript.AnswersAndAccepts(), new PersonScript.AnswersAndRejects(), new PersonScript.NeverAnswers(), new PersonScript.Busy(),
        new PersonScript.Declines(), new PersonScript.Voicemail(), new PersonScript.SaysNothing(), new PersonScript.PressesLate(), new PersonScript.HangsUpMidMessage(),
        new PersonScript.PressesTwice(), new PersonScript.PressesOneThenTwo(), new PersonScript.CarrierError("Failed"),
        new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1, "1"), PersonStep.HangUpDuring(2, 2)]),
        new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1.5, "9"), PersonStep.PressDuring(4, 1.5, "1")]),
    ];

    public static async Task<Played> PlayAsync(Trouble trouble, int seed)
    {
        var stage = new Stage(seed);
        stage.Settings["Policy:AttemptsPerEmployee"] = $"{stage.Lot.Next(1, 4)}";
        StartDispatches(stage);
        trouble.Plan(stage);
        await using var world = stage.World = await World.BeginAsync(stage.Settings, options => options.HistorySize = 100_000,
            services => services.AddLogging(logging => logging.ClearProviders().AddProvider(stage.Log)), stage.Prepare);
        try
        {
            foreach (var number in People)
                world.Phone(number).Script = Habits[stage.Lot.Next(Habits.Length)];
            stage.Begins.ForEach(begin => begin(world));
            await PlayAsync(stage);
            foreach (var check in stage.Checks)
                await check();
            stage.Broken.AddRange(await Promises.FindBrokenAsync(stage));
        }
        catch (Exception unexpected)
        {
            stage.Break(Promise.Surprise, unexpected.ToString());
        }
        finally
        {
            stage.Kept.ForEach(kept => kept.Dispose());
        }
        return new(seed, stage.Dispatches.Count, world.Routee.Calls.Count, stage.Broken, stage.Steps);
    }

    // What people do, whatever the trouble.
    static void StartDispatches(Stage stage)
    {
        for (var number = stage.Lot.Next(1, 4); number > 0; number--)
        {
            var called = People.OrderBy(_ => stage.Lot.Next()).Take(stage.Lot.Next(1, 4)).ToArray();
            var (ticket, begun) = ($"{Promises.PrivateTicket} {number}", stage.Chance(0.5) ? 0 : stage.Between(0, 40));
            stage.At(begun, $"a dispatch of {string.Join(", ", called)}", async () => stage.Dispatches.Add(await BeginAsync(stage, ticket, called)));
            if (stage.Chance(0.6))
                PressSomething(stage, stage.Between(begun + 0.1, begun + 120));
        }
    }

    /// <summary>Somebody presses a button of some dispatch.</summary>
    public static void PressSomething(Stage stage, double second)
    {
        var (request, which) = (stage.OneOf("cancel", "skip", "skip", "take", "done"), stage.Lot.Next());
        stage.At(second, request, async () =>
        {
            if (stage.Dispatches.Count == 0)
                return;
            var id = stage.Dispatches[which % stage.Dispatches.Count];
            var (who, action) = request switch
            {
                "cancel" => (World.Dana, CardAction.Cancel),
                "skip" => (World.Dana, CardAction.Skip),
                "done" => (World.Dana, CardAction.Done),
                _ => (new Person(RecordingChat.Platform, "marcus.reed@example.com", "Marcus Reed"), CardAction.TakeIt),
            };
            await stage.World.PressAsync(who, id, action);
        });
    }

    public static async Task<DispatchId> BeginAsync(Stage stage, string ticket, string[]? called)
    {
        while (true)
        {
            try
            {
                return await stage.World.BeginAsync(ticket, called, Promises.PrivateNote);
            }
            catch (Exception) when (stage.World.Life.IsOver)
            {
                await stage.World.RestartAsync();
            }
        }
    }

    static async Task PlayAsync(Stage stage)
    {
        var begun = stage.World.Clock.GetUtcNow();
        if (stage.Loops.Count > 0)
            for (var second = 0.5; second < 300; second += LoopEvery)
                stage.At(second, "", () => LoopAsync(stage));
        foreach (var act in stage.Acts)
        {
            var wait = begun + TimeSpan.FromSeconds(act.Second) - stage.World.Clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await stage.World.PassAsync(wait);
            if (act.What.Length > 0)
                stage.Note(act.What);
            try
            {
                await act.DoAsync();
            }
            catch (Exception) when (stage.World.Life.IsOver)
            {
                // The person who asked sees that nobody answered.
                await stage.World.RestartAsync();
            }
            catch (Exception broken) when (stage.World.Disk.Explains(broken))
            {
                stage.Note("whoever asked sees that it is not known whether it was done");
            }
        }
        stage.Note("no more trouble");
        var end = stage.World.Clock.GetUtcNow() + stage.LongestRun;
        while (stage.World.Clock.GetUtcNow() < end && !await IsOverAsync(stage))
        {
            await LoopAsync(stage);
            await stage.World.PassAsync(30);
        }
        await LoopAsync(stage);
        // What is posted, drawn and tidied at the end.
        await stage.World.PassAsync(600);
    }

    // The app's own loops log what fails, and go on.
    static async Task LoopAsync(Stage stage)
    {
        foreach (var loop in stage.Loops)
            try
            {
                await loop();
            }
            catch (Exception) when (stage.World.Life.IsOver)
            {
                await stage.World.RestartAsync();
            }
        await stage.World.SettleAsync();
    }

    static async Task<bool> IsOverAsync(Stage stage)
    {
        foreach (var id in stage.Dispatches)
            if (await stage.World.StateAsync(id) is not { IsClosed: true, HasLiveLeg: false })
                return false;
        return true;
    }
}
