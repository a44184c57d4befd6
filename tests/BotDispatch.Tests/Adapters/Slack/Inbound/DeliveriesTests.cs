using System.Globalization;
using BotDispatch.Chat;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

public sealed class DeliveriesTests
{
    static readonly SlackOrigin Dana = new("T0ACME", null, "U0DANA", "dana");
    readonly ManualClock clock = new();
    readonly List<SlackDelivery> done = [];
    readonly Deliveries deliveries;
    Func<SlackDelivery, Task<SlackReply>> desk = delivery => Task.FromResult<SlackReply>(new SlackReply.Message([]));

    public DeliveriesTests() => deliveries = new(
        (delivery, ct) =>
        {
            done.Add(delivery);
            return desk(delivery);
        },
        clock);

    static SlackDelivery.Shortcut Named(string id) => new(id, Dana, "dispatch", "1.2.3");

    Task<SlackReply> Take(string id) => deliveries.HandleAsync(Named(id), default);

    [Fact]
    public async Task What_is_sent_again_gets_the_same_answer_and_is_done_once()
    {
        var first = await Take("a");
        (await Take("a")).ShouldBeSameAs(first);
        (await Take("b")).ShouldNotBeSameAs(first);
        done.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_that_is_told_of_in_several_events_is_done_once()
    {
        Task<SlackReply> Mention(string id, string ts) => deliveries.HandleAsync(new SlackDelivery.Mentioned(id, Dana, "C0OPS", ts, null, "<@U0BOT> cancel INC-1042"), default);
        await Mention("Ev1", "1.1");
        await Mention("Ev2", "1.1");
        done.Count.ShouldBe(1);
        await Mention("Ev3", "1.2");
        done.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_sent_again_while_the_first_is_being_done_waits_for_it()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        desk = _ => answer.Task;
        var both = Task.WhenAll(Take("a"), Take("a"));
        both.IsCompleted.ShouldBeFalse();
        answer.SetResult(new SlackReply.Clear());
        (await both).ShouldAllBe(reply => reply is SlackReply.Clear);
        done.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_at_the_same_moment_are_one()
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        desk = async _ =>
        {
            await begin.Task;
            return new SlackReply.Nothing();
        };
        var all = Enumerable.Range(0, 100).Select(_ => Task.Run(() => Take("a"))).ToList();
        begin.SetResult();
        (await Task.WhenAll(all)).Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(1);
        done.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_taken_is_done_when_it_is_sent_again()
    {
        desk = _ => Task.FromResult<SlackReply>(new SlackReply.Failed());
        (await Take("a")).ShouldBeOfType<SlackReply.Failed>();
        desk = _ => Task.FromResult<SlackReply>(new SlackReply.Nothing());
        (await Take("a")).ShouldBeOfType<SlackReply.Nothing>();
        (await Take("a")).ShouldBeOfType<SlackReply.Nothing>();
        done.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task What_broke_is_told_to_everybody_who_waits_and_done_when_it_is_sent_again(bool atOnce)
    {
        var answer = new TaskCompletionSource<SlackReply>();
        desk = _ => atOnce ? throw new InvalidOperationException("broken") : answer.Task;
        Task<SlackReply>[] both = atOnce ? [Take("a")] : [Take("a"), Take("a")];
        answer.SetException(new InvalidOperationException("broken"));
        foreach (var each in both)
            (await Should.ThrowAsync<InvalidOperationException>(each)).Message.ShouldBe("broken");
        _ = answer.Task.Exception;
        desk = _ => Task.FromResult<SlackReply>(new SlackReply.Nothing());
        (await Take("a")).ShouldBeOfType<SlackReply.Nothing>();
        done.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_dialog_that_stayed_open_over_its_errors_may_be_sent_again_as_it_is()
    {
        desk = _ => Task.FromResult<SlackReply>(new SlackReply.Errors(System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("people", "Pick somebody")));
        (await Take("V0:1.a")).ShouldBeOfType<SlackReply.Errors>();
        desk = _ => Task.FromResult<SlackReply>(new SlackReply.Clear());
        (await Take("V0:1.a")).ShouldBeOfType<SlackReply.Clear>();
        (await Take("V0:1.a")).ShouldBeOfType<SlackReply.Clear>();
        done.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Suggestions_are_asked_for_every_time()
    {
        var typing = new SlackDelivery.Suggestion("a", Dana, "pick", "da", null);
        await deliveries.HandleAsync(typing, default);
        await deliveries.HandleAsync(typing, default);
        done.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_delivery_is_remembered_for_a_quarter_of_an_hour()
    {
        await Take("a");
        clock.Advance(Deduplicator<SlackReply>.Memory - TimeSpan.FromSeconds(1));
        await Take("a");
        done.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Take("a");
        done.Count.ShouldBe(2);
        clock.Advance(Deduplicator<SlackReply>.Memory - TimeSpan.FromSeconds(1));
        await Take("a");
        done.Count.ShouldBe(2);
    }

    [Fact]
    public async Task No_more_are_remembered_than_there_is_room_for_and_the_oldest_goes_first()
    {
        for (var number = 0; number < Deduplicator<SlackReply>.Most; number++)
            await Take(number.ToString(CultureInfo.InvariantCulture));
        await Take("0");
        done.Count.ShouldBe(Deduplicator<SlackReply>.Most);
        await Take("one more");
        await Take("1");
        done.Count.ShouldBe(Deduplicator<SlackReply>.Most + 1);
        await Take("0");
        done.Count.ShouldBe(Deduplicator<SlackReply>.Most + 2);
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_nothing()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        desk = _ => answer.Task;
        using var patience = new CancellationTokenSource();
        var waiting = deliveries.HandleAsync(Named("a"), patience.Token);
        var other = Take("a");
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        answer.SetResult(new SlackReply.Clear());
        (await other).ShouldBeOfType<SlackReply.Clear>();
        done.Count.ShouldBe(1);
    }
}
