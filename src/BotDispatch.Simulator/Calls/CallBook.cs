namespace BotDispatch.Simulator.Calls;

/// <summary>Finds calls by either id or by recipient without a scan, and keeps only the newest.</summary>
internal sealed class CallBook
{
    readonly RingBuffer<Call> calls;
    readonly Dictionary<string, Call> byTracking = [], byMessage = [];
    readonly Dictionary<string, List<Call>> byRecipient = [];

    public CallBook(int size) => calls = new RingBuffer<Call>(size, Forget);

    public IReadOnlyList<Call> All => calls.Items;

    public void Add(Call call)
    {
        byTracking[call.TrackingId] = call;
        byMessage[call.MessageId] = call;
        (byRecipient.TryGetValue(Digits(call.Order.To), out var same) ? same : byRecipient[Digits(call.Order.To)] = []).Add(call);
        calls.Add(call);
    }

    public Call? ByTracking(string trackingId) => byTracking.GetValueOrDefault(trackingId);

    public Call? ByMessage(string messageId) => byMessage.GetValueOrDefault(messageId);

    public IReadOnlyList<Call> To(string recipient) => byRecipient.TryGetValue(Digits(recipient), out var same) ? same : [];

    public void Clear()
    {
        calls.Clear();
        byTracking.Clear();
        byMessage.Clear();
        byRecipient.Clear();
    }

    static string Digits(string number) => number.TrimStart('+');

    void Forget(Call call)
    {
        byTracking.Remove(call.TrackingId);
        byMessage.Remove(call.MessageId);
        var key = Digits(call.Order.To);
        byRecipient[key].Remove(call);
        if (byRecipient[key].Count == 0) byRecipient.Remove(key);
    }
}
