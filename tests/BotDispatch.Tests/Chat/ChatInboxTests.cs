using System.Globalization;
using BotDispatch.Chat;
using BotDispatch.Slack.Inbound;
using BotDispatch.Tests.Adapters;

namespace BotDispatch.Tests.Chat;

/// <summary>What the inbox does with every delivery, whatever chat it comes from.</summary>
public sealed class ChatInboxTests
{
    readonly ManualClock clock = new();
    readonly ChatInbox<SlackReply> inbox;
    readonly FakeSurfaces<ChatAction, SlackReply> surfaces;
    Func<ChatAction, Task<SlackReply>> handler = action => Task.FromResult<SlackReply>(new SlackReply.Message(json => json.WriteNullValue()));

    public ChatInboxTests()
    {
        inbox = FakeSurfaces<ChatAction, SlackReply>.Inbox(clock);
        surfaces = new(action => handler(action));
    }

    int Done => surfaces.Handled.Count;

    Task<SlackReply> Take(string id) => Take(new ChatAction.Ask(id));

    async Task<SlackReply> Take(ChatAction action) => (await HandleAsync(action, CancellationToken.None)).ShouldBeOfType<Outcome<SlackReply>.Done>().Reply;

    Task<Outcome<SlackReply>> HandleAsync(ChatAction action, CancellationToken ct) => inbox.HandleAsync(action, surfaces.Of(action), ct);

    [Fact]
    public async Task What_is_sent_again_gets_the_same_answer_and_is_done_once()
    {
        var first = await Take("a");
        (await Take("a")).ShouldBeSameAs(first);
        (await Take("b")).ShouldNotBeSameAs(first);
        Done.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_sent_again_while_the_first_is_being_done_waits_for_it()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        handler = _ => answer.Task;
        var both = Task.WhenAll(Take("a"), Take("a"));
        both.IsCompleted.ShouldBeFalse();
        answer.SetResult(new SlackReply.Clear());
        (await both).ShouldAllBe(reply => reply is SlackReply.Clear);
        Done.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_at_the_same_moment_are_one()
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        handler = async _ =>
        {
            await begin.Task;
            return new SlackReply.Nothing();
        };
        var all = Enumerable.Range(0, 100).Select(_ => Task.Run(() => Take("a"))).ToList();
        begin.SetResult();
        (await Task.WhenAll(all)).Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(1);
        Done.ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_taken_is_done_when_it_is_sent_again()
    {
        handler = _ => Task.FromResult<SlackReply>(new SlackReply.Failed());
        (await Take("a")).ShouldBeOfType<SlackReply.Failed>();
        handler = _ => Task.FromResult<SlackReply>(new SlackReply.Nothing());
        (await Take("a")).ShouldBeOfType<SlackReply.Nothing>();
        (await Take("a")).ShouldBeOfType<SlackReply.Nothing>();
        Done.ShouldBe(2);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_failure_reaches_everybody_who_waits_and_the_work_is_done_when_it_is_sent_again(bool atOnce)
    {
        var answer = new TaskCompletionSource<SlackReply>();
        handler = _ => atOnce ? throw new InvalidOperationException("broken") : answer.Task;
        Task<Outcome<SlackReply>> Handle() => HandleAsync(new ChatAction.Ask("a"), CancellationToken.None);
        Task<Outcome<SlackReply>>[] both = atOnce ? [Handle()] : [Handle(), Handle()];
        answer.SetException(new InvalidOperationException("broken"));
        foreach (var each in both)
            (await each).ShouldBeOfType<Outcome<SlackReply>.Broken>().Exception.ShouldBe(nameof(InvalidOperationException));
        _ = answer.Task.Exception;
        handler = _ => Task.FromResult<SlackReply>(new SlackReply.Nothing());
        (await Take("a")).ShouldBeOfType<SlackReply.Nothing>();
        Done.ShouldBe(2);
    }

    [Fact]
    public async Task A_dialog_that_stayed_open_over_its_errors_may_be_sent_again_as_it_is()
    {
        handler = _ => Task.FromResult<SlackReply>(new SlackReply.Errors(System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("people", "Pick somebody")));
        (await Take("V0:1.a")).ShouldBeOfType<SlackReply.Errors>();
        handler = _ => Task.FromResult<SlackReply>(new SlackReply.Clear());
        (await Take("V0:1.a")).ShouldBeOfType<SlackReply.Clear>();
        (await Take("V0:1.a")).ShouldBeOfType<SlackReply.Clear>();
        Done.ShouldBe(2);
    }

    [Fact]
    public async Task Suggestions_are_asked_for_every_time()
    {
        var typing = new ChatAction.Search("a", "da", 10);
        await Take(typing);
        await Take(typing);
        Done.ShouldBe(2);
    }

    [Fact]
    public async Task A_delivery_is_remembered_for_a_quarter_of_an_hour()
    {
        await Take("a");
        clock.Advance(Deduplicator<SlackReply>.Memory - TimeSpan.FromSeconds(1));
        await Take("a");
        Done.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Take("a");
        Done.ShouldBe(2);
        clock.Advance(Deduplicator<SlackReply>.Memory - TimeSpan.FromSeconds(1));
        await Take("a");
        Done.ShouldBe(2);
    }

    [Fact]
    public async Task No_more_are_remembered_than_there_is_room_for_and_the_oldest_goes_first()
    {
        for (var number = 0; number < Deduplicator<SlackReply>.Most; number++)
            await Take(number.ToString(CultureInfo.InvariantCulture));
        await Take("0");
        Done.ShouldBe(Deduplicator<SlackReply>.Most);
        await Take("one more");
        await Take("1");
        Done.ShouldBe(Deduplicator<SlackReply>.Most + 1);
        await Take("0");
        Done.ShouldBe(Deduplicator<SlackReply>.Most + 2);
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_nothing()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        handler = _ => answer.Task;
        using var limit = new CancellationTokenSource();
        var waiting = HandleAsync(new ChatAction.Ask("a"), limit.Token);
        var other = Take("a");
        await limit.CancelAsync();
        (await waiting).ShouldBeOfType<Outcome<SlackReply>.Stopped>();
        answer.SetResult(new SlackReply.Clear());
        (await other).ShouldBeOfType<SlackReply.Clear>();
        Done.ShouldBe(1);
    }

    [Fact]
    public async Task Late_work_goes_on_and_its_outcome_is_known_later()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        handler = _ => answer.Task;
        var action = new ChatAction.Ask("a");
        var work = (await inbox.HandleAsync(action, surfaces.Of(action), new ResponseDeadline(TimeSpan.Zero, clock))).ShouldBeOfType<Outcome<SlackReply>.Late>().Work;
        work.IsCompleted.ShouldBeFalse();
        answer.SetResult(new SlackReply.Clear());
        (await work).ShouldBe(new Outcome<SlackReply>.Done(new SlackReply.Clear()));
    }
}
