namespace BotDispatch.Benchmarks.Generator;

/// <summary>One dispatch as the world sees it. It is over when the acceptance stands in the thread and on the card, and the last call has ended.</summary>
internal sealed class Journey
{
    const int LastCallEnded = 1, InThread = 2, OnCard = 4, All = 7;

    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int seen;
    int posts;
    int draws;
    int webhooks;
    int calls;

    public Task Over => over.Task;

    /// <summary>The last call has ended, whatever the chat shows.</summary>
    public Task Called => called.Task;

    /// <summary>When the key was pressed that accepts.</summary>
    public long AcceptedAt { get; set; }

    public int Posts => posts;

    public int Draws => draws;

    public int Webhooks => webhooks;

    public int Calls => calls;

    /// <summary>What it still waits for, in words.</summary>
    public string Missing
    {
        get
        {
            var now = Volatile.Read(ref seen);
            string[] missing =
            [
                .. (now & LastCallEnded) == 0 ? ["the end of the last call"] : Array.Empty<string>(),
                .. (now & InThread) == 0 ? ["the acceptance in the thread"] : Array.Empty<string>(),
                .. (now & OnCard) == 0 ? ["the acceptance on the card"] : Array.Empty<string>(),
            ];
            return $"{string.Join(" and ", missing)} after {calls} calls, {webhooks} callbacks, {posts} posts and {draws} drawings";
        }
    }

    public void CountCall() => Interlocked.Increment(ref calls);

    public void CountWebhook() => Interlocked.Increment(ref webhooks);

    /// <summary>A reply came; whether it was the acceptance, for the first time.</summary>
    public bool Reply(bool isAcceptance)
    {
        Interlocked.Increment(ref posts);
        return isAcceptance && See(InThread);
    }

    /// <summary>The card was drawn; whether it shows the acceptance, for the first time.</summary>
    public bool Drawn(bool isAccepted)
    {
        Interlocked.Increment(ref draws);
        return isAccepted && See(OnCard);
    }

    public void EndLastCall()
    {
        See(LastCallEnded);
        called.TrySetResult();
    }

    bool See(int what)
    {
        var before = Interlocked.Or(ref seen, what);
        if ((before | what) == All)
            over.TrySetResult();
        return (before & what) == 0;
    }
}
