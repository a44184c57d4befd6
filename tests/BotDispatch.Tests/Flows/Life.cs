using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Flows;

/// <summary>One life of the process. Its steps are counted, and it can be made to end at one of them; after that nothing leaves it, reaches it or is committed by it.</summary>
internal sealed class Life
{
    readonly Lock gate = new();
    readonly List<string> steps = [];
    readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int lastStep = int.MaxValue;
    int underWay;

    public Task End => end.Task;

    public bool IsOver => end.Task.IsCompleted;

    /// <summary>Something is being done that waits for nobody's time.</summary>
    public bool IsBusy => Volatile.Read(ref underWay) > 0;

    public IReadOnlyList<string> Steps
    {
        get
        {
            lock (gate)
                return [.. steps];
        }
    }

    public int StepCount
    {
        get
        {
            lock (gate)
                return steps.Count;
        }
    }

    /// <summary>It ends so many steps from now.</summary>
    public void EndIn(int more)
    {
        lock (gate)
            lastStep = steps.Count + more;
    }

    public void Kill() => end.TrySetResult();

    public void GoOn()
    {
        if (IsOver)
            throw new ProcessDiedException();
    }

    /// <summary>One more step; the last one is not survived.</summary>
    public void Step(string what)
    {
        lock (gate)
        {
            GoOn();
            steps.Add(what);
            if (steps.Count == lastStep)
                Kill();
            GoOn();
        }
    }

    public async Task<T> AroundAsync<T>(string what, bool waitsForTime, Func<Task<T>> act)
    {
        Step("before " + what);
        Count(waitsForTime, 1);
        try
        {
            var result = await act();
            Step("after " + what);
            return result;
        }
        finally
        {
            Count(waitsForTime, -1);
        }
    }

    public CommitProbe Commits() => new(
        batch =>
        {
            if (Name(batch) is { } name)
                Step("before the commit of " + name);
            GoOn();
            Count(false, 1);
        },
        batch =>
        {
            Count(false, -1);
            if (Name(batch) is { } name)
                Step("after the commit of " + name);
            GoOn();
        });

    void Count(bool waitsForTime, int by)
    {
        if (!waitsForTime)
            Interlocked.Add(ref underWay, by);
    }

    // A claim that found nothing changes nothing: dying there is dying at the step before.
    static string? Name(IReadOnlyList<Work> batch)
    {
        List<string> names = [.. batch.Select(work => work switch
        {
            InputWork input => input.Input.GetType().Name,
            ClaimWork claim => claim.Claimed.Count == 0 ? "" : "a claim of " + string.Join("+", claim.Claimed.Select(lane => lane.Lane)),
            _ => "rows",
        }).Where(name => name.Length > 0)];
        return names.Count == 0 ? null : string.Join(", ", names);
    }
}

internal sealed class ProcessDiedException() : IOException("the process has died");

/// <summary>The way from the process to Routee.</summary>
internal sealed class MortalCaller(Life life) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        life.AroundAsync($"{request.Method} {request.RequestUri!.AbsolutePath.Trim('/').Split('/') switch { [var one, var two, ..] => $"{one}/{two}", var other => other[0] }}",
            waitsForTime: true, () => base.SendAsync(request, cancellationToken));
}

/// <summary>The way from Routee to the process: nobody answers once it is dead, not even what it was asked before.</summary>
internal sealed class MortalDoor(Life life, Pulse pulse, HttpMessageHandler app) : DelegatingHandler(app)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (life.IsOver)
            throw new HttpRequestException("nobody is there");
        var response = await pulse.DoAsync(() => base.SendAsync(request, cancellationToken));
        return life.IsOver ? throw new HttpRequestException("the connection broke") : response;
    }
}

/// <summary>The way from the process to the chat.</summary>
internal sealed class MortalChat(RecordingChat chat, Life life) : IChatPlatform
{
    public string Name => chat.Name;

    public Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct) =>
        life.AroundAsync("posting the card", waitsForTime: false, () => chat.PostCardAsync(channel, card, earlierTries, ct));

    public Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct) =>
        life.AroundAsync("drawing the card", waitsForTime: false, () => chat.RedrawAsync(thread, card, ct));

    public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct) =>
        life.AroundAsync("the reply " + string.Join(" ", update.Lines.Select(line => line.Text)), waitsForTime: false, () => chat.ReplyAsync(thread, update, earlierTries, ct));

    public Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) =>
        life.AroundAsync("asking for a member", waitsForTime: false, () => Task.FromResult<Membership>(new Membership.Is(person)));
}
