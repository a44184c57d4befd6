using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Hosting;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Hosting;

public sealed class SteadyClockTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly ManualClock elapsed = new();
    readonly SetClock machine;
    readonly Lines log = new();
    readonly SteadyClock steady;

    public SteadyClockTests()
    {
        machine = new(elapsed);
        steady = new(machine, log);
    }

    public static TheoryData<int> StepsInSeconds => [-3 * 3600, -3600, -30, 30, 3600, 3 * 3600];

    [Theory]
    [MemberData(nameof(StepsInSeconds))]
    public void A_step_of_the_machines_clock_is_no_elapsed_time(int seconds)
    {
        var before = steady.GetUtcNow();
        machine.Set(seconds * Second);
        steady.GetUtcNow().ShouldBe(before);
        elapsed.Advance(Minute);
        (steady.GetUtcNow() - before).ShouldBe(Minute, Minute * SteadyClock.MostSlew);
    }

    [Theory]
    [MemberData(nameof(StepsInSeconds))]
    public void A_step_is_said_once_with_its_size_and_direction_and_where_administrators_look(int seconds)
    {
        steady.Status.ShouldBeNull();
        for (var minute = 0; minute < 5; minute++)
        {
            if (minute == 2)
                machine.Set(seconds * Second);
            elapsed.Advance(Minute);
            steady.GetUtcNow();
        }
        var size = TimeSpan.FromSeconds(Math.Abs(seconds)).ToString("c");
        var line = log.All.ShouldHaveSingleItem();
        line.ShouldContain((seconds > 0 ? "set ahead by " : "set back by ") + size);
        steady.Status.ShouldNotBeNull().ShouldContain((seconds > 0 ? "set ahead by " : "set back by ") + size);
    }

    [Fact]
    public void A_clock_that_is_right_again_is_no_longer_spoken_of()
    {
        machine.Set(Hour);
        elapsed.Advance(Minute);
        steady.GetUtcNow();
        machine.Set(-Hour);
        elapsed.Advance(Minute);
        steady.GetUtcNow();
        log.All.Count.ShouldBe(2);
        steady.Status.ShouldBeNull();
    }

    [Fact]
    public void What_ntp_slews_is_followed_and_not_spoken_of()
    {
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            machine.Set(Minute * 0.0005);
            elapsed.Advance(Minute);
            (machine.GetUtcNow() - steady.GetUtcNow()).Duration().ShouldBeLessThan(Second);
        }
        log.All.ShouldBeEmpty();
        steady.Status.ShouldBeNull();
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_difference_is_made_up_slowly_and_not_overshot(int seconds)
    {
        machine.Set(seconds * Second);
        for (var hour = 0; hour < 24 * 10; hour++)
        {
            elapsed.Advance(Hour);
            steady.GetUtcNow();
        }
        steady.GetUtcNow().ShouldBe(machine.GetUtcNow());
        steady.Status.ShouldBeNull();
    }

    [Fact]
    public void It_never_runs_back_and_counts_what_has_elapsed_whatever_the_machines_clock_does()
    {
        var lot = new Random(1042);
        var (last, began, passed) = (steady.GetUtcNow(), steady.GetUtcNow(), TimeSpan.Zero);
        for (var i = 0; i < 20_000; i++)
        {
            if (lot.Next(4) == 0)
                machine.Set(TimeSpan.FromSeconds((lot.NextDouble() - 0.5) * Math.Pow(10, lot.Next(0, 5))));
            var by = TimeSpan.FromMilliseconds(lot.Next(0, 5000));
            elapsed.Advance(by);
            passed += by;
            var now = steady.GetUtcNow();
            now.ShouldBeGreaterThanOrEqualTo(last);
            (now - last).ShouldBeLessThanOrEqualTo(by * (1 + SteadyClock.MostSlew) + TimeSpan.FromTicks(2));
            last = now;
        }
        (last - began).ShouldBe(passed, passed * SteadyClock.MostSlew + Second);
    }

    [Fact]
    public void What_people_and_other_servers_read_is_what_is_on_the_wall()
    {
        var deadline = steady.GetUtcNow() + Minute;
        machine.Set(-Hour);
        steady.WallNow.ShouldBe(machine.GetUtcNow());
        steady.OnWall(deadline).ShouldBe(machine.GetUtcNow() + Minute);
        steady.FromWall(machine.GetUtcNow()).ShouldBe(steady.GetUtcNow());
        new SimulatedClock(steady).OnWall(deadline).ShouldBe(machine.GetUtcNow() + Minute);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void What_Slack_signed_is_judged_by_the_wall(int seconds)
    {
        var signature = new SlackSignature(Options.Create(new SlackOptions { SigningSecret = "secret" }), steady);
        machine.Set(seconds * Second);

        Check(machine.GetUtcNow()).ShouldBe(SignatureVerdict.Valid);
        Check(steady.GetUtcNow()).ShouldBe(SignatureVerdict.Stale);

        SignatureVerdict Check(DateTimeOffset at)
        {
            var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var hash = HMACSHA256.HashData("secret"u8, Encoding.UTF8.GetBytes($"v0:{timestamp}:body"));
            return signature.Check("body"u8, timestamp, "v0=" + Convert.ToHexStringLower(hash));
        }
    }

    [Fact]
    public void A_pause_of_the_process_between_two_looks_is_no_step()
    {
        var stopped = new StoppedBetweenLooks(elapsed);
        var clock = new SteadyClock(stopped, log);
        elapsed.Advance(Minute);
        stopped.Stops = 10 * Second;
        clock.GetUtcNow();
        stopped.Stops = TimeSpan.Zero;
        elapsed.Advance(Minute);
        clock.GetUtcNow();
        log.All.ShouldBeEmpty();
    }

    [Fact]
    public void Who_lags_behind_another_node_catches_up_and_never_runs_back()
    {
        var there = steady.GetUtcNow() + Minute;
        steady.CatchUp(there);
        steady.GetUtcNow().ShouldBe(there);
        steady.CatchUp(there - Hour);
        steady.GetUtcNow().ShouldBe(there);
        log.All.ShouldBeEmpty();
    }

    /// <summary>The process stands still after it has read one of the clocks, before it reads the other.</summary>
    sealed class StoppedBetweenLooks(ManualClock elapsed) : TimeProvider
    {
        public TimeSpan Stops { get; set; }

        public override long TimestampFrequency => elapsed.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => elapsed.GetUtcNow();

        public override long GetTimestamp()
        {
            var now = elapsed.GetTimestamp();
            elapsed.Advance(Stops);
            return now;
        }
    }

    sealed class Lines : ILogger<SteadyClock>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
