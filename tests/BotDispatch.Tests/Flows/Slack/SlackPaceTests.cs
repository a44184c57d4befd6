using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>Slack takes only so much at once. Nothing is posted faster, and what waits keeps nothing else waiting.</summary>
public sealed class SlackPaceTests
{
    [Fact]
    public async Task Asked_to_wait_without_a_word_of_how_long_nobody_hurries_and_nothing_is_lost()
    {
        await using var world = await SlackTelling.BeginAsync();
        world.Slack.Disorder.Next("chat.postMessage", new Spoil.Throttle(null), 3);
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        world.Slack.Disorder.Next("chat.postMessage", new Spoil.Throttle(null), 3);
        await world.ToTheEndAsync(card);

        SlackTelling.LinesOf(card).ShouldBe(SlackTelling.ExpectedLines);
        var refused = world.Slack.Log.Of("chat.postMessage").Where(call => call.Status == 429).Select(call => call.At).ToList();
        refused.Count.ShouldBe(6);
        refused.Zip(refused.Skip(1), (one, next) => next - one).ShouldAllBe(pause => pause >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task While_only_the_card_must_wait_every_line_is_posted_at_its_time()
    {
        await using var world = await SlackTelling.BeginAsync();
        await using var calm = await SlackTelling.BeginAsync();
        world.Slack.Disorder.Always("chat.update", new Spoil.Throttle(30));
        foreach (var each in (SlackWorld[])[world, calm])
        {
            await each.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
            await each.World.PassAsync(120);
        }
        SlackTelling.LinesOf(world.Card).ShouldBe(SlackTelling.ExpectedLines);
        PostTimes(world).ShouldBe(PostTimes(calm));
        SlackTelling.CallTimes(world).ShouldBe(SlackTelling.CallTimes(calm));
        world.Card.Words.ShouldNotContain("Accepted");

        world.Slack.Disorder.Calm();
        await world.World.PassAsync(60);
        world.Card.Words.ShouldContain("Accepted");
    }

    [Fact]
    public async Task Many_dispatches_in_one_channel_never_post_faster_than_it_takes_and_keep_another_channel_free()
    {
        await using var world = await SlackTelling.BeginAsync();
        world.Slack.Disorder.PostBurst = 1;
        var quiet = world.Team.AddChannel("C0QUIET", "quiet").With("U0PRIYA");
        string[] people = ["Marcus Reed", "Jonas Weber", "Camille Durand"];
        foreach (var phone in (string[])["marcus.reed", "jonas.weber", "camille.durand"])
            world.World.Phone(phone).Script = new PersonScript.Declines();
        // One call a second is what the telephone company takes.
        foreach (var (person, n) in people.Select((person, n) => (person, n)))
        {
            await BeginAsync(world, world.Dana, world.Ops, $"Pump {n + 1} leaks", person);
            await world.World.PassAsync(2);
        }
        await BeginAsync(world, world.Priya, quiet, "INC-1042", "Ann Lee");
        var begun = world.World.Clock.GetUtcNow();
        await world.World.PassAsync(60);

        world.Slack.Log.Calls.Where(call => call.Status == 429).ShouldBeEmpty();
        PostTimes(world, world.Ops.Id).Count.ShouldBeGreaterThan(people.Length * 2);
        world.Ops.Roots.Count.ShouldBe(people.Length);
        var call = world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        SlackTelling.LinesOf(quiet.Roots[0])[^1].ShouldStartWith("Accepted: Ann Lee");
        // The lines there are posted within two seconds of the event.
        var posts = PostTimes(world, quiet.Id);
        (posts[0] - call.PlacedAt).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        posts.Count.ShouldBeGreaterThanOrEqualTo(4);
        (call.PlacedAt - begun).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_look_up_that_must_wait_holds_up_no_other_thread_and_no_call()
    {
        await using var world = await SlackTelling.BeginAsync();
        SlackTelling.MayReadHistory(world);
        world.World.Phone("jonas.weber").Script = new PersonScript.AnswersAndAccepts();
        world.Slack.Disorder.Always("conversations.replies", new Spoil.Throttle(300));
        var first = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        world.Slack.Disorder.Next("chat.postMessage", new Spoil.LoseAnswer());
        await world.World.PassAsync(3);
        await BeginAsync(world, world.Priya, world.Ops, "Pump 3 leaks", "Jonas Weber");
        await world.World.PassAsync(60);

        SlackTelling.LinesOf(first).Count.ShouldBeLessThan(SlackTelling.ExpectedLines.Length);
        SlackTelling.LinesOf(world.Ops.Roots.Single(root => root != first))[^1].ShouldStartWith("Accepted: Jonas Weber");
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        world.Slack.Disorder.Calm();
        await world.World.PassAsync(400);
        SlackTelling.LinesOf(first).ShouldBe(SlackTelling.ExpectedLines);
        first.Words.ShouldContain("Accepted");
    }

    [Fact]
    public async Task While_Slack_is_away_altogether_the_phones_ring_as_ever_and_then_every_line_is_posted()
    {
        await using var world = await SlackTelling.BeginAsync();
        await using var calm = await SlackTelling.BeginAsync();
        SlackTelling.MayReadHistory(world);
        foreach (var each in (SlackWorld[])[world, calm])
        {
            await each.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
            if (each == world)
                each.Slack.Disorder.Always("*", new Spoil.LoseRequest());
            await each.World.PassAsync(120);
        }
        SlackTelling.CallTimes(world).ShouldBe(SlackTelling.CallTimes(calm));
        world.Slack.Log.Calls.Count.ShouldBeLessThan(200, "nobody hammers at a Slack that is away");
        world.Slack.Disorder.Calm();
        await world.World.PassAsync(400);
        SlackTelling.LinesOf(world.Card).ShouldBe(SlackTelling.ExpectedLines);
        world.Card.Words.ShouldContain("Accepted");
    }

    static async Task BeginAsync(SlackWorld world, SlackUser user, Channel channel, string ticket, string person)
    {
        await user.TypeAsync("/dispatch " + ticket, channel);
        await world.SettleAsync();
        await user.PickAsync(user.Dialog.ShouldNotBeNull(), "people", person);
        (await user.SubmitAsync(user.Dialog!)).ShouldBeOfType<Submitted.Closed>();
    }

    static List<DateTimeOffset> PostTimes(SlackWorld world, string channel = "C0OPS") =>
        [.. world.Slack.Log.Of("chat.postMessage").Where(call => call["channel"] == channel && call.WasDone).Select(call => call.At)];
}
