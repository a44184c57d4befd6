using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tickets;
using BotDispatch.Tickets.Redmine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Tickets;

public sealed class TicketSystemsWatchTests : IDisposable
{
    readonly ManualClock clock = new();
    readonly LogRecorder log = new();
    readonly Asked system = new();
    readonly ILoggerFactory logging;
    readonly TicketSystemsWatch watch;

    public TicketSystemsWatchTests()
    {
        logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        watch = new(new TicketSystems([() => system, () => null], clock), clock, logging.CreateLogger<TicketSystemsWatch>());
    }

    public void Dispose()
    {
        watch.Dispose();
        logging.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task A_refused_credential_is_named_in_the_log_in_readiness_and_to_users_until_it_is_accepted()
    {
        watch.Lines().ShouldBe(["Redmine: not asked yet"]);
        system.Says = new SystemCheck.Refused("Tickets:Redmine:ApiKey is not accepted by Redmine.");
        await watch.CheckAsync(default);
        await watch.CheckAsync(default);
        watch.Lines().ShouldBe(["Redmine: Tickets:Redmine:ApiKey is not accepted by Redmine."]);
        watch.Notices().ShouldHaveSingleItem().ShouldStartWith("Redmine does not accept BotDispatch");
        (log.Count(361), log.Count(360)).ShouldBe((1, 0));
        system.Says = new SystemCheck.Known("botdispatch");
        await watch.CheckAsync(default);
        (watch.Lines(), watch.Notices()).ShouldSatisfyAllConditions(both => both.Item1.ShouldBe(["Redmine: can be asked"]), both => both.Item2.ShouldBeEmpty());
        log.Count(360).ShouldBe(1);
    }

    [Fact]
    public async Task A_system_that_is_down_is_no_notice_for_users()
    {
        system.Says = new SystemCheck.Unreachable("the connection is refused");
        await watch.CheckAsync(default);
        watch.Lines().ShouldBe(["Redmine: could not be asked, the connection is refused"]);
        watch.Notices().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_system_that_never_answers_does_not_hold_the_check_up()
    {
        system.Hangs = true;
        var checking = watch.CheckAsync(default);
        clock.Advance(TimeSpan.FromSeconds(20));
        await checking;
        watch.Lines().ShouldBe(["Redmine: could not be asked, no answer in time"]);
    }

    [Fact]
    public async Task A_right_that_is_missing_for_what_is_switched_on_is_in_the_log_once_and_in_the_check_and_stops_no_start()
    {
        await using var server = await StandIn.StartAsync(clock);
        server.Answer("/users/current.json", """{"user":{"id":5,"login":"bot"}}""");
        server.Answer("/users/current.json?include=memberships", """{"user":{"id":5,"memberships":[]}}""");
        var redmine = new RedmineSystem(new() { BaseAddress = server.Address, ApiKey = "k", WriteNotes = true }, server.Clients);
        var systems = new TicketSystems([() => redmine], clock);
        await using var services = new ServiceCollection().AddSingleton(systems).AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        var (refused, notices) = await TicketSystemsWatch.AskAllAsync(services);
        refused.ShouldBeEmpty();
        notices.ShouldHaveSingleItem().ShouldStartWith("Tickets:Redmine:WriteNotes may have no effect in any project");
        using var asking = new TicketSystemsWatch(systems, clock, logging.CreateLogger<TicketSystemsWatch>());
        await asking.CheckAsync(default);
        await asking.CheckAsync(default);
        (log.Count(365), log.Count(360)).ShouldBe((1, 1));
    }

    sealed class Asked : ITicketSystem
    {
        public SystemCheck Says { get; set; } = new SystemCheck.Known("x");

        public bool Hangs { get; set; }

        public string Name => "Redmine";

        public string Host => "localhost";

        public string? ReferenceIn(string text) => null;

        public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct) => Task.FromResult<IReadOnlyList<Ticket>?>([]);

        public async Task<SystemCheck> CheckAsync(CancellationToken ct)
        {
            if (Hangs)
                await new TaskCompletionSource().Task.WaitAsync(ct);
            return Says;
        }
    }
}
