using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Tickets;

/// <summary>What a ticket in its own system gets to read of its dispatch: in order, once, and what really happened.</summary>
public sealed class WriteBackTests
{
    internal static async Task<(World World, PretendRedmine Redmine)> BeginAsync(params (string Name, string Value)[] more)
    {
        var redmine = new PretendRedmine();
        var settings = new Dictionary<string, string>
        {
            ["Tickets:Redmine:BaseAddress"] = PretendRedmine.Address,
            ["Tickets:Redmine:ApiKey"] = "key",
            ["Tickets:Redmine:WriteNotes"] = "true",
            ["Policy:AttemptsPerEmployee"] = "2",
        };
        foreach (var (name, value) in more)
            settings[name] = value;
        var world = await World.BeginAsync(settings);
        world.Elsewhere = address => address.AbsolutePath.StartsWith("/redmine/", StringComparison.Ordinal) ? redmine : null;
        return (world, redmine);
    }

    static readonly (string, string)[] Everything =
    [
        ("Tickets:Redmine:StatusOnAccepted", "In Progress"), ("Tickets:Redmine:AssignOnAccepted", "true"),
        ("Tickets:Redmine:Users:priya.nair@example.com", "12"),
    ];

    static async Task<DispatchId> LiveAsync(World world)
    {
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("#7", "marcus.reed", "priya.nair");
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        return id;
    }

