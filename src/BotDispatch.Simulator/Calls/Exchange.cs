using BotDispatch.Simulator.Delivery;
using BotDispatch.Simulator.Time;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>The telephone exchange: the state that all calls share.</summary>
internal sealed class Exchange
{
    readonly HashSet<CallFlow> live = [];
    bool outOfBalance;

    public Exchange(SimulatorOptions options, Timeline timeline, Courier courier)
    {
        (Options, Timeline, Courier) = (options, timeline, courier);
        (Switches, Disorder) = (options.Switches, options.Disorder);
        Calls = new CallBook(options.HistorySize);
        Phones = new PhoneBook(this);
        Webhooks = new StatusWebhooks(this);
        Plans = new PlanRequests(this);
        Audio = new AudioLengths(options, courier, MayCall);
    }

    public SimulatorOptions Options { get; }
    public Timeline Timeline { get; }
    public Courier Courier { get; }
    public SimulatorSwitches Switches { get; set; }
    public DisorderSwitches Disorder { get; set; }
    public CallBook Calls { get; }
    public PhoneBook Phones { get; }
    public StatusWebhooks Webhooks { get; }
    public PlanRequests Plans { get; }
    public AudioLengths Audio { get; }
    public Writing Writing => new(Switches, Disorder);
    public Action<Phone> PhoneChanged { get; set; } = _ => { };

    /// <summary>The account has no balance: no call starts, and calls in progress are cut.</summary>
    public bool OutOfBalance
    {
        get => outOfBalance;
        set => Timeline.Do(() =>
        {
            outOfBalance = value;
            if (!value) return;
            foreach (var flow in live.Where(flow => flow.Call.Status == Status.InProgress).ToList())
                flow.Finish(Status.Terminated);
        });
    }

    public bool MayCall(Uri url) => Options.AllowedCallbackHosts.Contains(url.Host);

    /// <summary>Places a call. The work in <c>BeforeAnswer</c>, if there is any, must be done before the order is answered.</summary>
    public (Call Call, Func<DateTimeOffset, Task>? BeforeAnswer) Place(Order order) => Timeline.Do(() =>
    {
        var call = new Call(order, Timeline.Now);
        var flow = new CallFlow(this, call, Phones.Get(order.To));
        call.Flow = flow;
        Calls.Add(call);
        live.Add(flow);
        return (call, flow.Place());
    });

    public void Forget(CallFlow flow) => live.Remove(flow);

    public void Clear() => Timeline.Do(() =>
    {
        foreach (var flow in live.ToList()) flow.Abandon();
        live.Clear();
        outOfBalance = false;
        Timeline.Clear();
        Calls.Clear();
        Phones.Clear();
        Courier.Deliveries.Clear();
    });
}
