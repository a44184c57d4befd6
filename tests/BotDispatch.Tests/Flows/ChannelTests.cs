using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

public sealed class ChannelTests
{
    static readonly Person Priya = new(RecordingChat.Platform, "priya.nair@example.com", "Priya Nair");

    [Fact]
    public async Task Cancelling_while_a_phone_rings_takes_the_call_back_at_once()
    {
        await using var world = await World.BeginAsync();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassAsync(5);
        (await world.PressAsync(World.Dana, id, CardAction.Cancel)).ShouldBeOfType<ChatReply.Nothing>();
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Idle);
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Cancelled>();
        world.Thread(id)[^1].ShouldBe("Cancelled by Dana. No further calls.");
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Cancelled);
        await world.PassAsync(600);
        world.Routee.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(8.0005)]
    public async Task Cancelling_while_somebody_listens_tells_them_so_and_hangs_up(double seconds)
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassAsync(seconds);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Talking);
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        var cancelled = world.Clock.GetUtcNow();
        world.SpokenTo("ann.lee")[^1].ShouldBe("This job has been cancelled. Goodbye.");
        await world.ToTheEndAsync(id);
        var call = world.CallsTo("ann.lee").ShouldHaveSingleItem();
        (call.EndedAt - cancelled)!.Value.ShouldBe(TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_1_that_is_pressed_after_cancelling_hears_the_truth_and_nobody_has_the_job()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassAsync(8);
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.Phone("ann.lee").PressAsync("1");
        await world.SettleAsync();
        world.SpokenTo("ann.lee")[^1].ShouldBe("This job has been cancelled. Goodbye.");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Cancelled>();
        world.Thread(id)[^1].ShouldStartWith("Ann Lee also pressed 1, but the dispatch was already closed");
    }

    [Fact]
    public async Task Skipping_ends_the_turn_of_the_person_whose_phone_rings_and_is_no_rejection()
    {
        await using var world = await World.BeginAsync();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassAsync(5);
        await world.PressAsync(World.Dana, id, CardAction.Skip);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Idle);
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(1);
        end.Callees[0].Rejected.ShouldBeFalse();
        world.Thread(id).ShouldContain("Dana skipped Ann Lee.");
    }

    [Fact]
    public async Task A_person_who_was_skipped_while_listening_may_still_press_1()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassAsync(8);
        await world.PressAsync(World.Dana, id, CardAction.Skip);
        world.SpokenTo("ann.lee")[^1].ShouldStartWith("This job is being offered to somebody else.");
        await world.PassAsync(2);
        world.CallsTo("marcus.reed").ShouldBeEmpty("another phone of this dispatch is off the hook");
        await world.Phone("ann.lee").PressAsync("1");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.CallsTo("marcus.reed").ShouldBeEmpty();
    }

    [Fact]
    public async Task Taking_it_in_the_channel_closes_it_and_the_listener_hears_who_has_it()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "priya.nair");
        await world.PassAsync(8);
        (await world.PressAsync(World.Dana, id, CardAction.TakeIt)).ShouldBeOfType<ChatReply.Private>("Dana is nobody of the directory");
        (await world.PressAsync(Priya, id, CardAction.TakeIt)).ShouldBeOfType<ChatReply.Nothing>();
        world.SpokenTo("ann.lee")[^1].ShouldBe("Priya Nair has already taken this job. Thank you. Goodbye.");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Taken>().Callee.ShouldBe(1);
        world.Thread(id).ShouldContain("Accepted: taken by Priya Nair in the channel. INC-1042: Lift 2 is stuck between floors with two people inside");
        world.CallsTo("priya.nair").ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispatching_again_goes_on_in_the_same_thread_and_takes_the_card_over()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndRejects();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        var first = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.ToTheEndAsync(first);
        var form = (await world.PressAsync(World.Dana, first, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Picked.ShouldBeEmpty("those who rejected are unticked");

        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var second = await world.SendAsync(new(form.FormId, World.Dana, World.Channel, form.Ticket.Reference, [new("priya.nair")], null, form.Replaces));
        await world.ToTheEndAsync(second);

        second.ShouldNotBe(first);
        (await world.StateAsync(first)).Resolution.ShouldBeOfType<Resolution.Exhausted>();
        world.Chat.Cards.ShouldHaveSingleItem().Id.ShouldBe(second);
        world.Chat.Cards[0].Status.ShouldBe(CardStatus.Accepted);
        world.Thread(first).ShouldContain("Re-dispatched by Dana. To be called, in this order: Priya Nair.");
        world.Thread(first)[^1].ShouldStartWith("Accepted: Priya Nair pressed 1");

        (await world.PressAsync(World.Dana, first, CardAction.Redispatch)).ShouldNotBeNull();
        world.Chat.Cards.ShouldHaveSingleItem().Id.ShouldBe(second);
    }

    [Fact]
    public async Task A_person_who_accepted_is_not_phoned_for_another_job_until_this_one_is_done()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var first = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.ToTheEndAsync(first);

        var second = await world.DispatchAsync("INC-1051", "ann.lee");
        await world.PassAsync(120);
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        world.Thread(second).ShouldContain("Ann Lee is passed over: Busy with a job they accepted.");
        world.Thread(second)[^1].ShouldStartWith("Everyone left has accepted another job and will not be free in time.");

        (await world.PressAsync(World.Dana, first, CardAction.Done)).ShouldBeOfType<ChatReply.Nothing>();
        await world.PassAsync(3);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Ringing);
        (await world.ToTheEndAsync(second)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.Thread(first)[^1].ShouldBe("Dana marked it done.");
    }

    [Fact]
    public async Task Two_dispatches_that_want_the_same_person_ring_one_after_the_other()
    {
        await using var world = await World.BeginAsync();
        var first = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        var second = await world.DispatchAsync("INC-1051", "ann.lee");
        await world.PassAsync(10);
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        world.Thread(second).ShouldContain("Ann Lee is passed over: On the phone for another dispatch.");

        await world.Phone("ann.lee").AnswerAsync();
        await world.PassAsync(5);
        await world.Phone("ann.lee").PressAsync("2");
        await world.PassUntilAsync(() => Task.FromResult(world.CallsTo("ann.lee").Count == 2 && world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        await world.Phone("ann.lee").AnswerAsync();
        await world.PassAsync(5);
        await world.Phone("ann.lee").PressAsync("1");
        (await world.ToTheEndAsync(second)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        await world.PressAsync(World.Dana, first, CardAction.Cancel);
    }
}
