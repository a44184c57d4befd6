using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Storage;

/// <summary>A dispatch that is shown in two places: each has a thread of its own, and neither waits for the other.</summary>
public class MirrorLaneTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly Mirror Yard = Some.Mirror("yard");

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Both_places_have_a_card_and_every_line(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"), Yard);
        await CancelAsync(ground, id);

        ground.Chat.Places.ShouldBe(["operations", "yard"], ignoreOrder: true);
        foreach (var root in await RootsAsync(ground))
        {
            ground.Chat.Replies.Where(reply => reply.Root == root).ShouldNotBeEmpty();
            ground.Chat.Drawings.ShouldContain((root, id));
        }
        (await ground.ReadAsync<string>("SELECT asker FROM threads WHERE n = 1")).ShouldBe([Some.Dana.UserId]);
        (await ground.CountAsync("lanes WHERE lane LIKE 'thread%'")).ShouldBe(0);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Where_the_requester_is_no_member_nothing_is_shown_and_the_thread_says_so(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.MemberOf = (_, _) => new Membership.IsNot();
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"), Yard);

        ground.Chat.Places.ShouldBe(["operations"]);
        (await ground.Node.StateAsync(id)).GivenUpThreads.ShouldBe([1]);
        (await ground.ReadAsync<string>("SELECT event FROM dispatch_events WHERE event LIKE '%thread-given-up%'")).ShouldHaveSingleItem().ShouldContain("NotAMember");
        await CancelAsync(ground, id);
        ground.Chat.Asked.ShouldBe(1);
        (await ground.CountAsync("lanes WHERE lane LIKE 'thread%'")).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_chat_that_cannot_be_asked_is_asked_again_and_holds_nobody_up(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.MemberOf = (_, _) => new Membership.Unknown("unreachable", 5 * Second);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"), Yard);
        ground.Chat.Places.ShouldBe(["operations"]);
        var lines = ground.Chat.Replies.Count;
        lines.ShouldBeGreaterThan(0);

        ground.Chat.MemberOf = (_, person) => new Membership.Is(person with { UserId = "dana-there" });
        ground.Clock.Advance(6 * Second);
        await ground.Node.SettleAsync();
        ground.Chat.Places.ShouldBe(["operations", "yard"]);
        (await ground.ReadAsync<string>("SELECT asker FROM threads WHERE n = 1")).ShouldBe(["dana-there"]);
        await CancelAsync(ground, id);
        ground.Chat.Asked.ShouldBe(2, "once it is known it is not asked again");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_place_that_hangs_delays_no_other(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var hanging = new CancellationTokenSource();
        ground.Chat.HangsIn = place => place == Yard.Channel ? hanging.Token : default;
        await ground.Node.StartAsync(Some.Plan("INC-1"), Yard);
        var settling = ground.Node.SettleAsync();
        await ground.Chat.Hanging;
        await ground.Chat.RepliesPostedAsync(1);
        ground.Chat.Places.ShouldBe(["operations"]);
        await hanging.CancelAsync();
        await settling;
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_place_that_never_takes_it_is_given_up_and_every_other_goes_on(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadIn = place => place == Yard.Channel ? new Posted.Refused("BotNotInConversationRoster") : null;
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"), Yard, Some.Mirror("gate"));
        (await ground.Node.StateAsync(id)).GivenUpThreads.ShouldBe([1]);
        (await ground.ReadAsync<string>("SELECT given_up FROM threads WHERE n = 1")).ShouldBe(["BotNotInConversationRoster"]);
        foreach (var root in await RootsAsync(ground))
            ground.Chat.Replies.ShouldContain(reply => reply.Root == root);
        ground.Chat.Places.ShouldBe(["operations", "gate"], ignoreOrder: true);
        var before = ground.Chat.CardTries.Count;
        await CancelAsync(ground, id);
        ground.Chat.CardTries.Count.ShouldBe(before, "it is not tried again");
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Where_it_was_begun_can_be_given_up_too_and_its_mirror_says_so(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadIn = place => place == Yard.Channel ? null : new Posted.Refused("channel_not_found");
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"), Yard);
        (await ground.Node.StateAsync(id)).GivenUpThreads.ShouldBe([0]);
        ground.Chat.Places.ShouldBe(["yard"]);
        ground.Chat.Lines.Count(line => line.Contains(nameof(DispatchEvent.ThreadGivenUp), StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task One_that_is_added_late_gets_one_summary_and_then_what_happens(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob"));
        await RejectAsync(ground, id);
        await ground.Node.ApplyAsync(id, new DispatchInput.AddMirror(Yard));
        await ground.Node.SettleAsync();
        var root = (await ground.ReadAsync<string>("SELECT root_message FROM threads WHERE n = 1")).Single();
        ground.Chat.Replies.Where(reply => reply.Root == root).ShouldHaveSingleItem().Key.ShouldStartWith($"{id}:summary-");
        await CancelAsync(ground, id);
        ground.Chat.Replies.Count(reply => reply.Root == root).ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_summary_that_may_stand_there_is_repeated_as_it_was(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob"));
        await RejectAsync(ground, id);
        await ground.Node.ApplyAsync(id, new DispatchInput.AddMirror(Yard));
        ground.Chat.InsteadOfReplies.Enqueue(new Posted.Unsure("lost", Second));
        ground.Chat.InsteadOfReplies.Enqueue(new Posted.Unsure("lost", Second));
        await ground.Node.SettleAsync();
        await CancelAsync(ground, id);
        ground.Clock.Advance(10 * Second);
        await ground.Node.SettleAsync();
        var tries = ground.Chat.ReplyTries.Where(each => each.Key.Contains("summary", StringComparison.Ordinal)).ToList();
        tries.Select(each => each.Key).Distinct().ShouldHaveSingleItem();
        tries.Select(each => each.Earlier).ShouldBe([0, 1]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_was_given_up_can_be_added_again_by_somebody_else(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.MemberOf = (_, person) => person == Some.Dana ? new Membership.IsNot() : new Membership.Is(person);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"), Yard);
        var eve = Some.Dana with { UserId = "eve", Name = "Eve" };
        await ground.Node.ApplyAsync(id, new DispatchInput.AddMirror(Yard with { By = eve }));
        await ground.Node.SettleAsync();
        ground.Chat.Places.ShouldBe(["operations", "yard"]);
        (await ground.ReadAsync<string>("SELECT asker FROM threads WHERE n = 1")).ShouldBe(["eve"]);
        (await ground.Node.StateAsync(id)).GivenUpThreads.ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_successor_goes_on_in_every_place_and_asks_nobody_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var first = Some.Plan("INC-1");
        await CancelAsync(ground, await ground.Node.BeginAsync(first, Yard));
        var second = Some.Again(first, "second");
        await ground.Node.BeginAsync(second, Yard, Some.Mirror("gate"));
        ground.Chat.Places.ShouldBe(["operations", "yard", "gate"], ignoreOrder: true);
        ground.Chat.Asked.ShouldBe(2, "once for the yard, once for the gate");
        (await ground.ReadAsync<long>("SELECT n FROM threads WHERE dispatch = @id AND owns_card = 1 ORDER BY n", new { id = second.Id.Value })).ShouldBe([0, 1, 2]);
        foreach (var root in await RootsAsync(ground))
            ground.Chat.Replies.ShouldContain(reply => reply.Root == root && reply.Key.StartsWith(second.Id.Value));
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_an_administrator_does_not_allow_any_more_is_given_up_also_for_a_successor(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var first = Some.Plan("INC-1");
        await CancelAsync(ground, await ground.Node.BeginAsync(first, Yard));
        var lines = ground.Chat.Replies.Count;
        ground.Chat.IsAllowed = place => place != Yard.Channel;
        var second = Some.Again(first, "second");
        await ground.Node.BeginAsync(second, Yard);
        (await ground.Node.StateAsync(second.Id)).GivenUpThreads.ShouldBe([1]);
        var home = (await ground.ReadAsync<string>("SELECT root_message FROM threads WHERE n = 0 AND dispatch = @id", new { id = second.Id.Value })).Single();
        ground.Chat.Replies.Skip(lines).ShouldAllBe(reply => reply.Root == home);
        (await ground.ReadAsync<string>("SELECT given_up FROM threads WHERE n = 1 AND dispatch = @id", new { id = second.Id.Value })).ShouldBe(["NotAllowed"]);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Nobody_waits_for_a_card_that_a_successor_never_could_post(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadIn = place => place == Yard.Channel ? new Posted.TryLater("unreachable", Second) : null;
        var first = Some.Plan("INC-1");
        await CancelAsync(ground, await ground.Node.BeginAsync(first, Yard));
        await ground.Node.BeginAsync(Some.Again(first, "second"), Yard);
        ground.Chat.InsteadIn = place => place == Yard.Channel ? new Posted.Refused("gone") : null;
        for (var i = 0; i < 10; i++)
        {
            ground.Clock.Advance(60 * Second);
            await ground.Node.SettleAsync();
        }
        // The only process of a database keeps the row until the dispatch is closed, but wants nothing of it.
        (on is On.PostgreSql ? await ground.CountAsync("lanes WHERE lane = 'thread:1'")
            : ground.Node.Get<CommittedStates>().Lanes.Wanted().Count(wanted => wanted.Lane.Lane == "thread:1")).ShouldBe(0);
    }

    [Theory, OnSqlite]
    public async Task One_that_ran_before_there_were_mirrors_can_be_shown_elsewhere_too(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob"));
        await ground.WriteAsync("UPDATE dispatches SET state = json_remove(state, '$.mirrors', '$.givenUpThreads')");
        (await ground.ReadAsync<string>("SELECT state FROM dispatches")).ShouldHaveSingleItem().ShouldNotContain("irrors");
        var later = ground.NewNode();
        await later.ApplyAsync(id, new DispatchInput.AddMirror(Yard));
        await later.SettleAsync();
        ground.Chat.Places.ShouldBe(["operations", "yard"]);
        await later.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
        await later.SettleAsync();
        foreach (var root in await RootsAsync(ground))
            ground.Chat.Drawings.ShouldContain((root, id));
        (await ground.CountAsync("lanes WHERE lane LIKE 'thread%'")).ShouldBe(0);
    }

    static async Task CancelAsync(Ground ground, DispatchId id)
    {
        await ground.Node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
        await ground.Node.SettleAsync();
    }

    static async Task RejectAsync(Ground ground, DispatchId id)
    {
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "2"));
        await ground.Node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Completed));
        await ground.Node.SettleAsync();
    }

    static Task<IReadOnlyList<string>> RootsAsync(Ground ground) => ground.ReadAsync<string>("SELECT DISTINCT root_message FROM threads WHERE root_message IS NOT NULL");
}
