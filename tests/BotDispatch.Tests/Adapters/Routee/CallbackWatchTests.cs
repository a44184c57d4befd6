using BotDispatch.Core;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class CallbackWatchTests : IDisposable
{
    static readonly DispatchId Id = new("abcdefgh");

    readonly LogRecorder logged = new();
    readonly CallbackWatch watch;

    public CallbackWatchTests() => watch = new(
        Options.Create(new RouteeOptions { PublicBaseAddress = new("https://bot.example.com/desk/") }),
        LoggerFactory.Create(logging => logging.AddProvider(logged)).CreateLogger<CallbackWatch>());

    [Fact]
    public void A_call_whose_end_only_the_records_tell_is_said_once_with_the_address_and_taken_back_when_callbacks_come()
    {
        for (var number = 1; number <= 3; number++)
        {
            watch.Ordered(Call(number));
            watch.EndedInRecords(Call(number));
        }
        logged.Count(430).ShouldBe(1);
        watch.Notices().ShouldHaveSingleItem().ShouldContain("do not arrive at https://bot.example.com/desk/routee/");

        watch.Ordered(Call(4));
        watch.Arrived(Call(4));
        watch.EndedInRecords(Call(4));
        logged.Count(431).ShouldBe(1);
        watch.Notices().ShouldBeEmpty();
        logged.Count(430).ShouldBe(1);
    }

    [Fact]
    public void A_call_that_another_process_ordered_says_nothing_of_the_way_to_this_one()
    {
        watch.EndedInRecords(Call(1));
        watch.Notices().ShouldBeEmpty();
    }

    [Fact]
    public void However_many_calls_are_ordered_only_the_newest_are_remembered()
    {
        for (var number = 1; number <= 1001; number++)
            watch.Ordered(Call(number));
        watch.EndedInRecords(Call(1));
        watch.Notices().ShouldBeEmpty();
        watch.EndedInRecords(Call(1001));
        watch.Notices().ShouldNotBeEmpty();
    }

    public void Dispose() => logged.Dispose();

    static AttemptId Call(int number) => new(Id, 0, number);
}
