using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Endpoints;

namespace BotDispatch.Simulator;

/// <summary>A pretend Routee with phones: everything it was asked, did and sent can be seen, steered and reset from here.</summary>
public sealed class RouteeSimulator
{
    const int SnapshotsKept = 1000;

    readonly Exchange exchange;
    readonly TokenOffice tokens;
    readonly FrontDesk desk;

    internal RouteeSimulator(Exchange exchange, TokenOffice tokens, FrontDesk desk)
    {
        (this.exchange, this.tokens, this.desk) = (exchange, tokens, desk);
        exchange.PhoneChanged = phone => Changed?.Invoke(phone.Snapshot);
    }

    /// <summary>A phone did something. Handlers hold the simulator up, so they must be quick.</summary>
    public event Action<PhoneSnapshot>? Changed;

    /// <summary>Every phone that was ever named.</summary>
    public IReadOnlyList<PhoneSnapshot> Phones => [.. exchange.Phones.All.Select(phone => phone.Snapshot)];

    /// <summary>The answers to what Routee does not document.</summary>
    public SimulatorSwitches Switches { get => exchange.Switches; set => exchange.Switches = value; }

    /// <summary>The disorder on the wire.</summary>
    public DisorderSwitches Disorder { get => exchange.Disorder; set => exchange.Disorder = value; }

    /// <summary>There is no money: calls do not start, and those in progress are cut as Terminated.</summary>
    public bool OutOfBalance { get => exchange.OutOfBalance; set => exchange.OutOfBalance = value; }

    /// <summary>Credentials are answered with 401.</summary>
    public bool RefuseCredentials { get => tokens.RefuseCredentials; set => tokens.RefuseCredentials = value; }

    /// <summary>Everything is answered with 503.</summary>
    public bool Unreachable { get => desk.Unreachable; set => desk.Unreachable = value; }

    /// <summary>Requests for tokens wait until this is false again.</summary>
    public bool HoldTokens { get => desk.Tokens.IsOn; set => desk.Tokens.IsOn = value; }

    /// <summary>Orders wait until this is false again; then they are taken as if they had come just now, unless whoever sent them has hung up.</summary>
    public bool HoldOrders { get => desk.Orders.IsOn; set => desk.Orders.IsOn = value; }

    /// <summary>Requests for tracking wait until this is false again.</summary>
    public bool HoldRecords { get => desk.Records.IsOn; set => desk.Records.IsOn = value; }

    /// <summary>Tracking is answered with 503.</summary>
    public bool RecordsUnavailable { get => desk.RecordsUnavailable; set => desk.RecordsUnavailable = value; }

    /// <summary>Orders are answered with 500, and no call is placed.</summary>
    public bool OrdersFail { get => desk.OrdersFail; set => desk.OrdersFail = value; }

    /// <summary>When something happens next.</summary>
    public DateTimeOffset? NextDue => exchange.Timeline.NextDue;

    /// <summary>The newest requests received, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => desk.Requests.Items;

    /// <summary>The newest tries to deliver a callback, oldest first.</summary>
    public IReadOnlyList<RecordedDelivery> Deliveries => exchange.Courier.Deliveries.Items;

    /// <summary>The newest calls, oldest first.</summary>
    public IReadOnlyList<CallSnapshot> Calls =>
        exchange.Timeline.Do<IReadOnlyList<CallSnapshot>>(() => [.. exchange.Calls.All.Select(call => call.Snapshot())]);

    /// <summary>The phone of that number, made on first use.</summary>
    public Phone Phone(string number) => exchange.Phones.Get(number);

    /// <summary>Does everything due by now, in order, and waits for what it sent. Not to be called from inside a receiver.</summary>
    public Task RunDueAsync(CancellationToken ct = default) => exchange.Timeline.RunDueAsync(ct);

    /// <summary>Makes every token handed out so far invalid.</summary>
    public void RevokeTokens() => tokens.Revoke();

    /// <summary>Forgets calls, tokens, history and scripts, and sets all switches to what they were at the start of the product.</summary>
    public void Reset()
    {
        exchange.Clear();
        tokens.Revoke();
        desk.Requests.Clear();
        (Switches, Disorder) = (new(), new());
        (RefuseCredentials, Unreachable, RecordsUnavailable, OrdersFail) = (false, false, false, false);
        (HoldTokens, HoldOrders, HoldRecords) = (false, false, false);
    }

    /// <summary>All phones as they are, then each change; a reader too slow misses the oldest.</summary>
    public async IAsyncEnumerable<PhoneSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        var changes = Channel.CreateBounded<PhoneSnapshot>(new BoundedChannelOptions(SnapshotsKept) { FullMode = BoundedChannelFullMode.DropOldest });
        void Write(PhoneSnapshot snapshot) => changes.Writer.TryWrite(snapshot);
        Changed += Write;
        using var stop = ct.Register(() => changes.Writer.TryComplete());
        try
        {
            foreach (var phone in Phones) yield return phone;
            await foreach (var change in changes.Reader.ReadAllAsync(CancellationToken.None)) yield return change;
        }
        finally { Changed -= Write; }
    }
}
