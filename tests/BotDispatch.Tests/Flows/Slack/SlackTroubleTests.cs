using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>The same dispatch while Slack is slow, loses answers, asks to wait, or takes its channel away: the phones ring on, and every line is posted in the end, in order.</summary>
public sealed class SlackTroubleTests
{
    static readonly string[] ExpectedLines =
    [
        "Asked for by Dana Dispatcher. To be called, in this order: Marcus Reed, Ann Lee.",
        "Calling Marcus Reed, attempt 1 of 3.",
        "Marcus Reed answered.",
        "Marcus Reed pressed 2: Rejected.",
        "Calling Ann Lee, attempt 1 of 3.",
        "Ann Lee answered.",
        "Accepted: Ann Lee pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside",
    ];

    [Fact]
    public async Task While_Slack_asks_to_wait_nobody_is_phoned_later_and_what_piled_up_comes_as_one()
    {
        await using var world = await BeginAsync();
        var calm = await BeginAsync();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        world.Slack.Disorder.Always("chat.postMessage", new Spoil.Throttle(30));
        world.Slack.Disorder.Always("chat.update", new Spoil.Throttle(30));
        await world.World.PassAsync(60);
        var calmCard = await calm.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await calm.World.PassAsync(60);

        CallTimes(world).ShouldBe(CallTimes(calm));
        world.Slack.Disorder.Calm();
        await world.ToTheEndAsync(card);
        await calm.ToTheEndAsync(calmCard);
        LinesOf(world, card).ShouldBe(LinesOf(calm, calmCard));
        world.Ops.RepliesTo(card).Count.ShouldBeLessThan(calm.Ops.RepliesTo(calmCard).Count);
        await calm.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_was_lost_leaves_each_line_once_where_history_may_be_read(bool isBroken)
    {
        await using var world = await BeginAsync();
        world.Team.Scopes.UnionWith(["channels:history", "groups:history"]);
        Spoil spoil = isBroken ? new Spoil.BreakAfter() : new Spoil.LoseAnswer();
        world.Slack.Disorder.Next("chat.postMessage", spoil, 2);
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        world.Slack.Disorder.Next("chat.postMessage", spoil, 2);
        await world.ToTheEndAsync(card);

        world.Ops.Roots.ShouldBe([card]);
        LinesOf(world, card).ShouldBe(ExpectedLines);
    }

    [Fact]
    public async Task Without_history_a_lost_answer_costs_a_line_twice_at_most_and_never_a_line()
    {
        await using var world = await BeginAsync();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        world.Slack.Disorder.Next("chat.postMessage", new Spoil.LoseAnswer());
        await world.ToTheEndAsync(card);

        var shown = LinesOf(world, card);
        shown.Distinct().ShouldBe(ExpectedLines);
        shown.GroupBy(line => line).ShouldAllBe(lines => lines.Count() <= 2);
    }

    [Fact]
    public async Task A_card_that_stands_twice_is_deleted_when_somebody_presses_it_and_the_press_counts()
    {
        await using var world = await BeginAsync();
        world.Slack.Disorder.Next("chat.postMessage", new Spoil.LoseAnswer());
        await world.DispatchAsync("/dispatch INC-1042", "Ann Lee", "Marcus Reed");
        await world.World.PassUntilAsync(() => Task.FromResult(world.Ops.Roots is [_, { Words: var words }] && words.Contains("Ringing Ann Lee", StringComparison.Ordinal)));
        var (first, living) = (world.Ops.Roots[0], world.Ops.Roots[1]);
        await world.PressAsync(world.Priya, living, "Skip");
        world.Ops.Roots.ShouldBe([first, living], "the card itself is no second card");

        await world.World.PassUntilAsync(() => Task.FromResult(living.Words.Contains("Ringing Marcus Reed", StringComparison.Ordinal)));
        await world.PressAsync(world.Priya, first, "Cancel");
        await world.World.PassAsync(5);
        world.Ops.Roots.ShouldBe([living]);
        living.Words.ShouldContain("Cancelled by Priya Nair");
    }

    [Fact]
    public async Task A_card_that_was_deleted_is_posted_anew_and_the_thread_goes_on_there()
    {
        await using var world = await BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(10);
        world.Ops.Delete(card);
        await world.World.PassAsync(90);

        var anew = world.Card;
        anew.ShouldNotBe(card);
        anew.Words.ShouldContain("INC-1042");
        await world.ToTheEndAsync(anew);
        LinesOf(world, anew)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
    }

    [Theory]
    [InlineData("not_in_channel")]
    [InlineData("is_archived")]
    [InlineData("read_only")]
    public async Task Where_the_channel_accepts_nothing_the_requester_reads_so_and_follows_it_in_their_messages(string trouble)
    {
        await using var world = await BeginAsync();
        world.Ops.HasBot = trouble != "not_in_channel";
        world.Ops.IsArchived = trouble == "is_archived";
        world.Ops.IsReadOnly = trouble == "read_only";
        var dialog = await world.OpenAsync(world.Dana, "/dispatch INC-1042");
        await world.Dana.PickAsync(dialog, "people", "Marcus Reed", "Ann Lee");
        (await world.Dana.SubmitAsync(world.Dana.Dialog!)).ShouldBeOfType<Submitted.Closed>();
        await world.SettleAsync();

        var direct = world.Team.DirectWith("U0DANA");
        var card = direct.Roots.ShouldHaveSingleItem();
        SlackWorld.Read(card.Words).ShouldContain("<#C0OPS>");
        await world.ToTheEndAsync(card);
        LinesOf(world, card).ShouldBe(ExpectedLines);
        world.Ops.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_that_dies_between_any_posts_tells_everything_after_it_comes_back()
    {
        await using var world = await BeginAsync();
        world.Team.Scopes.UnionWith(["channels:history", "groups:history"]);
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        for (var n = 0; n < 12; n++)
        {
            world.World.Life.EndIn(9 + n);
            await world.World.PassAsync(3);
        }
        world.World.Life.EndIn(int.MaxValue - 1_000_000);
        await world.ToTheEndAsync(card);
        var shown = LinesOf(world, card).ToLookup(line => line.StartsWith("BotDispatch restarted and is looking up the call to ", StringComparison.Ordinal));
        shown[false].ShouldBe(ExpectedLines);
        shown[true].ShouldNotBeEmpty();
        world.Ops.Roots.ShouldBe([card]);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_dialog_opens_in_time_while_the_ticket_system_sleeps_and_fills_when_it_wakes()
    {
        await using var world = await BeginAsync();
        world.Slack.Disorder.Next("views.open", new Spoil.AnswerLate(TimeSpan.FromSeconds(1)));
        await world.Dana.TypeAsync("/dispatch INC-1042", world.Ops);
        await world.World.PassAsync(2);
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("INC-1042");
        world.Slack.Complaints.ShouldBeEmpty();
    }

    static async Task<SlackWorld> BeginAsync()
    {
        var world = await SlackWorld.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        return world;
    }

    static List<string> LinesOf(SlackWorld world, PretendSlack.State.Message card) => [.. SlackWorld.ThreadOf(card).Select(Bare)];

    // Without the sign that says how a line is meant, and without the mention of the person who must see it.
    static string Bare(string line) => line.Replace("<@U0DANA>", "", StringComparison.Ordinal).TrimStart([.. line.TakeWhile(letter => !char.IsAsciiLetter(letter))]).Trim();

    static List<DateTimeOffset> CallTimes(SlackWorld world) => [.. world.World.Routee.Calls.Select(call => call.PlacedAt)];
}
