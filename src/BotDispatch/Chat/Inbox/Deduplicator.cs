namespace BotDispatch.Chat;

/// <summary>
/// Does what has a name once: what comes again while it is remembered gets the answer of the first, or waits for it. What broke is
/// forgotten, so that the
/// next try does it; so is an answer that <paramref name="isToBeForgotten"/>.
/// </summary>
internal sealed class Deduplicator<TAnswer>(TimeProvider clock, Func<TAnswer, bool>? isToBeForgotten = null)
{
    /// <summary>How long a name is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    /// <summary>How many are; beyond them the oldest is forgotten.</summary>
    public const int Most = 20_000;

    readonly Lock gate = new();
    readonly Dictionary<string, Taking> known = [];
    readonly Queue<Taking> inOrder = [];

    /// <summary>The answer to that name, by doing it only if nobody has.</summary>
    public Task<TAnswer> DoAsync(string name, Func<Task<TAnswer>> take)
    {
        Taking taking;
        lock (gate)
        {
            if (known.TryGetValue(name, out var before) && !IsOver(before))
                return before.Answer.Task;
            MakeRoom();
            taking = new(name, clock.GetUtcNow());
            known[name] = taking;
            inOrder.Enqueue(taking);
        }
        // The first caller waits for the work itself, which saves a hop between threads.
        return FinishAsync(taking, take);
    }

    async Task<TAnswer> FinishAsync(Taking taking, Func<Task<TAnswer>> take)
    {
        try
        {
            var answer = await take();
            if (isToBeForgotten?.Invoke(answer) == true)
                Forget(taking);
            taking.Answer.SetResult(answer);
            return answer;
        }
        // Everybody who waits gets the exception; perhaps nobody else does.
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
        if (known.TryGetValue(taking.Name, out var now) && ReferenceEquals(now, taking))
            known.Remove(taking.Name);
    }

    bool IsOver(Taking taking) => clock.GetUtcNow() - taking.At >= Memory;

    sealed record Taking(string Name, DateTimeOffset At)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
