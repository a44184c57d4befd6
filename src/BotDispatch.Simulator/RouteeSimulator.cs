using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Endpoints;

namespace BotDispatch.Simulator;

/// <summary>A pretend Routee with phones. Its requests, calls and deliveries can be inspected, steered and reset here.</summary>
public sealed class RouteeSimulator
{
    const int SnapshotsKept = 1000;

    readonly Exchange exchange;
    readonly TokenIssuer tokens;
    readonly RequestGate gate;

    internal RouteeSimulator(Exchange exchange, TokenIssuer tokens, RequestGate gate)
    {
        (this.exchange, this.tokens, this.gate) = (exchange, tokens, gate);
        exchange.PhoneChanged = phone => Changed?.Invoke(phone.Snapshot);
    }

    /// <summary>Raised when a phone changes. The simulator waits for the handlers, so they must be quick.</summary>
    public event Action<PhoneSnapshot>? Changed;

    /// <summary>Every phone that a call or a test has named.</summary>
    public IReadOnlyList<PhoneSnapshot> Phones => [.. exchange.Phones.All.Select(phone => phone.Snapshot)];

    /// <summary>The assumed answers to questions that Routee's documentation leaves open.</summary>
    public SimulatorSwitches Switches { get => exchange.Switches; set => exchange.Switches = value; }

    /// <summary>The disorder on the network.</summary>
    public DisorderSwitches Disorder { get => exchange.Disorder; set => exchange.Disorder = value; }

    /// <summary>The account has no balance: calls do not start, and calls in progress are cut as Terminated.</summary>
    public bool OutOfBalance { get => exchange.OutOfBalance; set => exchange.OutOfBalance = value; }

    /// <summary>Every credential is answered with 401.</summary>
    public bool RefuseCredentials { get => tokens.RefuseCredentials; set => tokens.RefuseCredentials = value; }

    /// <summary>Every request is answered with 503.</summary>
    public bool Unreachable { get => gate.Unreachable; set => gate.Unreachable = value; }

    /// <summary>Requests for tokens wait until this is false again.</summary>
    public bool HoldTokens { get => gate.Tokens.IsOn; set => gate.Tokens.IsOn = value; }

    /// <summary>
    /// Orders wait until this is false again. Then each is handled as if it had just arrived, unless its client has hung up.
    /// </summary>
    public bool HoldOrders { get => gate.Orders.IsOn; set => gate.Orders.IsOn = value; }

    /// <summary>Requests for tracking wait until this is false again.</summary>
    public bool HoldRecords { get => gate.Records.IsOn; set => gate.Records.IsOn = value; }

    /// <summary>Tracking is answered with 503.</summary>
    public bool RecordsUnavailable { get => gate.RecordsUnavailable; set => gate.RecordsUnavailable = value; }

    /// <summary>Orders are answered with 500, and no call is placed.</summary>
    public bool OrdersFail { get => gate.OrdersFail; set => gate.OrdersFail = value; }

    /// <summary>When the next planned thing happens; null if nothing is planned.</summary>
    public DateTimeOffset? NextDue => exchange.Timeline.NextDue;

    /// <summary>The newest requests, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => gate.Requests.Items;

    /// <summary>The newest attempts to deliver a callback, oldest first.</summary>
    public IReadOnlyList<RecordedDelivery> Deliveries => exchange.Courier.Deliveries.Items;

    /// <summary>The newest calls, oldest first.</summary>
    public IReadOnlyList<CallSnapshot> Calls =>
        exchange.Timeline.Do<IReadOnlyList<CallSnapshot>>(() => [.. exchange.Calls.All.Select(call => call.Snapshot())]);

    /// <summary>Returns the phone with that number, and creates it on first use.</summary>
    public Phone Phone(string number) => exchange.Phones.Get(number);

    /// <summary>Does everything that is due by now, in order, and waits for its deliveries. A receiver must not call this.</summary>
    public Task RunDueAsync(CancellationToken ct = default) => exchange.Timeline.RunDueAsync(ct);

    /// <summary>Makes every token issued so far invalid.</summary>
    public void RevokeTokens() => tokens.Revoke();

    /// <summary>Forgets calls, tokens, history and scripts, and sets all switches back to their values at the start.</summary>
    public void Reset()
    {
        exchange.Clear();
        tokens.Revoke();
        gate.Requests.Clear();
        (Switches, Disorder) = (new(), new());
        (RefuseCredentials, Unreachable, RecordsUnavailable, OrdersFail) = (false, false, false, false);
        (HoldTokens, HoldOrders, HoldRecords) = (false, false, false);
    }

    /// <summary>Returns every phone as it is, then each change. A slow reader misses the oldest changes.</summary>
    public async IAsyncEnumerable<PhoneSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        var changes = Channel.CreateBounded<PhoneSnapshot>(
            new BoundedChannelOptions(SnapshotsKept) { FullMode = BoundedChannelFullMode.DropOldest });
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
