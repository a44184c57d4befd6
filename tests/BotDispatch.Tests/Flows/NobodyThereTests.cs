using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

public sealed class NobodyThereTests
{
    [Fact]
    public async Task Voicemail_hears_everything_and_counts_as_no_answer()
    {
        await using var world = await World.BeginAsync(Once());
        var end = await AfterAnnAsync(world, new PersonScript.Voicemail());
        end.Legs[0].Evidence.ShouldBe(Evidence.Voicemail);
        world.Thread(end.Plan.Id).ShouldContain("Ann Lee, attempt 1 of 1: No answer (voicemail).");
    }

    [Fact]
    public async Task A_machine_is_hung_up_on_where_that_is_set()
    {
        var settings = Once();
        settings["Routee:MachineDetection"] = "Hangup";
        await using var world = await World.BeginAsync(settings);
        var end = await AfterAnnAsync(world, new PersonScript.Voicemail());
        end.Legs[0].Evidence.ShouldBe(Evidence.Voicemail);
        var call = world.CallsTo("ann.lee").ShouldHaveSingleItem();
        (call.EndedAt - call.AnsweredAt).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_busy_line_and_a_declined_call_are_named_as_what_they_are()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:AttemptsPerEmployee"] = "2" });
        world.Phone("ann.lee").Script = new PersonScript.Busy();
        world.Phone("marcus.reed").Script = new PersonScript.Declines();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed", "priya.nair");
        await world.ToTheEndAsync(id);
        world.Thread(id).Where(line => line.Contains(" of 2: ")).ShouldBe(
        [
            "Ann Lee, attempt 1 of 2: Busy.", "Ann Lee, attempt 2 of 2: Busy.",
            "Marcus Reed, attempt 1 of 2: No answer (declined).", "Marcus Reed, attempt 2 of 2: No answer (declined).",
        ]);
    }

    [Fact]
    public async Task Hanging_up_early_is_no_answer_and_says_so()
    {
        await using var world = await World.BeginAsync(Once());
        var end = await AfterAnnAsync(world, new PersonScript.HangsUpMidMessage());
        world.Thread(end.Plan.Id).ShouldContain("Ann Lee, attempt 1 of 1: No answer (hung up early).");
        (end.Legs[1].BegunAt - end.Legs[0].EndedAt).ShouldBe(TimeSpan.FromSeconds(15), "a key that was lost on its way is awaited");
    }

    [Fact]
    public async Task A_key_whose_report_was_lost_is_found_in_the_records_and_named_so()
    {
        await using var world = await World.BeginAsync();
        world.Routee.Disorder.LoseKeyPosts = LostKeyPosts.All;
        world.Phone("ann.lee").Script = new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1, "1"), PersonStep.HangUpDuring(2, 2)]);
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.Thread(id)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1; reported after the call (attempt 1 of 3).");
        world.CallsTo("marcus.reed").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_comes_to_light_when_the_next_phone_rings_takes_that_call_back()
    {
        await using var world = await World.BeginAsync(Once());
        world.Routee.Disorder.LoseKeyPosts = LostKeyPosts.All;
        world.Routee.Disorder.TrackingNotFoundFirst = 1000;
        world.Phone("ann.lee").Script = new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1, "1"), PersonStep.HangUpDuring(2, 2)]);
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("marcus.reed").Snapshot.State == PhoneState.Ringing));

        // What Routee would have posted at the end of the call, at last.
        await PostKeysAsync(world, "ann.lee", "1");
        await world.SettleAsync();
        world.Phone("marcus.reed").Snapshot.State.ShouldBe(PhoneState.Idle);
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.Thread(id).ShouldContain("Ann Lee, attempt 1 of 1: Failed (unsure: we do not know whether they pressed a key).");
        world.Thread(id)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1; reported after the call");
    }

    [Fact]
    public async Task A_round_without_an_answer_is_followed_by_another_until_the_time_is_up()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:AttemptsPerEmployee"] = "2", ["Policy:GiveUpAfter"] = "00:10:00" });
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        world.Phone("marcus.reed").Script = new PersonScript.Busy();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndRejects();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed", "priya.nair");
        var end = await world.ToTheEndAsync(id);

        end.Resolution.ShouldBeOfType<Resolution.Exhausted>().Because.ShouldBe(ExhaustedBecause.TimeIsUp);
        end.Legs.Count(leg => leg.Attempt.Callee == 2).ShouldBe(1);
        world.Thread(id).ShouldContain("Calling Ann Lee, round 2, attempt 1 of 2.");
        world.Thread(id).ShouldContain("Nobody accepted in round 1. Round 2 begins in 2 minutes.");
        world.Thread(id).ShouldContain("Exhausted: Nobody accepted in time.");
        end.Legs.Max(leg => leg.BegunAt).ShouldBeLessThan(end.GiveUpAt);
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Exhausted);
    }

    [Fact]
    public async Task The_end_of_the_time_never_cuts_a_live_call()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:GiveUpAfter"] = "00:00:10" });
        world.Phone("ann.lee").Script = new PersonScript.PressesLate();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
    }

    [Fact]
    public async Task Where_everyone_rejects_it_is_over_at_once()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndRejects();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Exhausted>().Because.ShouldBe(ExhaustedBecause.NobodyLeft);
        world.Thread(id).TakeLast(4).ShouldBe(
        [
            "Exhausted: Everyone rejected or cannot be called.", "Ann Lee: called once: Rejected.", "Marcus Reed: called once: Rejected.",
            "Press Re-dispatch on the card to start again. People who rejected are not ticked there.",
        ]);
    }

    [Fact]
    public async Task A_pause_that_ends_between_two_milliseconds_is_waited_out_in_one_go()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:RetryPause"] = "00:00:20.0005000", ["Policy:GiveUpAfter"] = "00:01:00" });
        world.Phone("ann.lee").Script = new PersonScript.Busy();
        await world.ToTheEndAsync(await world.DispatchAsync("INC-1042", "ann.lee"));
        world.Life.Steps.Count(step => step == "before the commit of a claim of clock").ShouldBeLessThan(10);
    }

    static Dictionary<string, string> Once() => new() { ["Policy:AttemptsPerEmployee"] = "1" };

    static async Task<DispatchState> AfterAnnAsync(World world, PersonScript script)
    {
        world.Phone("ann.lee").Script = script;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var end = await world.ToTheEndAsync(await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed"));
        end.Legs.Length.ShouldBe(2);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(1);
        return end;
    }

    static async Task PostKeysAsync(World world, string employee, string tones)
    {
        var order = world.Routee.Requests.Last(request => request.Path == "/voice/conversation" && request.Body.Contains(World.Number(employee)));
        var address = System.Text.Json.Nodes.JsonNode.Parse(order.Body)!["dialPlan"]!["verbs"]!.AsArray().First(verb => (string?)verb!["type"] == "COLLECT")!["eventUrl"]!.ToString();
        using var client = world.App.CreateClient();
        using var answer = await client.PostAsync(address, new StringContent($$"""{"collectedTones":"{{tones}}"}"""));
        ((int)answer.StatusCode).ShouldBe(200);
    }
}
