using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

public sealed class AcceptanceTests
{
    [Fact]
    public async Task A_person_who_presses_1_has_the_job_and_the_channel_reads_it()
    {
        await using var world = await World.BeginAsync();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "jonas.weber");
        await world.PassAsync(3);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Ringing);

        await world.Phone("ann.lee").AnswerAsync();
        await world.PassAsync(5);
        await world.Phone("ann.lee").PressAsync("1");
        await world.SettleAsync();

        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        var end = await world.ToTheEndAsync(id);
        world.Thread(id).ShouldContain("Accepted: Ann Lee pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside");
        world.Chat.Replies.Single(update => update.Lines.Any(line => line.Text.StartsWith("Accepted:", StringComparison.Ordinal))).AlsoInChannel.ShouldBeTrue();
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Accepted);
        world.SpokenTo("ann.lee")[^1].ShouldStartWith("Thank you. You accepted ticket");
        end.Legs.ShouldHaveSingleItem().Status.ShouldBe(LegStatus.Completed);
        world.CallsTo("jonas.weber").ShouldBeEmpty();
    }

    [Fact]
    public async Task Three_attempts_come_to_nothing_the_next_rejects_and_the_one_after_accepts()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed", "priya.nair");
        await world.PassUntilAsync(async () => await world.StateAsync(id) is { Legs: [_, { IsLive: false }] });
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        await world.PassUntilAsync(async () => await world.StateAsync(id) is { Legs: [_, _, { IsLive: false }, ..] });

        world.SpokenTo("ann.lee").ShouldBe([Ticket, Options, Ticket, Options, "No answer received. Goodbye."]);
        world.CallsTo("ann.lee")[2].Timeline.Count(moment => moment.Kind == CallMomentKind.Played && moment.Text.Contains("silence-10s")).ShouldBe(2);

        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(2);
        (end.Legs[1].BegunAt - end.Legs[0].EndedAt).ShouldBe(TimeSpan.FromSeconds(20));
        (end.Legs[2].BegunAt - end.Legs[1].EndedAt).ShouldBe(TimeSpan.FromSeconds(20));
        string.Join('\n', world.Thread(id)).ShouldBe("""
            Asked for by Dana. To be called, in this order: Ann Lee, Marcus Reed, Priya Nair.
            Calling Ann Lee, attempt 1 of 3.
            Ann Lee, attempt 1 of 3: No answer (not picked up).
            Calling Ann Lee again 20 seconds after their last call ended.
            Calling Ann Lee, attempt 2 of 3.
            Ann Lee, attempt 2 of 3: No answer (not picked up).
            Calling Ann Lee again 20 seconds after their last call ended.
            Calling Ann Lee, attempt 3 of 3.
            Ann Lee answered.
            Ann Lee, attempt 3 of 3: No answer (listened, pressed nothing).
            Calling Marcus Reed, attempt 1 of 3.
            Marcus Reed answered.
            Marcus Reed pressed 2: Rejected.
            Calling Priya Nair, attempt 1 of 3.
            Priya Nair answered.
            Accepted: Priya Nair pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside
            """);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("12", 0)]
    [InlineData("21", 1)]
    [InlineData("11", 0)]
    public async Task The_first_valid_key_of_a_call_decides(string keys, int acceptedBy)
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts(Key: keys);
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(acceptedBy);
        world.SpokenTo("ann.lee")[^1].ShouldStartWith(acceptedBy == 0 ? "Thank you. You accepted" : "Understood. You rejected");
    }

    [Fact]
    public async Task A_key_in_the_silence_after_the_options_is_answered_at_once()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.PressesLate();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.SpokenTo("ann.lee").Count.ShouldBe(3);
        world.SpokenTo("ann.lee")[^1].ShouldStartWith("Thank you.");
    }

    [Fact]
    public async Task Two_wrong_keys_bring_the_question_again_and_then_the_right_one_counts()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1, "9"), PersonStep.PressDuring(4, 1, "7")]);
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassUntilAsync(async () => await world.StateAsync(id) is { Legs: [{ WrongKeys: 2 }] });
        await world.PassAsync(3);
        await world.Phone("ann.lee").PressAsync("1");

        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        end.Legs.ShouldHaveSingleItem();
        world.SpokenTo("ann.lee").Count(words => words == "That key is not an option.").ShouldBe(2);
        world.Thread(id).Count(line => line == "Ann Lee pressed a key that is not an option.").ShouldBe(2);
    }

    [Fact]
    public async Task The_third_wrong_key_ends_the_call_and_uses_up_the_attempt()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:AttemptsPerEmployee"] = "1" });
        world.Phone("ann.lee").Script = new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1, "9"), PersonStep.PressDuring(4, 1, "7"), PersonStep.PressDuring(4, 3, "5")]);
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        var end = await world.ToTheEndAsync(id);
        world.SpokenTo("ann.lee")[^1].ShouldBe("We did not get a valid answer. Goodbye.");
        end.Legs[0].Evidence.ShouldBe(Evidence.WrongKeys);
        world.Thread(id).ShouldContain("Ann Lee, attempt 1 of 1: No answer (wrong keys).");
    }

    [Fact]
    public async Task Everyone_hears_their_own_language_and_what_the_asker_added()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:AttemptsPerEmployee"] = "1" });
        foreach (var person in (string[])["ann.lee", "eleni.papadaki", "jonas.weber", "camille.durand"])
            world.Phone(person).Script = new PersonScript.SaysNothing();
        world.Phone("lucia.moreno").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "Bring the long ladder", ["ann.lee", "eleni.papadaki", "jonas.weber", "camille.durand", "lucia.moreno"]);
        await world.ToTheEndAsync(id);

        world.SpokenTo("ann.lee")[0].ShouldContain("Note: Bring the long ladder");
        world.SpokenTo("eleni.papadaki")[1].ShouldContain("Πατήστε");
        world.SpokenTo("jonas.weber")[1].ShouldContain("Drücken");
        world.SpokenTo("camille.durand")[1].ShouldContain("Appuyez");
        world.SpokenTo("lucia.moreno")[1].ShouldContain("Pulse");
        world.SpokenTo("lucia.moreno")[^1].ShouldStartWith("Gracias");
    }

    [Fact]
    public async Task The_source_plan_repeats_only_the_options_and_hears_a_key_of_its_silence_at_the_next_chance()
    {
        await using var world = await World.BeginAsync(new() { ["Routee:DialPlan"] = "Source" });
        world.Phone("ann.lee").Script = new PersonScript.PressesLate();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.SpokenTo("ann.lee").ShouldBe([Ticket, Options, Options]);
        world.CallsTo("ann.lee")[0].Timeline.Where(moment => moment.Kind == CallMomentKind.Paused).Select(moment => moment.Text).ShouldBe(["3 s", "4 s", "10 s", "6 s"]);
        world.Thread(id)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
    }

    const string Options = "Press 1 to accept. Press 2 to reject.";

    const string Ticket =
        "Hello. This is the dispatch desk with a job for you. Ticket I. N. C. 1. 0. 4. 2. Lift 2 is stuck between floors with two people inside. Priority: P1. "
        + "Location: Harbour House, east wing. The emergency phone works and both are calm. The lift stopped at 09:12 between the third and the fourth floor. "
        + "Reception holds the key to the machine room. The lift company was told and says two hours.";
}
