using BotDispatch.Core;
using BotDispatch.Storage;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Tests.Storage;

public class RoundTripTests
{
    public const string Hostile = "Ω🔥 שלום '; DROP TABLE dispatches; -- \" \\ $1 @id :x ?1 {0} <script> %s \u0000 \u2028 \r\n\t";

    static readonly AttemptId Call = Some.Call(Some.Id("a"), 1, 2);
    static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, 123, TimeSpan.Zero);

    static readonly DispatchEvent[] Everything =
    [
        new Started(Some.Plan("A-1", "ann", "bob"), Noon),
        new CallWanted(Call),
        new CallBegun(Call, 2, 1, Noon, Noon.AddTicks(1), PretendPhone.Length),
        new DispatchEvent.CallPlaced(Call, Hostile),
        new DispatchEvent.CallUnsure(Call, Noon),
        new CallWithdrawn(Call),
        new LookupBegan(Call, Noon, Noon.AddTicks(1)),
        new RecordsRead(Call, Noon),
        new RecordsMissed(Call, Noon),
        new RecordsAwaited(Call, Noon, Noon.AddTicks(1)),
        new LegMoved(Call, new LegReport(LegStatus.Completed, "m", "t", AnsweredBy.Machine, TimeSpan.FromSeconds(12.5), 0.0123m), Noon),
        new KeyRecorded(Call, Key.Reject, "*92", AfterCall: true, Noon),
        new SettlingBegan(Call, Noon, Noon),
        new AttemptEnded(Call, CallOutcome.NoAnswer, Evidence.HungUpEarly),
        new DispatchEvent.LegInformed(Call, Noon),
        new DispatchEvent.LegCut(Call, Noon),
        new RetryPauseBegan(1, Noon),
        new RoundEnded(1, Noon),
        new PassedOver(1, PassedOverReason.HasAccepted, null),
        new PersonAwaited(Noon),
        new PersonFreed(1),
        new LineWentDown(LineDownReason.NoBalance, 2, Noon),
        new LineRestored(),
        new Skipped(1, Some.Dana),
        new Accepted(Call, Noon, Noon),
        new Taken(Some.Dana with { Name = Hostile }, new EmployeeId("ann"), -1, Noon, Noon),
        new Cancelled(Some.Dana, Noon),
        new Exhausted(ExhaustedBecause.TimeIsUp, Noon),
        new ListEnded(0, ExhaustedBecause.RoundsAreOver, Noon, Noon.AddHours(2)),
        new CalledOff(Hostile, Noon),
        new JobEnded(Hostile, Noon),
        new TicketChanged(new(Hostile, Hostile), new(Hostile, "b", Hostile, Hostile, Hostile, Hostile), Hostile, Noon),
        new TicketReported("a", Hostile),
        new MarkedDone(Some.Dana, Noon),
        new MirrorAdded(Some.Mirror("yard", "teams") with { Name = Hostile, IsByRule = true }, AtStart: true),
        new ThreadGivenUp(1, GivenUpBecause.NotAMember, Hostile),
    ];

    [Fact]
    public void Every_event_comes_back_as_it_was()
    {
        Everything.Select(happened => happened.GetType()).ShouldBe(typeof(DispatchEvent).GetNestedTypes(), ignoreOrder: true);
        foreach (var happened in Everything)
        {
            var back = StoredJson.ReadEvent(StoredAs.Json(happened));
            if (happened is Started started)
                (back.ShouldBeOfType<Started>().Plan.Roster.AsEnumerable(), back.ShouldBeOfType<Started>().GiveUpAt).ShouldSatisfyAllConditions(
                    got => got.Item1.ShouldBe(started.Plan.Roster), got => got.GiveUpAt.ShouldBe(started.GiveUpAt));
            else
                back.ShouldBe(happened);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Hostile_text_comes_back_as_it_was(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1") with
        {
            Ticket = new(Hostile, Hostile, new string('Ж', 100_000), Hostile, Hostile, Hostile, IsFreeText: true),
            Note = Hostile,
            Roster = [new(new EmployeeId(Hostile), Hostile, "+30691", "en-GB")],
            AskedBy = new("test", Hostile, Hostile),
            Channel = new(PretendChat.Platform, Hostile),
        };
        Some.Decided(await ground.Node.StartAsync(plan)).ShouldBeTrue();
        await ground.Node.SettleAsync();

        var back = (await ground.Node.StateAsync(plan.Id)).Plan;
        back.Roster.AsEnumerable().ShouldBe(plan.Roster);
        (back with { Roster = [] }).ShouldBe(plan with { Roster = [] });
        (await ground.Node.Engine.FindOpenByTicketAsync(" " + Hostile.ToUpperInvariant(), default)).ShouldNotBeNull().Plan.Id.ShouldBe(plan.Id);
        (await ground.Node.StartAsync(plan with { Id = Some.Id("other") })).ShouldBeOfType<Dispatching.Applied.TicketIsOpen>();
        ground.Chat.Cards.AsEnumerable().ShouldBe([plan.Id]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_ticket_may_be_as_long_as_somebody_types(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var letters = new Random(1);
        string Typed() => string.Concat(Enumerable.Range(0, 12_000).Select(_ => (char)letters.Next(0x4E00, 0x9FFF)));
        var (one, other) = (Some.Plan("A-1") with { Ticket = new(Typed(), "long") }, Some.Plan("A-2") with { Ticket = new(Typed(), "longer") });
        Some.Decided(await ground.Node.StartAsync(one)).ShouldBeTrue();
        Some.Decided(await ground.Node.StartAsync(other)).ShouldBeTrue();
        (await ground.Node.StartAsync(one with { Id = Some.Id("again") })).ShouldBeOfType<Dispatching.Applied.TicketIsOpen>().Other.Plan.Id.ShouldBe(one.Id);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Half_a_character_does_no_harm(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("A-1") with { Ticket = new("cut \ud83d", "cut \ud83d"), AskedBy = new("test", "cut \ud83d", "Dana"), Channel = new(PretendChat.Platform, "cut \ud83d") };
        Some.Decided(await ground.Node.StartAsync(plan)).ShouldBeTrue();
        (await ground.Node.StateAsync(plan.Id)).Plan.Ticket.Title.ShouldStartWith("cut ");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_long_history_comes_back_as_it_was(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, id) = (ground.Node, await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob")));
        var first = Some.Call(id);
        await node.ApplyAsync(id, Some.Leg(first, LegStatus.InProgress));
        await node.ApplyAsync(id, new DispatchInput.KeysPressed(first, "92"));
        await node.ApplyAsync(id, new DispatchInput.LegProgressed(first, new(LegStatus.Completed, Duration: TimeSpan.FromSeconds(7.25), Price: 0.0425m)));
        await node.SettleAsync();
        var second = Some.Call(id, 1);
        await node.ApplyAsync(id, Some.Leg(second, LegStatus.InProgress));
        var said = (await node.ApplyAsync(id, new DispatchInput.KeysPressed(second, "1"))).ShouldBeOfType<Dispatching.Applied.Decided>().Decision.State;

        var stored = await node.StateAsync(id);
        stored.Legs.AsEnumerable().ShouldBe(said.Legs);
        stored.Callees.AsEnumerable().ShouldBe(said.Callees);
        stored.Phase.ShouldBe(said.Phase);
        (stored with { Legs = [], Callees = [], Plan = said.Plan }).ShouldBe(said with { Legs = [], Callees = [] });
        await Truth.HoldsAsync(ground);
    }
}
