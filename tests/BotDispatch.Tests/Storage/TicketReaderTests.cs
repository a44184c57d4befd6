using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Storage;

/// <summary>Several nodes on one database ask a ticket system as often as one does.</summary>
public class TicketReaderTests
{
    [Theory, OnPostgreSql]
    public async Task One_of_two_nodes_reads_the_tickets_of_a_system_and_the_other_takes_over_when_it_dies(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var (first, second) = (new CountedTickets(), new CountedTickets());
        using var one = WatchOf(ground, ground.Node, first);
        using var other = WatchOf(ground, ground.NewNode(), second);
        for (var looks = 0; looks < 20; looks++)
        {
            await one.LookAsync(default);
            await other.LookAsync(default);
            ground.Clock.Advance(TicketWatch.WhileOpen);
        }
        (first.Asked, second.Asked).ShouldBe((20, 0));
        // The first one dies. Nobody reads until its time has passed.
        await other.LookAsync(default);
        second.Asked.ShouldBe(0);
        ground.Clock.Advance(TimeSpan.FromSeconds(30));
        await other.LookAsync(default);
        second.Asked.ShouldBe(1);
        // It wakes up, and finds that somebody else reads.
        await one.LookAsync(default);
        (first.Asked, second.Asked).ShouldBe((20, 1));
    }

    static TicketWatch WatchOf(Ground ground, Node node, ITicketUpdates tickets) => new(
        node.Engine, node.Get<TicketStore>(), tickets, node.Get<Database>(), NullLogger<TicketWatch>.Instance, ground.Clock, ground.Clock);

    sealed class CountedTickets : ITicketUpdates
    {
        public int Asked { get; private set; }

        public bool Watches => true;

        public TicketHandling? HandlingOf(Ticket ticket) => new("Redmine", false, "", false, true, 100);

        public Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(string system, IReadOnlyList<string> references, CancellationToken ct)
        {
            Asked++;
            return Task.FromResult<IReadOnlyDictionary<string, TicketReading>>(new Dictionary<string, TicketReading>());
        }

        public Task<FoundTicket> FindAsync(string system, string reference, CancellationToken ct) => throw new NotSupportedException();

        public Task<string?> FindWhoClosedAsync(string system, string reference, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool?> HasNoteAsync(string system, string reference, string mark, CancellationToken ct) => throw new NotSupportedException();

        public Task<TicketWritten> WriteNoteAsync(string system, string reference, string text, string mark, CancellationToken ct) => throw new NotSupportedException();

        public Task<TicketWritten> SetStatusAsync(string system, string reference, string status, CancellationToken ct) => throw new NotSupportedException();

        public Task<TicketWritten> AssignAsync(string system, string reference, TicketAssignee who, CancellationToken ct) => throw new NotSupportedException();
    }
}
