namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Takes every delivery once: one that is sent again while it is remembered gets the answer of the first, or waits for it. One that came to nothing
/// is forgotten, so that the next try does it; so is a dialog that stays open over its errors, for sending it again is a new wish with the same name.
/// </summary>
/// <remarks>The last regular retry of an event comes after about six minutes: https://docs.slack.dev/apis/events-api</remarks>
internal sealed class Deliveries(TakeDelivery take, TimeProvider clock)
{
    /// <summary>How long a delivery is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    /// <summary>How many are; beyond them the oldest is forgotten.</summary>
    public const int Most = 20_000;

    readonly Lock gate = new();
    readonly Dictionary<string, Taking> known = [];
    readonly Queue<Taking> inOrder = [];

    /// <summary>A <see cref="TakeDelivery"/>. Who gives up waiting ends nothing: somebody else may wait for the same.</summary>
    public Task<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken ct) =>
        // Asked with every letter typed, and worth nothing afterwards.
        delivery is SlackDelivery.Suggestion ? take(delivery, ct) : Remember(delivery).WaitAsync(ct);

    Task<SlackReply> Remember(SlackDelivery delivery)
    {
        Taking taking;
        lock (gate)
        {
            if (known.TryGetValue(delivery.Id, out var before) && !IsOver(before))
                return before.Answer.Task;
            MakeRoom();
            taking = new(delivery.Id, clock.GetUtcNow());
            known[delivery.Id] = taking;
            inOrder.Enqueue(taking);
        }
        return DoAsync(delivery, taking);
    }

    async Task<SlackReply> DoAsync(SlackDelivery delivery, Taking taking)
    {
        try
        {
            var reply = await take(delivery, CancellationToken.None);
            if (reply is SlackReply.Failed or SlackReply.Errors)
                Forget(taking);
            taking.Answer.SetResult(reply);
            return reply;
        }
        // Told to everybody who waits; perhaps nobody else does.
        catch (Exception broken)
        {
            Forget(taking);
            taking.Answer.SetException(broken);
            _ = taking.Answer.Task.Exception;
            throw;
        }
    }

    void MakeRoom()
    {
        while (inOrder.TryPeek(out var oldest) && (inOrder.Count >= Most || IsOver(oldest)))
        {
            inOrder.Dequeue();
            Remove(oldest);
        }
    }

    void Forget(Taking taking)
    {
        lock (gate)
            Remove(taking);
    }

    // Its place may have been taken by a later try.
    void Remove(Taking taking)
    {
        if (known.TryGetValue(taking.Id, out var now) && ReferenceEquals(now, taking))
            known.Remove(taking.Id);
    }

    bool IsOver(Taking taking) => clock.GetUtcNow() - taking.At >= Memory;

    sealed class Taking(string id, DateTimeOffset at)
    {
        public string Id => id;
        public DateTimeOffset At => at;

        /// <summary>For whoever brings the same while it is being taken, and afterwards.</summary>
        public TaskCompletionSource<SlackReply> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
