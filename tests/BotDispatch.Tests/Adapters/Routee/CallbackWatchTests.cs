using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tests.Storage;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class CallbackWatchTests : IDisposable
{
    static readonly DispatchId Id = new("abcdefgh");

    readonly LogRecorder logged = new();
    readonly CallbackWatch watch;

    public CallbackWatchTests() => watch = Watch(EngineOnFile.Make(new ManualClock()), logged);

    [Fact]
    public async Task A_call_whose_end_only_the_records_tell_is_said_once_with_the_address_and_taken_back_when_callbacks_come()
    {
        for (var number = 1; number <= 3; number++)
        {
            watch.Ordered(Call(number));
            await watch.EndedInRecordsAsync(Call(number), default);
        }
        logged.Count(430).ShouldBe(1);
        watch.Notices().ShouldHaveSingleItem().ShouldContain("do not arrive at https://bot.example.com/desk/routee/");

        watch.Ordered(Call(4));
        watch.Arrived(Call(4));
        await watch.EndedInRecordsAsync(Call(4), default);
        logged.Count(431).ShouldBe(1);
        watch.Notices().ShouldBeEmpty();
        logged.Count(430).ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_another_process_ordered_says_nothing_of_the_way_to_this_one()
    {
        await watch.EndedInRecordsAsync(Call(1), default);
        watch.Notices().ShouldBeEmpty();
    }

    [Fact]
    public async Task However_many_calls_are_ordered_only_the_newest_are_remembered()
    {
        for (var number = 1; number <= 1001; number++)
            watch.Ordered(Call(number));
        await watch.EndedInRecordsAsync(Call(1), default);
        watch.Notices().ShouldBeEmpty();
        await watch.EndedInRecordsAsync(Call(1001), default);
        watch.Notices().ShouldNotBeEmpty();
    }

    [Theory, OnPostgreSql]
    public async Task Callbacks_that_reach_another_node_are_not_missing(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (here, there) = (Watch(ground.Node.Engine, logged), Watch(ground.NewNode().Engine, logged));
        here.Ordered(Call(1));
        here.Ordered(Call(2));
        there.Arrived(Call(1));
        // Stored with nobody waiting for it.
        await CallbackBench.UntilAsync(() => ground.CountAsync("seen").Result == 1);
        await here.EndedInRecordsAsync(Call(1), default);
        logged.Count(430).ShouldBe(0);
        here.Notices().ShouldBeEmpty();

        await here.EndedInRecordsAsync(Call(2), default);
        logged.Count(430).ShouldBe(1, "of this one nobody was told");
        here.Ordered(Call(3));
        there.Arrived(Call(3));
        await CallbackBench.UntilAsync(() => ground.CountAsync("seen").Result == 2);
        await here.EndedInRecordsAsync(Call(3), default);
        logged.Count(431).ShouldBe(1, "they arrive again, there");
        here.Notices().ShouldBeEmpty();
    }

    [Theory, OnPostgreSql]
    public async Task A_callback_costs_the_database_a_row_only_where_another_node_ordered_the_call_and_only_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (here, there) = (Watch(ground.Node.Engine, logged), Watch(ground.NewNode().Engine, logged));
        here.Ordered(Call(1));
        for (var time = 0; time < 5; time++)
            here.Arrived(Call(1));
        for (var time = 0; time < 5; time++)
            there.Arrived(Call(2));
        await CallbackBench.UntilAsync(() => ground.CountAsync("seen").Result > 0);
        (await ground.ReadAsync<string>("SELECT delivery FROM seen")).ShouldBe([$"callback:{Call(2)}"]);
    }

    [Theory, OnPostgreSql]
    public async Task While_the_database_is_away_nothing_is_said_of_callbacks(On on)
    {
        var ground = await Ground.ReadyAsync(on);
        var here = Watch(ground.Node.Engine, logged);
        here.Ordered(Call(1));
        await ground.DisposeAsync();
        await here.EndedInRecordsAsync(Call(1), default);
        here.Notices().ShouldBeEmpty();
    }

    public void Dispose() => logged.Dispose();

    static CallbackWatch Watch(DispatchEngine engine, LogRecorder logged) => new(
        engine,
        Options.Create(new RouteeOptions { PublicBaseAddress = new("https://bot.example.com/desk/") }),
        LoggerFactory.Create(logging => logging.AddProvider(logged)).CreateLogger<CallbackWatch>());

    static AttemptId Call(int number) => new(Id, 0, number);
}
