using BotDispatch.PretendTeams;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>The same dispatch while Teams is busy, loses answers, asks to wait, or takes its card away: the phones ring on, and every line is posted in the end, in order.</summary>
public sealed class TeamsTroubleTests
{
    public static TheoryData<string> NothingDone => ["412", "429", "429 without a word", "502", "503", "504", "lost request"];

    [Theory]
    [MemberData(nameof(NothingDone))]
    public async Task What_was_not_done_is_done_later_and_no_line_is_lost(string trouble)
    {
        await using var world = await TeamsTelling.BeginAsync();
        await using var calm = await TeamsTelling.BeginAsync();
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        foreach (var call in (string[])["thread", "send", "update"])
            world.Teams.Disorder.Next(call, SpoilOf(trouble), 2);
        await world.OpenAsync(world.Dana, asked);
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Ops).Count > 0));
        await world.ToTheEndAsync(world.Card);
        await calm.ToTheEndAsync(await calm.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee"));

        world.Teams.Log.Calls.Count(call => call.Sends && !call.WasDone).ShouldBe(6);
        TeamsTelling.CallTimes(world).ShouldBe(TeamsTelling.CallTimes(calm));
        TeamsTelling.LinesOf(world.Card).ShouldBe(TeamsTelling.ExpectedLines);
        TeamsWorld.CardsIn(world.Ops).Count.ShouldBe(1);
        world.Card.Words.ShouldContain("Accepted");
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lost answer")]
    [InlineData("500 after")]
    [InlineData("504 after")]
    public async Task An_answer_that_was_lost_costs_a_line_or_a_card_twice_at_most_and_never_a_line(string trouble)
    {
        await using var world = await TeamsTelling.BeginAsync();
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        foreach (var call in (string[])["thread", "send", "update"])
            world.Teams.Disorder.Next(call, SpoilOf(trouble));
        await world.OpenAsync(world.Dana, asked);
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Ops).Any(each => each.Buttons.Contains("Re-dispatch"))));
        await world.World.PassAsync(60);

        var card = TeamsWorld.CardsIn(world.Ops).Single(each => each.Buttons.Contains("Re-dispatch"));
        var shown = TeamsTelling.LinesOf(card);
        shown.Distinct().ShouldBe(TeamsTelling.ExpectedLines);
        shown.GroupBy(line => line).ShouldAllBe(lines => lines.Count() <= 2);
        TeamsWorld.CardsIn(world.Ops).Count.ShouldBe(2);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_card_that_stands_twice_is_deleted_when_somebody_presses_it_and_the_press_counts(bool isOldClient)
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.Priya.HasOldClient = isOldClient;
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        world.Teams.Disorder.Next("thread", SpoilOf("lost answer"));
        await world.OpenAsync(world.Dana, asked);
        await world.SendAsync(world.Dana, "Ann Lee");
        await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Ops) is [_, { Words: var words }] && words.Contains("Ringing Ann Lee", StringComparison.Ordinal)));
        var (first, living) = (TeamsWorld.CardsIn(world.Ops)[0], TeamsWorld.CardsIn(world.Ops)[1]);
        await world.PressAsync(world.Priya, living, "Cancel");
        TeamsWorld.CardsIn(world.Ops).ShouldBe([first, living], "the card itself is no second card");

        await world.PressAsync(world.Priya, first, "Skip");
        await world.World.PassAsync(10);
        TeamsWorld.CardsIn(world.Ops).ShouldBe([living]);
        TeamsTelling.LinesOf(living).ShouldContain("Priya Nair skipped Ann Lee for this round.");
    }

    [Fact]
    public async Task Of_lines_whose_ids_nobody_learns_none_is_lost()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        world.Teams.Disorder.Always("send", new Spoil.WithoutId());
        world.Teams.Disorder.Always("update", new Spoil.WithoutId());
        await world.ToTheEndAsync(card);
        TeamsTelling.LinesOf(card).ShouldBe(TeamsTelling.ExpectedLines);
        card.Words.ShouldContain("Accepted");
    }

    [Fact]
    public async Task A_card_whose_id_nobody_learns_is_followed_by_one_that_shows_its_end()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        world.Teams.Disorder.Always("thread", new Spoil.WithoutId());
        await world.OpenAsync(world.Dana, asked);
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(200);

        TeamsWorld.CardsIn(world.Ops).Count.ShouldBe(2);
        world.Card.Words.ShouldContain("Accepted");
        var lines = world.Ops.Posts.Where(each => each.IsFromBot && each.Card is null).SelectMany(TeamsTelling.Lines);
        lines.ShouldBe(TeamsTelling.ExpectedLines);
        await world.PressAsync(world.Priya, world.Card, "Done");
        world.Card.SeenBy(world.Priya.Person).Words.ShouldContain("done");
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
    }

    [Fact]
    public async Task A_card_that_was_deleted_is_posted_anew_and_the_thread_goes_on_there()
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(10);
        world.Ops.Delete(card);
        await world.World.PassAsync(120);

        var anew = world.Card;
        anew.ShouldNotBe(card);
        anew.Words.ShouldContain("INC-1042");
        await world.ToTheEndAsync(anew);
        TeamsTelling.LinesOf(anew)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        TeamsWorld.CardsIn(world.Ops).ShouldBe([anew]);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_that_is_deleted_while_it_is_dispatched_again_is_drawn_anew()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await world.PressAsync(world.Dana, card, "Re-dispatch");
        var before = world.Teams.Courier.Deliveries.Count;
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        world.Teams.Disorder.Next("update", new Spoil.Throttle(5));
        await world.PressAsync(world.Dana, card, "Dispatch");
        world.Ops.Delete(card);
        await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Ops).Count > 0));
        await world.ToTheEndAsync(world.Card);
        world.Card.Words.ShouldContain("Accepted");
        TeamsTelling.LinesOf(world.Card)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        world.World.CallsTo("ann.lee").Count.ShouldBe(2);
        world.Teams.Courier.Deliveries.Count.ShouldBe(before + 1);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
    }

    [Theory]
    [InlineData("not installed")]
    [InlineData("MessageWritesBlocked")]
    [InlineData("ConversationBlockedByUser")]
    public async Task Where_the_channel_accepts_nothing_the_requester_reads_so_and_follows_it_in_their_own_chat(string trouble)
    {
        await using var world = await TeamsTelling.BeginAsync();
        // Something must have come from the tenant, or nobody knows where it is reached.
        await world.Dana.SayAsync("help", world.Dana.Chat);
        var message = await world.Gus.SayAsync("Lift 2 is stuck", world.Ops);
        world.Ops.HasBot = trouble != "not installed";
        world.Ops.Refuses = world.Ops.HasBot ? trouble : null;
        await world.Dana.CommandOnAsync(message, "dispatchMessage");
        await world.SettleAsync();
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Dana.Chat).Count > 0));

        var card = TeamsWorld.CardIn(world.Dana.Chat);
        card.Words.ShouldStartWith("This app cannot post where the dispatch was asked for");
        await world.PressAsync(world.Dana, card, "Skip");
        await world.ToTheEndAsync(card);
        card.Words.ShouldContain("Ann Lee accepted by phone.");
        TeamsTelling.LinesOf(card)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        world.Ops.Posts.ShouldBe([message]);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_channel_that_closes_in_the_middle_leaves_the_rest_to_the_requester(bool isRemoved)
    {
        await using var world = await TeamsTelling.BeginAsync();
        await using var calm = await TeamsTelling.BeginAsync();
        foreach (var each in (TeamsWorld[])[calm, world])
        {
            // Something must have come from the tenant elsewhere, or nobody knows where it is reached.
            await each.Dana.SayAsync("help", each.Dana.Chat);
            await each.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
            await each.World.PassAsync(6);
            if (each == world && isRemoved)
                await each.Teams.Installs.RemoveAsync(each.Ops, each.Gus.Person);
            else if (each == world)
                each.Ops.Refuses = "MessageWritesBlocked";
            await each.World.PassAsync(120);
        }
        TeamsTelling.CallTimes(world).ShouldBe(TeamsTelling.CallTimes(calm));
        var own = TeamsWorld.CardIn(world.Dana.Chat);
        own.Words.ShouldContain("Accepted");
        TeamsTelling.LinesOf(world.Card).Concat(TeamsTelling.LinesOf(own)).ShouldBe(TeamsTelling.ExpectedLines);
    }

    [Fact]
    public async Task While_Teams_is_away_altogether_the_phones_ring_as_ever_and_then_every_line_is_posted()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await using var calm = await TeamsTelling.BeginAsync();
        foreach (var each in (TeamsWorld[])[world, calm])
        {
            await each.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
            if (each == world)
                each.Teams.Disorder.Always("*", new Spoil.LoseRequest());
            await each.World.PassAsync(120);
        }
        TeamsTelling.CallTimes(world).ShouldBe(TeamsTelling.CallTimes(calm));
        world.Teams.Log.Calls.Count.ShouldBeLessThan(200, "nobody hammers at a Teams that is away");
        world.Teams.Disorder.Calm();
        await world.World.PassAsync(400);
        TeamsTelling.LinesOf(world.Card).ShouldBe(TeamsTelling.ExpectedLines);
        world.Card.Words.ShouldContain("Accepted");
    }

    static Spoil SpoilOf(string trouble) => trouble switch
    {
        "412" => new Spoil.Busy(),
        "429" => new Spoil.Throttle(7),
        "429 without a word" => new Spoil.Throttle(null),
        "lost request" => new Spoil.LoseRequest(),
        "lost answer" => new Spoil.LoseAnswer(),
        "500 after" => new Spoil.BreakAfter(500),
        "504 after" => new Spoil.BreakAfter(504),
        var status => new Spoil.Break(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
