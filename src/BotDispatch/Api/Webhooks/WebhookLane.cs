using System.Collections.Immutable;
using System.Text.Json;
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
/// growing intervals for a day, by one message at a time; neither the others nor any dispatch waits for it.
/// </summary>
internal sealed class WebhookLane(
    IOptions<WebhooksOptions> options, WebhookStore progress, DispatchStore dispatches, WebhookClient client, TimeProvider real,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, ILogger<WebhookLane> log) : IEventLane, ISystemStatus
{
    static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    readonly ImmutableArray<(Webhook Webhook, WebhookHealth Health)> all =
        [.. Webhook.Read(options.Value).Select(each => (each, new WebhookHealth()))];

    public bool IsOn => all.Length > 0;

    public IReadOnlyList<string> Lines() =>
        [.. all.Where(each => each.Health.Because is not null).Select(each => $"Webhook {each.Webhook.Name}: {each.Health.Because}")];

    public async Task<LaneResult> LookAsync(StoredDispatch stored, CancellationToken ct)
    {
        var id = stored.State.Plan.Id;
        var sent = await progress.SentAsync(id, ct);
        var (along, wait) = (ImmutableArray.CreateBuilder<Statement>(), (TimeSpan?)null);
        foreach (var (webhook, health) in all)
        {
            var from = sent.GetValueOrDefault(webhook.Name);
            if (from >= stored.Seq)
                continue;
            var (to, after) = await SendAsync(webhook, health, stored, from, ct);
            if (to > from)
                along.Add(WebhookStore.Save(id, webhook.Name, to));
            if (after is { } pause && !(wait < pause))
                wait = pause;
        }
        // Again, and not NotYet: a new event makes the lane due at once, for the webhooks that answer.
        return wait is { } longer
            ? new LaneResult.Again(dispatchClock.GetUtcNow() + longer) { Along = along.ToImmutable() }
            : new LaneResult.Done { Along = along.ToImmutable() };
    }

    /// <summary>Sends events until one is not taken. Returns the number of the last one that need not be sent again.</summary>
    async Task<(long To, TimeSpan? Wait)> SendAsync(
        Webhook webhook, WebhookHealth health, StoredDispatch stored, long from, CancellationToken ct)
    {
        DispatchView? dispatch = null;
        foreach (var happened in await dispatches.EventsAfterAsync(stored.State.Plan.Id, from, ct))
        {
            if (happened.Seq > stored.Seq)
                break;
            if (EventViews.Of(stored.State, happened) is { } view && webhook.Events?.Contains(view.Type) != false)
            {
                if (dispatchClock.GetUtcNow() - happened.At > GiveUpAfter)
                    log.EventNotSent(webhook.Name, stored.State.Plan.Id, happened.Seq);
                else
                {
                    var begun = real.GetUtcNow();
                    if (health.WaitFor(begun) is { } wait)
                        return (from, wait);
                    var message = new WebhookMessage(view.Type, view.At, new(view, dispatch ??= DispatchView.Of(stored.State)));
                    var body = JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Default.WebhookMessage);
                    if (await client.SendAsync(webhook, $"{stored.State.Plan.Id}-{happened.Seq}", body, ct) is { } because)
                        return (from, Failed(webhook, health, because, begun));
                    if (health.Succeeded())
                        log.WebhookAnswers(webhook.Name);
                }
            }
            from = happened.Seq;
        }
        return (stored.Seq, null);
    }

    TimeSpan Failed(Webhook webhook, WebhookHealth health, string because, DateTimeOffset begun)
    {
        var (wait, isNews) = health.Failed(because, begun, real.GetUtcNow());
        if (isNews)
            log.WebhookFails(webhook.Name, because);
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
    public (TimeSpan Wait, bool IsNews) Failed(string reason, DateTimeOffset begun, DateTimeOffset now)
    {
        lock (gate)
        {
            var isNews = because != reason;
            because = reason;
            // Messages that were under way together fail together, and count once.
            if (failures == 0 || begun >= failedAt)
                failures++;
            failedAt = now;
            var doubled = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
            restsUntil = now + (doubled < LongestPause ? doubled : LongestPause);
            return (restsUntil - now, isNews);
        }
    }
}
