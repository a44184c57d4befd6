using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows;

/// <summary>Named lists from the command to the phones. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class ListTests
{
    const string Lists = """
        - list: lifts
          members: [ann.lee, jonas.weber]
          order: longest since called
          policy: {attempts: 1}
          then: house
        - list: house
          members: [ann.lee, marcus.reed]

        """;

    [Fact]
    public async Task A_list_is_called_in_its_order_then_the_next_one_and_the_thread_says_why()
    {
        using var file = new TemporaryFile("lists.yaml", Lists);
        await using var world = await World.BeginAsync(With(file));
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        world.Phone("jonas.weber").Script = new PersonScript.AnswersAndRejects();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await SendAsync(world, "INC-1042 to lifts");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(2);
        (world.CallsTo("ann.lee").Count, world.CallsTo("jonas.weber").Count).ShouldBe((1, 1), "the next list calls Marcus first, because Ann was called before");
        var thread = world.Thread(id).Select(Plain).ToList();
        thread[0].ShouldBe("Asked for by Dana. To lifts, in this order: Ann Lee, Jonas Weber. Then, if nobody accepts, house: Marcus Reed, Ann Lee.");
        thread.ShouldContain("Calling Ann Lee, attempt 1 of 1. First: not called before.");
        thread.ShouldContain("Calling Jonas Weber, attempt 1 of 1. Second: not called before.");
        thread.ShouldContain("lifts is exhausted: Everybody had their turns, and nobody accepted. Going on with house: Marcus Reed, Ann Lee.");
        thread.ShouldContain("Calling Marcus Reed, attempt 1 of 3. First: as listed.");
    }

    [Fact]
    public async Task The_person_who_was_called_last_comes_last_the_next_time()
    {
        using var file = new TemporaryFile("lists.yaml", Lists);
        await using var world = await World.BeginAsync(With(file));
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.ToTheEndAsync(await SendAsync(world, "INC-1042 to lifts"));
        var form = await OpenAsync(world, "INC-1051 to lifts");
        form.Picked.Select(each => each.Value).ShouldBe(["jonas.weber", "ann.lee"]);
        form.People.Single(each => each.Id.Value == "ann.lee").Hint.ShouldContain("second: last called 1 minute ago");
    }

    [Fact]
    public async Task Somebody_who_rests_after_a_job_is_passed_over_with_the_end_of_the_rest_and_called_again_then()
    {
        await using var world = await World.BeginAsync(new() { ["Employees:Rest"] = "1 h", ["Policy:AcceptedHold"] = "0 s" });
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.ToTheEndAsync(await world.DispatchAsync("INC-1042", "ann.lee"));
        var id = await world.DispatchAsync("INC-1051", "ann.lee");
        Plain(world.Thread(id)[1]).ShouldMatch("^Ann Lee is passed over: Resting until 10:0[01] \\(UTC\\) after a job\\.$");
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        end.Legs.ShouldHaveSingleItem().BegunAt.ShouldBe(new(2026, 1, 5, 10, 0, 30, TimeSpan.Zero), TimeSpan.FromMinutes(1));
        world.Thread(id).Count(line => line.Contains("passed over")).ShouldBe(1, "nobody is asked again and again meanwhile");
    }

    [Fact]
    public async Task Nobody_is_called_more_often_in_one_night_than_is_allowed()
    {
        await using var world = await World.BeginAsync(new() { ["Employees:MostCallsPerNight"] = "2", ["Employees:Night"] = "08:00-20:00" });
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassAsync(3600);
        world.CallsTo("ann.lee").Count.ShouldBe(2);
        world.Thread(id).Select(Plain).ShouldContain("Ann Lee is passed over: Called twice this night, not called again until 20:00 (UTC).");
    }

    [Fact]
    public async Task The_process_may_die_between_two_lists_and_the_next_one_is_called_once()
    {
        using var file = new TemporaryFile("lists.yaml", Lists);
        await using var world = await World.BeginAsync(With(file));
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        world.Phone("jonas.weber").Script = new PersonScript.AnswersAndRejects();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await SendAsync(world, "INC-1042 to lifts");
        for (var looks = 0; (await world.StateAsync(id)).List == 0; looks++)
        {
            looks.ShouldBeLessThan(600);
            await world.PassAsync(1);
            if (looks % 20 == 19)
                await world.RestartAsync();
        }
        await world.RestartAsync();
        await world.ToTheEndAsync(id);
        world.CallsTo("marcus.reed").Count.ShouldBe(1);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(2);
    }

    static async Task<DispatchForm> OpenAsync(World world, string typed) =>
        (await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, typed, new Delivery(typed), default)).ShouldBeOfType<ChatReply.OpenForm>().Form;

    static async Task<DispatchId> SendAsync(World world, string typed)
    {
        var form = await OpenAsync(world, typed);
        var id = await world.SendAsync(new(form.FormId, World.Dana, World.Channel, form.Ticket.Reference, form.Picked, null, null));
        await world.SettleAsync();
        return id;
    }

    static string Plain(string text) => string.Concat(text.Where(letter => letter is not ('\u2068' or '\u2069')));

    static Dictionary<string, string> With(TemporaryFile lists) => new() { ["Employees:Lists"] = lists.FilePath };
}
