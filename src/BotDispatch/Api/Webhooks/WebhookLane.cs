using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Api;

/// <summary>What a webhook gets for an event.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="Timestamp">When the event was stored.</param>
/// <param name="Data">The event, and its dispatch.</param>
internal sealed record WebhookMessage(string Type, DateTimeOffset Timestamp, WebhookData Data);

/// <summary>The event, and its dispatch as it is when the message is sent, which may be later.</summary>
internal sealed record WebhookData(EventView Event, DispatchView Dispatch);

/// <summary>
/// Tells webhooks what happened: each event at least once, those of a dispatch in order. A webhook that does not answer is tried again, at
/// growing intervals for a day, by one message at a time. Each webhook has lanes and a progress of its own, so neither the others nor any
/// dispatch waits for it.
/// </summary>
// Eight: the settings, three places where events and progress are, the client, both clocks and the log.
internal sealed class WebhookLane(
    IOptions<WebhooksOptions> options, WebhookStore progress, CommittedStates committed, DispatchStore dispatches, WebhookClient client,
    TimeProvider real, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, ILogger<WebhookLane> log)
    : IEventLane, ISystemStatus
{
    static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);
    // Another node may take the lane over after its lease, and would send the same events beside this one.
    static readonly TimeSpan LongestTurn = LaneStore.Lease / 2;

    readonly ImmutableArray<(Webhook Webhook, WebhookHealth Health)> all =
        [.. Webhook.Read(options.Value).Select(each => (each, new WebhookHealth()))];

    public int Count => all.Length;

    public ImmutableArray<string> LaneNames { get; } = [.. Webhook.Read(options.Value).Select(each => Lanes.OfWebhook(each.Name))];

    public IReadOnlyList<string> Lines() =>
        [.. all.Where(each => each.Health.Because is not null).Select(each => $"Webhook {each.Webhook.Name}: {each.Health.Because}")];

    public bool IsFor(int program, DispatchState after, IEnumerable<DispatchEvent> events) => events.Any(happened =>
        EventViews.TypeOf(after, happened) is { } type && all[program].Webhook.Events?.Contains(type) != false);

    public async Task BeginAsync(CancellationToken ct)
    {
        await progress.ShareAsync(LaneNames, Lanes.Webhooks, ct);
        // While a program exists anywhere, its lane is due again before its events are given up.
        await progress.DeleteRemovedAsync(Lanes.WebhookBegins, LaneNames, dispatchClock.GetUtcNow() - (2 * GiveUpAfter), ct);
    }

    public async Task<LaneResult> LookAsync(int program, StoredDispatch stored, CancellationToken ct)
    {
        var ((webhook, health), id) = (all[program], stored.State.Plan.Id);
        var from = await progress.SentAsync(id, webhook.Name, ct);
        if (from >= stored.Seq)
            return new LaneResult.Done();
        var (to, wait) = await SendAsync(webhook, health, stored, from, ct);
        ImmutableArray<Statement> along = to > from ? [WebhookStore.Save(id, webhook.Name, to)] : [];
        // Again, and not NotYet: a new event makes the lane due at once, and the webhook may have recovered.
        return wait is { } pause ? new LaneResult.Again(dispatchClock.GetUtcNow() + pause) { Along = along }
            : new LaneResult.Done { Along = along };
    }

    /// <summary>Sends events until one is not taken. Returns the number of the last one that need not be sent again.</summary>
    async Task<(long To, TimeSpan? Wait)> SendAsync(
        Webhook webhook, WebhookHealth health, StoredDispatch stored, long from, CancellationToken ct)
    {
        var (id, begun) = (stored.State.Plan.Id, real.GetUtcNow());
        DispatchView? dispatch = null;
        foreach (var happened in committed.EventsAfter(id, from, stored.Seq) ?? await dispatches.EventsAfterAsync(id, from, ct))
        {
            if (happened.Seq > stored.Seq)
                break;
            if (EventViews.Of(stored.State, happened) is { } view && webhook.Events?.Contains(view.Type) != false)
            {
                if (dispatchClock.GetUtcNow() - happened.At > GiveUpAfter)
                    log.EventNotSent(webhook.Name, id, happened.Seq);
                else
                {
                    var now = real.GetUtcNow();
                    if (now - begun > LongestTurn)
                        return (from, TimeSpan.Zero);
                    if (health.WaitFor(now) is { } wait)
                        return (from, wait);
                    var message = new WebhookMessage(view.Type, view.At, new(view, dispatch ??= DispatchView.Of(stored.State)));
                    var body = JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.AsWritten.WebhookMessage);
                    if (await client.SendAsync(webhook, $"{id}-{happened.Seq}", body, ct) is { } why)
                        return (from, Failed(webhook, health, why, now));
                    if (health.Succeeded())
                        log.WebhookAnswers(webhook.Name);
                }
            }
            from = happened.Seq;
        }
        return (stored.Seq, null);
    }

    TimeSpan Failed(Webhook webhook, WebhookHealth health, NotTaken why, DateTimeOffset begun)
    {
        var (wait, isNews) = health.Failed(why, begun, real.GetUtcNow());
        if (isNews)
            log.WebhookFails(webhook.Name, why.Because);
        return wait;
    }
}

/// <summary>Whether a webhook takes messages, and when it may be tried again. Safe for concurrent use.</summary>
internal sealed class WebhookHealth
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    // Longer than an attempt can take: meanwhile the others wait for its result.
    static readonly TimeSpan Probe = TimeSpan.FromSeconds(30);

    readonly Lock gate = new();
    int failures;
    DateTimeOffset restsUntil;
    DateTimeOffset failedAt;
    string? because;

    /// <summary>Why it does not take messages; null while it does.</summary>
    public string? Because
    {
        get
        {
            lock (gate)
                return because;
        }
    }

    /// <summary>How long to wait before a message may be sent; null for at once. After a failure one message is sent at a time.</summary>
    public TimeSpan? WaitFor(DateTimeOffset now)
    {
        lock (gate)
        {
            if (failures == 0)
                return null;
            if (now < restsUntil)
                return restsUntil - now;
            restsUntil = now + Probe;
            return null;
        }
    }

    /// <summary>Notes that a message was taken. Returns whether the one before was not.</summary>
    public bool Succeeded()
    {
        lock (gate)
        {
            var wasDown = failures > 0;
            (failures, because) = (0, null);
            return wasDown;
        }
    }

    /// <summary>Notes that a message was not taken. Returns how long to wait, and whether this reason is new.</summary>
    public (TimeSpan Wait, bool IsNews) Failed(NotTaken why, DateTimeOffset begun, DateTimeOffset now)
    {
        lock (gate)
        {
            var isNews = because != why.Because;
            because = why.Because;
            // Messages that were under way together fail together, and count once.
            if (failures == 0 || begun >= failedAt)
                failures++;
            failedAt = now;
            var pause = Backoff.Doubled(FirstPause, failures - 1, LongestPause);
            restsUntil = now + (why.After > pause ? why.After.Value : pause);
            return (restsUntil - now, isNews);
        }
    }
}
