using System.Net;
using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

/// <summary>Routee's records fail, hang, lie behind or were not asked because the process was dead: nobody's key is overlooked, and nobody is called before it is said that it may be.</summary>
public sealed class RecordsTests
{
    const string CannotAsk = "We cannot read Routee's records, so we do not know yet whether Ann Lee pressed a key. We call nobody until we can read them. After 5 minutes, the dispatch goes on without knowing.";

    static readonly PersonScript PressesAndHangsUp = new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1, "1"), PersonStep.HangUpDuring(2, 2)]);

    [Theory]
    [InlineData("503")]
    [InlineData("hang")]
    [InlineData("garbage")]
    [InlineData("not found")]
    [InlineData("behind")]
    public async Task A_key_whose_report_was_lost_is_waited_for_while_the_records_cannot_be_read(string trouble)
    {
        await using var world = await World.BeginAsync();
        Trouble(world, trouble);
        var id = await LosingKeysAsync(world);
        await world.PassAsync(120);
        world.Thread(id).ShouldContain(CannotAsk);
        world.Chat.CardsIn(id)[^1].Headline.ShouldBe("We cannot read Routee's records yet, so we do not know whether Ann Lee pressed a key. We call nobody until we can.");
        Trouble(world, "none");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        world.CallsTo("marcus.reed").ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_that_say_that_no_key_was_pressed_settle_it_as_soon_as_they_can_be_read()
    {
        await using var world = await World.BeginAsync(Once());
        world.Routee.RecordsUnavailable = true;
        world.Phone("ann.lee").Script = new PersonScript.HangsUpMidMessage();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassAsync(100);
        world.CallsTo("marcus.reed").ShouldBeEmpty();
        world.Routee.RecordsUnavailable = false;
        await world.PassAsync(15);
        world.Thread(id).ShouldContain("Ann Lee, attempt 1 of 1: No answer (hung up early).");
        world.CallsTo("marcus.reed").Count.ShouldBe(1);
    }

    [Fact]
    public async Task At_the_limit_the_next_one_is_called_after_the_thread_has_said_that_nobody_knows_and_a_key_found_then_still_counts()
    {
        await using var world = await World.BeginAsync(Once());
        world.Routee.RecordsUnavailable = true;
        var id = await LosingKeysAsync(world);
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("marcus.reed").Snapshot.State == PhoneState.Ringing));
        var shown = world.Thread(id).ToList();
        shown.ShouldContain(CannotAsk);
        shown.ShouldContain("Ann Lee, attempt 1 of 1: Failed (unsure: we do not know whether they pressed a key).");
        (world.CallsTo("marcus.reed")[0].PlacedAt - world.CallsTo("ann.lee")[0].EndedAt!.Value).ShouldBeGreaterThan(TimeSpan.FromMinutes(5));

        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        world.Routee.RecordsUnavailable = false;
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_was_pressed_while_the_process_was_dead_is_asked_for_when_it_starts()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        await DieForAsync(world, 60);
        await world.RestartAsync();
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.Thread(id).ShouldContain("BotDispatch restarted and is looking up the call to Ann Lee.");
    }

    [Fact]
    public async Task A_key_that_was_lost_before_the_process_died_over_the_settling_is_asked_for_when_it_starts()
    {
        await using var world = await World.BeginAsync();
        world.Routee.RecordsUnavailable = true;
        var id = await LosingKeysAsync(world);
        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is Phase.Settling);
        await DieForAsync(world, 7);
        world.Routee.RecordsUnavailable = false;
        await world.RestartAsync();
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
    }

    [Fact]
    public async Task A_call_that_still_rings_after_a_restart_goes_on_as_it_was()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        await world.RestartAsync();
        world.Chat.CardsIn(id)[^1].Headline.ShouldBe("Ringing Ann Lee, attempt 1 of 3.");
        (await world.ToTheEndAsync(id)).Legs.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_Routee_knows_nothing_of_after_a_restart_is_looked_up_and_over_within_half_a_minute_and_the_pause_is_as_it_is_announced()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        world.Life.Kill();
        world.Routee.Reset();
        var restarted = world.Clock.GetUtcNow();
        await world.RestartAsync();
        var card = world.Chat.CardsIn(id)[^1];
        (card.Headline, card.Until).ShouldBe(("Looking up the call to Ann Lee after a restart.", null));
        world.Thread(id).ShouldContain("BotDispatch restarted and is looking up the call to Ann Lee.");

        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is Phase.Pausing);
        (world.Clock.GetUtcNow() - restarted).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(31));
        var announced = world.Clock.GetUtcNow();
        world.Thread(id)[^1].ShouldBe("Calling Ann Lee again 20 seconds after their last call ended.");
        await world.PassUntilAsync(() => Task.FromResult(world.CallsTo("ann.lee").Count == 1));
        (world.Clock.GetUtcNow() - announced).ShouldBe(TimeSpan.FromSeconds(20));
        await world.ShouldAllHaveBeenWantedAsync(id);
    }

    [Fact]
    public async Task A_call_whose_records_cannot_be_asked_after_a_restart_is_waited_for_no_longer_than_it_could_have_rung_and_lasted()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        world.Life.Kill();
        world.Routee.Reset();
        Trouble(world, "garbage");
        await world.RestartAsync();
        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is not Phase.Calling);
        var leg = (await world.StateAsync(id)).Legs[0];
        // Lanes wake at whole milliseconds.
        (world.Clock.GetUtcNow() - leg.BegunAt).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(25) + leg.Length.Longest + TimeSpan.FromMilliseconds(1));
    }

    // While the process is dead only Routee and its phones go on.
    static async Task DieForAsync(World world, int seconds)
    {
        world.Life.Kill();
        for (var second = 0; second < seconds; second++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Routee.RunDueAsync();
        }
    }

    static async Task<DispatchId> LosingKeysAsync(World world)
    {
        world.Routee.Disorder.LoseKeyPosts = LostKeyPosts.All;
        world.Phone("ann.lee").Script = PressesAndHangsUp;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        return await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
    }

    static void Trouble(World world, string kind)
    {
        world.Routee.RecordsUnavailable = kind == "503";
        world.Routee.HoldRecords = kind == "hang";
        world.InsteadOfRoutee = kind != "garbage" ? null : request => request.RequestUri!.AbsolutePath.StartsWith("/voice/tracking", StringComparison.Ordinal)
            ? new(HttpStatusCode.OK) { Content = new StringContent("<html>Bad gateway</html>") }
            : null;
        world.Routee.Disorder.TrackingNotFoundFirst = kind == "not found" ? 1000 : 0;
        world.Routee.Disorder.TrackingLag = TimeSpan.FromSeconds(kind == "behind" ? 100_000 : 0);
    }

    static Dictionary<string, string> Once() => new() { ["Policy:AttemptsPerEmployee"] = "1" };
}
