using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Storage;

/// <summary>A pass and a hint read the same ticket at once: what was read last counts.</summary>
public class TicketReadingsTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_hint_while_a_pass_reads_the_text_leaves_the_newer_text(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var tickets = new SlowTickets();
        using var watch = WatchOf(ground, tickets);
        var text = tickets.HoldText = new();
        var pass = watch.LookAsync(default);
        await text.Asked.Task;

        tickets.Version = "3";
        var hint = watch.LookAtAsync("Redmine", await watch.FindWatchedAsync("Redmine", ["INC-1"], default), default);
        tickets.TextsAtOnce.ShouldBe(1);
        text.Answer.SetResult();
        await Task.WhenAll(pass, hint);

        (await ground.Node.StateAsync(Some.Id("INC-1"))).Plan.Ticket.Title.ShouldBe("text 3");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_reading_that_began_before_one_that_was_compared_is_dropped(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var tickets = new SlowTickets();
        using var watch = WatchOf(ground, tickets);
        var reading = tickets.HoldReading = new();
        var pass = watch.LookAsync(default);
        await reading.Asked.Task;

        tickets.Version = "3";
        await watch.LookAtAsync("Redmine", await watch.FindWatchedAsync("Redmine", ["INC-1"], default), default);
        reading.Answer.SetResult();
        await pass;

        tickets.Texts.ShouldBe(1);
        await watch.LookAsync(default);
        tickets.Texts.ShouldBe(1, "the newest version is known");
        (await ground.Node.StateAsync(Some.Id("INC-1"))).Plan.Ticket.Title.ShouldBe("text 3");
    }

    static TicketWatch WatchOf(Ground ground, ITicketUpdates tickets) => new(
        ground.Node.Engine, ground.Node.Get<TicketStore>(), tickets, ground.Node.Get<Database>(), NullLogger<TicketWatch>.Instance, ground.Clock, ground.Clock);

    sealed class Hold
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Answer { get; } = new();
    }

    /// <summary>One ticket, whose text says its version. A question may be held after its answer is known.</summary>
    sealed class SlowTickets : ITicketUpdates
    {
        int asking;

        public string Version { get; set; } = "2";

        public Hold? HoldReading { get; set; }

        public Hold? HoldText { get; set; }

        public int Texts { get; private set; }

        public int TextsAtOnce { get; private set; }

        public bool Watches => true;

        public TicketHandling? HandlingOf(Ticket ticket) => new("Redmine", false, "", false, true, 100);

        public async Task<IReadOnlyDictionary<string, TicketReading>> ReadAsync(string system, IReadOnlyList<string> references, CancellationToken ct)
        {
            var (hold, version) = (HoldReading, Version);
            HoldReading = null;
            await WaitAsync(hold);
            return references.ToDictionary(each => each, _ => (TicketReading)new TicketReading.Standing("New", false, null, null, null, null, version));
        }

        public async Task<FoundTicket> FindAsync(string system, string reference, CancellationToken ct)
        {
            Texts++;
            TextsAtOnce = Math.Max(TextsAtOnce, Interlocked.Increment(ref asking));
            var (hold, text) = (HoldText, $"text {Version}");
            HoldText = null;
            await WaitAsync(hold);
            Interlocked.Decrement(ref asking);
            return new FoundTicket.Found(new(reference, text));
        }

        public Task<string?> FindWhoClosedAsync(string system, string reference, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool?> HasNoteAsync(string system, string reference, string mark, CancellationToken ct) => throw new NotSupportedException();

        public Task<TicketWritten> WriteNoteAsync(string system, string reference, string text, string mark, CancellationToken ct) => throw new NotSupportedException();

        public Task<TicketWritten> SetStatusAsync(string system, string reference, string status, CancellationToken ct) => throw new NotSupportedException();

        public Task<TicketWritten> AssignAsync(string system, string reference, TicketAssignee who, CancellationToken ct) => throw new NotSupportedException();

        static async Task WaitAsync(Hold? hold)
        {
            hold?.Asked.SetResult();
            await (hold?.Answer.Task ?? Task.CompletedTask);
        }
    }
}