    [Fact]
    public async Task A_ticket_gets_who_was_called_how_it_ended_and_who_accepted_after_its_status_and_assignee()
    {
        var (world, redmine) = await BeginAsync(Everything);
        await using var _ = world;
        await LiveAsync(world);
        (redmine.Status, redmine.Assignee).ShouldBe(("In Progress", 12));
        var text = string.Join("\n", redmine.Notes);
        string[] inOrder = ["Asked for by Dana.", "Calling Marcus Reed, attempt 1 of 2.", "Marcus Reed pressed 2: Rejected.", "Calling Priya Nair", "Accepted: Priya Nair pressed 1",
            "Status: In Progress.", "Assigned to Priya Nair.", "Accepted at 20"];
        var at = inOrder.Select(words => text.IndexOf(words, StringComparison.Ordinal)).ToList();
        at.ShouldAllBe(place => place >= 0, text);
        at.ShouldBeInOrder();
        redmine.Journals.Select(each => each.Field).ToList().ShouldSatisfyAllConditions(
            fields => fields.IndexOf("status_id").ShouldBeLessThan(fields.LastIndexOf("notes")), fields => fields.Count(field => field == "status_id").ShouldBe(1));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_written()
    {
        var (world, redmine) = await BeginAsync(("Tickets:Redmine:WriteNotes", "false"));
        await using var _ = world;
        await LiveAsync(world);
        redmine.Journals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_status_that_the_system_kept_is_said_in_the_note_and_once_in_the_thread_with_what_to_set()
    {
        var (world, redmine) = await BeginAsync(Everything);
        await using var _ = world;
        redmine.KeepsStatus = true;
        var id = await LiveAsync(world);
        redmine.Notes[^1].ShouldContain("Redmine kept the status New and did not set In Progress.");
        redmine.Notes[^1].ShouldNotContain("Status: In Progress.");
        world.Thread(id).Where(line => line.Contains("Redmine kept the status", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("Administration, Workflow");
    }

    [Fact]
    public async Task Notes_that_the_system_does_not_keep_are_given_up_with_one_line_in_the_thread()
    {
        var (world, redmine) = await BeginAsync();
        await using var _ = world;
        redmine.DropsNotes = true;
        var id = await LiveAsync(world);
        redmine.Notes.ShouldBeEmpty();
        world.Thread(id).Count(line => line.Contains("Redmine did not keep the note, or does not show it to BotDispatch.", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5)]
    public async Task A_note_whose_answer_was_lost_is_looked_for_and_not_written_again(int lost)
    {
        var (world, redmine) = await BeginAsync(Everything);
        await using var _ = world;
        redmine.AnswersToLose = lost;
        await LiveAsync(world);
        redmine.Notes.ShouldBeUnique();
        string.Join("\n", redmine.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
        redmine.Journals.Count(each => each.Field == "status_id").ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_acceptance_has_its_own_tries_however_often_the_notes_before_it_were_tried(bool losesAnAnswer)
    {
        var (world, redmine) = await BeginAsync([("Policy:RoundPause", "40 min"), .. Everything]);
        await using var _ = world;
        world.Phone("priya.nair").Script = new PersonScript.NeverAnswers();
        redmine.AnswersToLose = losesAnAnswer ? 1 : 0;
        var id = await world.DispatchAsync("#7", "priya.nair");
        await world.PassUntilAsync(() => Task.FromResult(redmine.Notes.Count == 1));
        redmine.Refusals = int.MaxValue;
        // Notes that cannot be written are given up after more than half an hour.
        await world.PassAsync(TimeSpan.FromMinutes(30));
        await world.App.Engine.ApplyAsync(id, new DispatchInput.Take(World.Dana, new("priya.nair")), default);
        await world.PassAsync(TimeSpan.FromMinutes(25));
        redmine.Assignee.ShouldBe(0);
        redmine.Refusals = 0;
        await world.PassAsync(TimeSpan.FromMinutes(5));
        (redmine.Status, redmine.Assignee).ShouldBe(("In Progress", 12));
        redmine.Notes[^1].ShouldContain("Assigned to Priya Nair.");
    }

    [Fact]
    public async Task While_the_system_is_down_what_happens_becomes_one_note_later()
    {
        var (world, redmine) = await BeginAsync();
        await using var _ = world;
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.BeginAsync("#7", ["priya.nair"]);
        redmine.Refusals = 6;
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(20));
        var text = string.Join("\n", redmine.Notes);
        text.ShouldContain("Asked for by Dana.");
        text.ShouldContain("Accepted: Priya Nair pressed 1");
        redmine.Notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wherever_the_process_dies_each_line_stands_in_the_ticket_once_and_in_order()
    {
        var steps = await LiveOnceAsync(int.MaxValue);
        var broken = new ConcurrentBag<string>();
        var chosen = Enumerable.Range(1, steps.Count).Where(step => step % 5 == 0 || steps[step - 1].Contains("redmine", StringComparison.Ordinal) || steps[step - 1].Contains("ticket", StringComparison.Ordinal));
        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (step, _) =>
        {
            try
            {
                await LiveOnceAsync(step);
            }
            catch (Exception exception)
            {
                broken.Add($"dying at step {step}, {steps[step - 1]}: {exception.Message}");
            }
        });
        string.Join("\n\n", broken).ShouldBeEmpty();
    }

    static async Task<IReadOnlyList<string>> LiveOnceAsync(int dyingAt)
    {
        var (world, redmine) = await BeginAsync(Everything);
        await using var _ = world;
        var life = world.Life;
        world.Chat.RecognisesRepeats = true;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.BeginAsync("#7", ["marcus.reed", "priya.nair"]);
        if (dyingAt != int.MaxValue)
            life.EndIn(dyingAt);
        var before = life.StepCount;
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        var written = redmine.Notes.SelectMany(note => note.Split('\n')).ToList();
        written.Where(IsOfThread).ShouldBe(world.Thread(id).Where(IsOfThread), string.Join("\n--\n", redmine.Notes));
        written.Count(line => line.StartsWith("Accepted: Priya Nair", StringComparison.Ordinal)).ShouldBe(1);
        redmine.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
        (redmine.Status, redmine.Assignee).ShouldBe(("In Progress", 12));
        return [.. life.Steps.Skip(before)];
    }

    // Only the note has lines about the ticket itself, and only the thread says that a call is looked up after a restart.
    static bool IsOfThread(string line) => !line.StartsWith('[') && !line.StartsWith("Status: ", StringComparison.Ordinal) && !line.StartsWith("Assigned to ", StringComparison.Ordinal)
        && !line.StartsWith("Accepted at ", StringComparison.Ordinal) && !line.StartsWith("BotDispatch restarted", StringComparison.Ordinal);
}
