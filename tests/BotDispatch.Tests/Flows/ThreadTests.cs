using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

public sealed class ThreadTests
{
    [Fact]
    public async Task What_a_chat_has_no_time_for_now_comes_later_in_order_and_once()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        for (var i = 0; i < 4; i++)
            world.Chat.Instead.Enqueue(new Posted.TryLater("429", TimeSpan.FromSeconds(30)));
        await world.ToTheEndAsync(id);
        await world.PassAsync(600);
        world.Thread(id).ShouldBe(
        [
            "Asked for by Dana. To be called, in this order: Ann Lee.", "Calling Ann Lee, attempt 1 of 3.", "Ann Lee answered.",
            "Accepted: Ann Lee pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside",
        ]);
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Accepted);
    }

    [Fact]
    public async Task A_chat_that_is_slow_to_take_the_card_keeps_no_phone_waiting()
    {
        await using var world = await World.BeginAsync();
        world.Chat.Instead.Enqueue(new Posted.TryLater("429", TimeSpan.FromMinutes(10)));
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassAsync(5);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Ringing);
        world.Chat.Cards.ShouldBeEmpty();
        await world.PassAsync(700);
        world.Thread(id)[0].ShouldStartWith("Asked for by Dana.");
    }

    [Fact]
    public async Task A_card_that_somebody_deleted_is_posted_anew_and_the_thread_goes_on_under_it()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassAsync(2);
        world.Chat.Instead.Enqueue(new Posted.Gone("message_not_found"));
        await world.ToTheEndAsync(id);
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Accepted);
        world.Thread(id)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
    }

    [Fact]
    public async Task A_channel_that_refuses_for_ever_does_not_stop_the_phones()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        world.Chat.Instead.Enqueue(new Posted.Refused("channel_is_archived"));
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.Chat.Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_is_started_again_goes_on_where_it_was()
    {
        await using var world = await World.BeginAsync();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassAsync(5);
        await world.RestartAsync();
        await world.Phone("ann.lee").AnswerAsync();
        await world.PassAsync(5);
        await world.RestartAsync();
        await world.Phone("ann.lee").PressAsync("2");
        await world.RestartAsync();
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(1);
        world.Thread(id).ShouldBe(
        [
            "Asked for by Dana. To be called, in this order: Ann Lee, Marcus Reed.", "Calling Ann Lee, attempt 1 of 3.",
            "BotDispatch restarted and is looking up the call to Ann Lee.", "Ann Lee answered.",
            "BotDispatch restarted and is looking up the call to Ann Lee.", "Ann Lee pressed 2: Rejected.",
            "Calling Marcus Reed, attempt 1 of 3.", "Marcus Reed answered.",
            "Accepted: Marcus Reed pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside",
        ]);
    }
}
