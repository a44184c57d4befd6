using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows;

/// <summary>The process dies between any two steps of a dispatch, comes back on the same file, and the dispatch ends as it would have.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public Task Wherever_the_process_dies_the_dispatch_ends_as_it_would_have(bool chatRecognisesRepeats, int every) => Crashes.ProveAsync(chatRecognisesRepeats, every, null);
}

/// <summary>The same with a mirror; beside the others, because a life waits more than it works.</summary>
public sealed class MirroredCrashTests
{
    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 17)]
    public Task Wherever_the_process_dies_both_places_get_every_line(bool chatRecognisesRepeats, int every) => Crashes.ProveAsync(chatRecognisesRepeats, every, "yard");
}

/// <summary>The same where a thread waits for more to say, as it is shipped: what waits must survive the process.</summary>
public sealed class PausedCrashTests
{
    [Theory]
    [InlineData(true, 11)]
    [InlineData(false, 19)]
    public Task Wherever_the_process_dies_what_a_thread_waited_with_is_posted(bool chatRecognisesRepeats, int every) =>
        Crashes.ProveAsync(chatRecognisesRepeats, every, null, "0.4 s");
}

/// <summary>Lives that end at one of their steps.</summary>
internal static class Crashes
{
    static readonly string[] People = ["ann.lee", "marcus.reed", "priya.nair"];

    /// <summary>Dies at every so-many-th step, and proves each time that nothing was lost and nothing done twice.</summary>
    public static async Task ProveAsync(bool chatRecognisesRepeats, int every, string? mirror, string updatePause = "0 s")
    {
        var steps = await LiveAsync(chatRecognisesRepeats, mirror, updatePause, int.MaxValue);
        steps.Count.ShouldBeGreaterThan(updatePause == "0 s" ? 100 : 70);
        steps.Count(step => step.EndsWith("asking for a member", StringComparison.Ordinal)).ShouldBe(mirror is null ? 0 : 2);
        var broken = new ConcurrentBag<(int Step, string What)>();
        var chosen = Enumerable.Range(1, steps.Count).Where(step => step % (Stride ?? every) == 0);
        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (step, _) =>
        {
            try
            {
                await LiveAsync(chatRecognisesRepeats, mirror, updatePause, step);
            }
            catch (Exception exception)
            {
                broken.Add((step, $"dying at step {step}, {steps[step - 1]}: {exception.Message}"));
            }
        });
        string.Join("\n\n", broken.OrderBy(each => each.Step).Select(each => each.What)).ShouldBeEmpty();
    }

    // 1 looks at every step, a larger number at fewer.
    static int? Stride => int.TryParse(Environment.GetEnvironmentVariable("BOTDISPATCH_CRASH_STRIDE"), out var stride) && stride > 0 ? stride : null;

    static async Task<IReadOnlyList<string>> LiveAsync(bool chatRecognisesRepeats, string? mirror, string updatePause, int dyingAt)
    {
        await using var world = await World.BeginAsync(new() { ["Policy:AttemptsPerEmployee"] = "2", ["Chat:MirrorTo"] = mirror is null ? "" : $"{RecordingChat.Platform}:{mirror}", ["Chat:UpdatePause"] = updatePause });
        world.Chat.RecognisesRepeats = chatRecognisesRepeats;
        world.Phone("ann.lee").Script = new PersonScript.Declines();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var life = world.Life;
        if (dyingAt != int.MaxValue)
            life.EndIn(dyingAt);
        var before = life.StepCount;

        var id = await world.DispatchAsync("INC-1042", People);
        var end = await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        end = await world.StateAsync(id);

        // What is committed together differs a little from run to run, and so does the number of steps.
        (life.IsOver || life.StepCount - before < dyingAt).ShouldBeTrue("it must have died");
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(2);
        var unsure = end.Legs.Count(leg => leg.Evidence is Evidence.Unsure);
        unsure.ShouldBeLessThanOrEqualTo(1);
        end.Legs.Length.ShouldBeLessThanOrEqualTo(4 + unsure);
        CallsPerAttempt(world).ShouldAllBe(count => count == 1);
        foreach (var (person, calls) in People.Zip([2, 1, 1]))
            world.CallsTo(person).Count.ShouldBeLessThanOrEqualTo(calls, $"calls to {person}");

        var most = chatRecognisesRepeats ? 1 : 2;
        var due = await LinesAsync(world, end);
        ShouldTell(world.Chat.RepliesIn(id), due, most);
        if (mirror is not null)
            ShouldTellFromSomewhereOn(world.Chat.RepliesIn(id, mirror), due, most);
        foreach (var cards in mirror is null ? [world.Chat.CardsIn(id)] : new[] { world.Chat.CardsIn(id), world.Chat.CardsIn(id, mirror) })
        {
            cards.Count.ShouldBeInRange(1, most);
            cards[^1].Status.ShouldBe(CardStatus.Accepted);
        }
        world.Chat.Surprises.ShouldBeEmpty("what is repeated is announced as a repeat");

        (await CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
        (await CountAsync(world, "SELECT COUNT(*) FROM lines WHERE is_accepted = 0")).ShouldBe(0, "lines left behind");
        (await CountAsync(world, "SELECT COUNT(*) FROM lines")).ShouldBe(1);
        return [.. life.Steps.Skip(before)];
    }

    static void ShouldTell(IReadOnlyList<ThreadUpdate> replies, IReadOnlyList<string> due, int most)
    {
        List<string> shown = [.. replies.SelectMany(reply => reply.Lines).Select(line => line.Text)];
        shown.Distinct().ShouldBe(due, ignoreOrder: false);
        shown.GroupBy(line => line).ShouldAllBe(line => line.Count() <= most);
    }

    // A mirror whose first turn was lost with the process begins late, and then with a summary.
    static void ShouldTellFromSomewhereOn(IReadOnlyList<ThreadUpdate> replies, IReadOnlyList<string> due, int most)
    {
        var summaries = replies.TakeWhile(reply => reply.Key.Contains("-summary-", StringComparison.Ordinal)).ToList();
        summaries.Select(summary => summary.Key).Distinct().Count().ShouldBeLessThanOrEqualTo(1);
        summaries.Count.ShouldBeLessThanOrEqualTo(most);
        List<ThreadUpdate> rest = [.. replies.Skip(summaries.Count)];
        var lines = summaries.Count == 0 ? due.Count : rest.SelectMany(reply => reply.Lines).DistinctBy(line => line.Text).Count();
        ShouldTell(rest, [.. due.TakeLast(lines)], most);
    }

    static IEnumerable<int> CallsPerAttempt(World world) => world.Routee.Requests
        .Where(request => request is { Method: "POST", Path: "/voice/conversation", Answer: 200 or 500 or 0 })
        .GroupBy(request => JsonNode.Parse(request.Body)!["callback"]!["url"]!.ToString())
        .Select(requests => requests.Count());

    // What the events say, in one go: the lines that were posted piece by piece must be the same.
    static async Task<IReadOnlyList<string>> LinesAsync(World world, DispatchState end)
    {
        var events = await world.App.Get<DispatchStore>().EventsAfterAsync(end.Plan.Id, 0, default);
        return [.. UpdateLines.Of(end, 1, [.. events.Select(each => each.Happened)])!.Lines.Select(line => line.Text)];
    }

    static async Task<long> CountAsync(World world, string sql)
    {
        await using var connection = await world.App.Get<Database>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
