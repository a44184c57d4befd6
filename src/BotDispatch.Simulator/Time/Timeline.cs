namespace BotDispatch.Simulator.Time;

/// <summary>Runs what is due, ordered by due time and sequence, on the given clock. One lock guards all state of the simulator.</summary>
internal sealed class Timeline(TimeProvider clock)
{
    readonly PriorityQueue<Planned, (DateTimeOffset Due, long Sequence)> queue = new();
    readonly Lock gate = new();
    readonly HashSet<Task> inFlight = [];
    DateTimeOffset? current;
    long sequence;

    /// <summary>A pump runs the timeline in real time, so nobody waits for deliveries.</summary>
    public bool Live { get; set; }

    public Action Wake { get; set; } = () => { };

    public Action<Exception> Faulted { get; set; } = _ => { };

    /// <summary>The moment that is being played. It lags behind the clock while the timeline catches up.</summary>
    public DateTimeOffset Now => current ?? clock.GetUtcNow();

    public DateTimeOffset? NextDue => Do<DateTimeOffset?>(() => TryPeek(out var due) ? due : null);

    public Planned At(DateTimeOffset due, Action act) => Add(new Planned { Due = due, Act = act });

    public Planned After(TimeSpan wait, Action act) => At(Now + wait, act);

    /// <summary>Plans work that leaves the machine. The work runs outside the lock and receives the moment when it was due.</summary>
    public Planned DeliverAt(DateTimeOffset due, Func<DateTimeOffset, Task> work) => Add(new Planned { Due = due, Work = work });

    public Planned Deliver(Func<DateTimeOffset, Task> work) => DeliverAt(Now, work);

    /// <summary>
    /// Returns the moment of an answer in dispatch time: the moment of the question when played, the moment of the clock when live.
    /// </summary>
    public DateTimeOffset AnsweredAt(DateTimeOffset asked) => Live && clock.GetUtcNow() is var now && now > asked ? now : asked;

    public void Do(Action act) => Do(null, act);

    public void Do(DateTimeOffset? at, Action act) => Do(at, () => { act(); return 0; });

    public T Do<T>(Func<T> act) => Do(null, act);

    T Do<T>(DateTimeOffset? at, Func<T> act)
    {
        lock (gate)
        {
            var outer = current;
            current = at ?? outer ?? clock.GetUtcNow();
            try { return act(); }
            finally { current = outer; }
        }
    }

    public async Task RunDueAsync(CancellationToken ct)
    {
        await QuietAsync(ct);
        while (StartNext())
            await QuietAsync(ct);
    }

    public void StartDue()
    {
        while (StartNext()) { }
    }

    /// <summary>Adds work that was not planned to the work that a run waits for.</summary>
    public Task Track(Task work)
    {
        if (work.IsCompletedSuccessfully) return work;
        lock (gate) inFlight.Add(work);
        _ = work.ContinueWith(done =>
        {
            if (Live && done.Exception is { } trouble) Faulted(trouble.GetBaseException());
            // A fault stays until a run observes it. Otherwise no test would see it.
            if (Live || !done.IsFaulted) lock (gate) inFlight.Remove(done);
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }

    public void Clear() => Do(queue.Clear);

    bool StartNext()
    {
        Planned next;
        lock (gate)
        {
            if (!TryPeek(out var due) || due > clock.GetUtcNow()) return false;
            next = queue.Dequeue();
            if (next.Act is { } act)
            {
                Do(next.Due, act);
                return true;
            }
        }
        if (next.Work is { } work) Track(work(next.Due));
        return true;
    }

    async Task QuietAsync(CancellationToken ct)
    {
        while (true)
        {
            Task[] waiting;
            lock (gate) waiting = [.. inFlight];
            if (waiting.Length == 0) return;
            try { await Task.WhenAll(waiting).WaitAsync(ct); }
            finally { lock (gate) inFlight.ExceptWith(waiting.Where(task => task.IsCompleted)); }
        }
    }

    bool TryPeek(out DateTimeOffset due)
    {
        while (queue.TryPeek(out var next, out var order))
        {
            due = order.Due;
            if (!next.IsCancelled) return true;
            queue.Dequeue();
        }
        due = default;
        return false;
    }

    Planned Add(Planned planned)
    {
        lock (gate) queue.Enqueue(planned, (planned.Due, sequence++));
        Wake();
        return planned;
    }
}

/// <summary>A planned action, which can be cancelled before it is due.</summary>
internal sealed class Planned
{
    public required DateTimeOffset Due { get; init; }

    public Action? Act { get; set; }

    public Func<DateTimeOffset, Task>? Work { get; set; }

    public bool IsCancelled => Act is null && Work is null;

    public void Cancel() => (Act, Work) = (null, null);
}
