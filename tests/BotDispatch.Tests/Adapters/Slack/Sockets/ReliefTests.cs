using System.Net.WebSockets;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Sockets;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

public sealed class ReliefTests
{
    static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    [InlineData("something_new")]
    public async Task A_socket_that_Slack_closes_soon_is_used_until_the_next_has_said_hello(string reason)
    {
        await using var slack = await SlackSide.StartAsync();
        var old = await slack.ReadyAsync();
        slack.Clock.Advance(GoodLife);

        old.Disconnect(reason);
        var next = await slack.OpenedAsync();
        slack.Health.Ready.ShouldBe(1);
        old.Envelope("before its hello");
        (await old.AcknowledgedAsync()).ShouldBe("before its hello");

        next.Hello();
        await slack.Log.SaysAsync(530);
        old.Envelope("after its hello");
        next.Envelope("on the next");
        (await old.AcknowledgedAsync()).ShouldBe("after its hello");
        (await next.AcknowledgedAsync()).ShouldBe("on the next");
        old.Closed.IsCompleted.ShouldBeFalse();
        slack.Health.Ready.ShouldBe(1);

        await slack.Clock.PassAsync(SocketSlot.Linger);
        await old.Gone.WaitAsync(SlackSide.TestTimeout);
        old.Closed.IsCompleted.ShouldBeTrue();
        next.Gone.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_socket_is_relieved_before_its_time_is_over()
    {
        await using var slack = await SlackSide.StartAsync();
        var old = await slack.ReadyAsync(seconds: 3600);
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(3420));
        var next = await slack.ReadyAsync();
        old.Envelope("late");
        (await old.AcknowledgedAsync()).ShouldBe("late");
        next.Gone.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_socket_lives_on_while_those_that_should_relieve_it_fail()
    {
        await using var slack = await SlackSide.StartAsync();
        var old = await slack.ReadyAsync();
        slack.Clock.Advance(GoodLife);
        // So that the wait for connecting is not taken for the wait for the hello.
        slack.Connecting = _ =>
        {
            slack.Clock.Forget();
            return Task.CompletedTask;
        };
        old.Disconnect("warning");

        var silent = await slack.OpenedAsync();
        await slack.Clock.PassAsync(SocketOpener.Within);
        await silent.Gone.WaitAsync(SlackSide.TestTimeout);
        await slack.Log.SaysAsync(531);
        old.Envelope("still here");
        (await old.AcknowledgedAsync()).ShouldBe("still here");
        slack.Health.Ready.ShouldBe(1);
        slack.Health.LastTrouble.ShouldBe("no_hello");

        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        await slack.ReadyAsync();
        await slack.Clock.PassAsync(SocketSlot.Linger);
        await old.Closed.WaitAsync(SlackSide.TestTimeout);
    }

    [Theory]
    [InlineData("dropped")]
    [InlineData("found silent")]
    [InlineData("closed")]
    public async Task A_dead_socket_is_replaced_at_once(string how)
    {
        await using var slack = await SlackSide.StartAsync();
        var dead = await slack.ReadyAsync();
        slack.Clock.Advance(GoodLife);
        if (how == "closed")
            dead.Part([], end: true, WebSocketMessageType.Close);
        else
            dead.Die(how == "dropped" ? new WebSocketException(WebSocketError.ConnectionClosedPrematurely) : new OperationCanceledException("Aborted"));

        var next = await slack.ReadyAsync();
        slack.Health.Ready.ShouldBe(1);
        slack.Health.LastTrouble.ShouldBe("lost");
        next.Envelope("again");
        (await next.AcknowledgedAsync()).ShouldBe("again");
        await dead.Gone.WaitAsync(SlackSide.TestTimeout);
    }

    [Fact]
    public async Task Several_sockets_are_opened_one_after_the_other_and_one_holds_while_another_drops()
    {
        await using var slack = await SlackSide.StartAsync(sockets: 2);
        var first = await slack.ReadyAsync();
        slack.OpenedNothing.ShouldBeTrue();
        await slack.Clock.PassAsync(SocketMode.Stagger);
        var second = await slack.ReadyAsync();
        slack.Health.Ready.ShouldBe(2);
        slack.Health.LastHello.ShouldBe(slack.Clock.GetUtcNow());
        second.Address.ShouldNotBe(first.Address);

        slack.Clock.Advance(GoodLife);
        first.Die(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        await slack.OpenedAsync();
        slack.Health.Ready.ShouldBe(1);
        second.Envelope("meanwhile");
        (await second.AcknowledgedAsync()).ShouldBe("meanwhile");
    }

    [Fact]
    public async Task Stopping_finishes_acknowledgements_takes_nothing_new_and_closes()
    {
        var slack = await SlackSide.StartAsync();
        var begun = new TaskCompletionSource();
        var done = new TaskCompletionSource<SlackReply>();
        slack.Take = _ =>
        {
            begun.TrySetResult();
            return done.Task;
        };
        var link = await slack.ReadyAsync();
        link.Envelope("begun");
        await begun.Task;

        var stopping = slack.Mode.StopAsync(CancellationToken.None);
        await slack.Clock.TimerAsync(SocketSlot.FinishOnStop);
        link.Envelope("too late");
        (await slack.Log.SaysAsync(538)).Text.ShouldContain("closing");
        done.SetResult(new SlackReply.Nothing());
        (await link.AcknowledgedAsync()).ShouldBe("begun");
        await stopping;
        link.Closed.IsCompleted.ShouldBeTrue();
        link.Gone.IsCompleted.ShouldBeTrue();
        link.ReceivedNothing.ShouldBeTrue();
        slack.Health.Ready.ShouldBe(0);
    }

    [Fact]
    public async Task Stopping_does_not_wait_until_a_relieved_socket_has_lingered()
    {
        var slack = await SlackSide.StartAsync();
        var old = await slack.ReadyAsync();
        slack.Clock.Advance(GoodLife);
        old.Disconnect("warning");
        var next = await slack.ReadyAsync();
        await slack.Clock.TimerAsync(SocketSlot.Linger);
        await slack.Mode.StopAsync(CancellationToken.None).WaitAsync(SlackSide.TestTimeout);
        old.Closed.IsCompleted.ShouldBeTrue();
        next.Closed.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_work_that_never_ends()
    {
        var slack = await SlackSide.StartAsync();
        var begun = new TaskCompletionSource();
        slack.Take = _ =>
        {
            begun.SetResult();
            return new TaskCompletionSource<SlackReply>().Task;
        };
        var link = await slack.ReadyAsync();
        link.Envelope("endless");
        await begun.Task;
        // What comes next is read only when the work is known to be under way.
        link.Say("""{"type":"newer still","envelope_id":"next"}""");
        await link.ReceivedAsync();
        var stopping = slack.Mode.StopAsync(CancellationToken.None);
        await slack.Clock.PassAsync(SocketSlot.FinishOnStop);
        await stopping;
        link.Closed.IsCompleted.ShouldBeTrue();
    }
}
