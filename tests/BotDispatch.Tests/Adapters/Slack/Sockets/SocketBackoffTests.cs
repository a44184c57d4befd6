using System.Net.WebSockets;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Sockets;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

public sealed class SocketBackoffTests
{
    [Fact]
    public async Task Each_failure_is_waited_for_longer_up_to_half_a_minute_and_a_good_life_makes_up_for_all()
    {
        await using var slack = await SlackSide.StartAsync(before: slack =>
        {
            for (var i = 0; i < 7; i++)
                slack.Answers.Enqueue(i % 2 == 0 ? new SlackAnswer.NotReached("no route") : new SlackAnswer.Lost("no answer"));
        });
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 30, 30])
            await slack.Clock.PassAsync(TimeSpan.FromSeconds(seconds));
        var link = await slack.ReadyAsync();

        slack.Clock.Advance(SocketBackoff.GoodLife);
        slack.Answers.Enqueue(new SlackAnswer.Refused("internal_error", Refusal.Other));
        link.Die(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        await slack.ReadyAsync();
        slack.Health.LastTrouble.ShouldBe("internal_error");
    }

    [Fact]
    public async Task A_socket_that_is_lost_soon_counts_as_a_failure_so_that_Slack_is_not_hammered()
    {
        await using var slack = await SlackSide.StartAsync();
        foreach (var seconds in (int[])[1, 2, 4])
        {
            (await slack.ReadyAsync()).Die(new OperationCanceledException("Aborted"));
            await slack.Clock.TimerAsync(TimeSpan.FromSeconds(seconds));
            slack.OpenedNothing.ShouldBeTrue();
            slack.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        await slack.ReadyAsync();
    }

    [Theory]
    [InlineData("warning"), InlineData("refresh_requested")]
    public async Task Another_socket_that_Slack_asks_for_is_opened_at_once_whatever_an_outage_left(string reason)
    {
        await using var slack = await SlackSide.StartAsync(before: slack =>
        {
            for (var i = 0; i < 6; i++)
                slack.Answers.Enqueue(new SlackAnswer.NotReached("no route"));
        });
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 30])
            await slack.Clock.PassAsync(TimeSpan.FromSeconds(seconds));
        var old = await slack.ReadyAsync();
        // The driven clock stands still: what is opened now waited for nothing.
        old.Disconnect(reason);
        var next = await slack.OpenedAsync();
        old.Envelope("before its hello");
        (await old.AcknowledgedAsync()).ShouldBe("before its hello");
        next.Hello();
        await slack.Log.SaysAsync(530);
        old.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_relief_that_fails_is_tried_again_before_Slack_closes_the_old_socket()
    {
        await using var slack = await SlackSide.StartAsync(before: slack =>
        {
            for (var i = 0; i < 6; i++)
                slack.Answers.Enqueue(new SlackAnswer.NotReached("no route"));
        });
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 30])
            await slack.Clock.PassAsync(TimeSpan.FromSeconds(seconds));
        var old = await slack.ReadyAsync();
        slack.Answers.Enqueue(new SlackAnswer.NotReached("no route"));
        old.Disconnect("refresh_requested");
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        await slack.ReadyAsync();
        old.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Asked_again_and_again_for_another_one_it_takes_a_breath_and_still_comes_before_the_old_one_is_closed()
    {
        await using var slack = await SlackSide.StartAsync();
        var socket = await slack.ReadyAsync();
        socket.Disconnect("refresh_requested");
        foreach (var seconds in (int[])[1, 2, 2, 2])
        {
            socket = await slack.ReadyAsync();
            socket.Disconnect("refresh_requested");
            await slack.Clock.TimerAsync(TimeSpan.FromSeconds(seconds));
            slack.OpenedNothing.ShouldBeTrue();
            slack.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        await slack.ReadyAsync();
    }

    [Fact]
    public async Task One_socket_that_is_open_shows_the_others_that_Slack_is_reached()
    {
        await using var slack = await SlackSide.StartAsync(sockets: 2, before: slack =>
        {
            for (var i = 0; i < 3; i++)
                slack.Answers.Enqueue(new SlackAnswer.NotReached("no route"));
        });
        // The first place fails at 0, 1 and 3 seconds, and would try again at 7; the second begins at 4, and opens its socket.
        await slack.Clock.TimerAsync(SocketMode.Stagger);
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(2));
        await slack.Clock.TimerAsync(TimeSpan.FromSeconds(4));
        slack.Clock.Advance(TimeSpan.FromSeconds(1));
        await slack.ReadyAsync();
        // Time stands still from here.
        await slack.ReadyAsync();
        slack.Health.Ready.ShouldBe(2);
    }

    [Fact]
    public async Task That_a_socket_cannot_be_opened_is_said_once_for_all_of_them_and_again_for_another_reason()
    {
        await using var slack = await SlackSide.StartAsync(before: slack =>
        {
            foreach (var error in (string[])["internal_error", "internal_error", "fatal_error"])
                slack.Answers.Enqueue(new SlackAnswer.Refused(error, Refusal.Other));
        });
        (await slack.Log.SaysAsync(531)).Text.ShouldContain("internal_error");
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(2));
        (await slack.Log.SaysAsync(531)).Text.ShouldContain("fatal_error");
    }

    [Fact]
    public void Luck_shortens_the_wait_by_up_to_half()
    {
        new SocketBackoff(() => 0).After(new ConnectResult.Failed("")).ShouldBe(TimeSpan.FromSeconds(0.5));
        new SocketBackoff(() => 1).After(new ConnectResult.Failed("")).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("invalid_auth", Refusal.Token)]
    [InlineData("missing_scope", Refusal.Rights)]
    [InlineData("team_disabled", Refusal.Other)]
    [InlineData("user_removed_from_team", Refusal.Other)]
    public async Task A_wrong_app_token_is_said_loudly_and_tried_again_after_minutes(string error, object kind)
    {
        await using var slack = await SlackSide.StartAsync(before: slack => slack.Answers.Enqueue(new SlackAnswer.Refused(error, (Refusal)kind)));
        var (level, text) = await slack.Log.SaysAsync(532);
        level.ShouldBe(LogLevel.Error);
        text.ShouldContain(error);
        text.ShouldContain("Slack:AppToken");
        slack.Health.LastTrouble.ShouldBe(error);
        await slack.Clock.PassAsync(TimeSpan.FromMinutes(5));
        await slack.ReadyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Socket_Mode_switched_off_is_said_loudly_and_tried_again_after_minutes(bool afterHello)
    {
        await using var slack = await SlackSide.StartAsync();
        var link = afterHello ? await slack.ReadyAsync() : await slack.OpenedAsync();
        link.Disconnect("link_disabled");
        var (level, text) = await slack.Log.SaysAsync(533);
        level.ShouldBe(LogLevel.Error);
        text.ShouldContain("Socket Mode is switched off");
        await link.Gone.WaitAsync(SlackSide.TestTimeout);
        slack.Health.Ready.ShouldBe(0);
        slack.Health.LastTrouble.ShouldBe("link_disabled");
        await slack.Clock.TimerAsync(TimeSpan.FromMinutes(5));
        slack.Clock.Advance(TimeSpan.FromMinutes(4));
        slack.OpenedNothing.ShouldBeTrue();
        slack.Clock.Advance(TimeSpan.FromMinutes(1));
        await slack.ReadyAsync();
    }

    [Fact]
    public async Task We_wait_as_Slack_asks()
    {
        await using var slack = await SlackSide.StartAsync(before: slack => slack.Answers.Enqueue(new SlackAnswer.Throttled(TimeSpan.FromSeconds(42))));
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(43));
        await slack.ReadyAsync();
        slack.Health.LastTrouble.ShouldBe("ratelimited");
    }

    [Fact]
    public async Task A_socket_that_cannot_be_connected_is_tried_again()
    {
        var broken = new Queue<Exception>([new WebSocketException(WebSocketError.NotAWebSocket), new HttpRequestException("refused"), new InvalidOperationException("a bug")]);
        await using var slack = await SlackSide.StartAsync(before: slack => slack.Connecting = _ => broken.TryDequeue(out var exception) ? throw exception : Task.CompletedTask);
        foreach (var seconds in (int[])[1, 2, 4])
            await slack.Clock.PassAsync(TimeSpan.FromSeconds(seconds));
        await slack.ReadyAsync();
        slack.Health.LastTrouble.ShouldBe("unexpected");
    }

    [Fact]
    public async Task Connecting_is_given_up_when_nobody_answers()
    {
        await using var slack = await SlackSide.StartAsync(before: slack => slack.Connecting = ct => Task.Delay(Timeout.Infinite, ct));
        await slack.Clock.PassAsync(SocketOpener.Within);
        (await slack.Log.SaysAsync(531)).Text.ShouldContain("connect_timeout");
    }

    [Fact]
    public async Task A_ticket_for_somewhere_else_is_not_used()
    {
        await using var slack = await SlackSide.StartAsync(before: slack => slack.Answers.Enqueue(SlackSide.Ok("wss://slack.com.evil.example/link/?ticket=1")));
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        (await slack.OpenedAsync()).Address.Host.ShouldBe("wss-primary.slack.com");
        slack.Health.LastTrouble.ShouldBe("bad_address");
    }

    [Theory]
    [InlineData("wss://wss-primary.slack.com/link/?ticket=1", "https://slack.com/api/", true)]
    [InlineData("wss://WSS-backup.Slack.com/link/?ticket=1", "https://slack.com/api/", true)]
    [InlineData("wss://wss-primary.slack.com:8443/link/", "https://slack.com/api/", false)]
    [InlineData("wss://me@wss-primary.slack.com/link/", "https://slack.com/api/", false)]
    [InlineData("ws://wss-primary.slack.com/link/", "https://slack.com/api/", false)]
    [InlineData("https://wss-primary.slack.com/link/", "https://slack.com/api/", false)]
    [InlineData("wss://evilslack.com/link/", "https://slack.com/api/", false)]
    [InlineData("wss://wss-primary.slack.com.evil.example/", "https://slack.com/api/", false)]
    [InlineData("ws://127.0.0.1:5000/link/", "http://127.0.0.1:5000/api/", true)]
    [InlineData("ws://localhost:5000/link/", "http://127.0.0.1:5000/api/", true)]
    [InlineData("ws://127.0.0.1:5000/link/", "https://slack.com/api/", false)]
    [InlineData("ws://10.0.0.1:5000/link/", "http://127.0.0.1:5000/api/", false)]
    [InlineData("/link/?ticket=1", "https://slack.com/api/", false)]
    [InlineData(null, "https://slack.com/api/", false)]
    public void A_socket_leads_to_Slack_or_to_this_machine_when_the_API_is_here_too(string? url, string api, bool allowed) =>
        (SocketAddress.Allowed(url, new Uri(api)) is not null).ShouldBe(allowed);
}
