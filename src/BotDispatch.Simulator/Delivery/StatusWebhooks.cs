using System.Text.Json.Nodes;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Delivery;

/// <summary>
/// Posts each status to the callback address, repeats a webhook that was not received, and applies the disorder switches.
/// </summary>
internal sealed class StatusWebhooks(Exchange exchange)
{
    /// <summary>Returns the work that posts the call's present status; null if the order wants no webhook for it.</summary>
    public Func<DateTimeOffset, Task>? Prepare(Call call)
    {
        if (call.Order.Callback is not { } callback) return null;
        var disorder = exchange.Disorder;
        var final = call.IsOver;
        if (call.Status == Status.Queued && exchange.Switches.QueuedWebhook == QueuedWebhook.NotSent) return null;
        if (!final && !callback.EachChange) return null;

        var bodies = InDisorder(call, disorder, final).ToList();
        if (disorder.DuplicateWebhooks) bodies = [.. bodies.SelectMany(body => new[] { body, body })];
        if (bodies.Count == 0) return null;
        return at => call.WebhooksSoFar = exchange.Timeline.Track(DeliverAsync(call.WebhooksSoFar, call, callback.Url, bodies, at));
    }

    IEnumerable<string> InDisorder(Call call, DisorderSwitches disorder, bool final)
    {
        var body = Body(call, call.Status);
        if (call.Status == Status.Ringing)
        {
            call.Ringing = body;
            if (disorder.SwapRingingWithNext)
            {
                call.HeldBack = body;
                yield break;
            }
        }
        if (final && disorder.LoseFinalWebhook) call.Note(exchange.Timeline.Now, CallMomentKind.Note, "the final webhook was lost");
        else yield return body;

        if (call.HeldBack is { } held) yield return held;
        call.HeldBack = null;
        if (call.Status == Status.Initiated && disorder.UnknownStatusName) yield return Body(call, "Diverted");
        if (final && disorder.RingingAfterFinal && call.Ringing is { } ringing) yield return ringing;
    }

    async Task DeliverAsync(Task before, Call call, Uri url, List<string> bodies, DateTimeOffset at)
    {
        await before;
        foreach (var body in bodies) await TryAsync(call, url, body, 1, at, at);
    }

    async Task TryAsync(Call call, Uri url, string body, int tries, DateTimeOffset first, DateTimeOffset at)
    {
        var reply = await exchange.Courier.PostAsync(url, body, exchange.Options.StatusLimit);
        var accepted = exchange.Switches.WebhookSuccess == WebhookSuccess.Any2xx ? reply.IsSuccess : reply.Code == 200;
        exchange.Courier.Record(at, DeliveryKind.Status, call.MessageId, url, body, tries, reply, accepted);
        if (!accepted && RetryOffsets.After(tries) is { } offset)
            exchange.Timeline.DeliverAt(first + offset, again => TryAsync(call, url, body, tries + 1, first, again));
    }

    string Body(Call call, string status)
    {
        var writing = exchange.Writing;
        var json = new JsonObject
        {
            ["messageId"] = call.MessageId,
            ["conversationTrackingId"] = call.TrackingId,
            ["to"] = writing.Number(call.Order.To),
            ["from"] = writing.Number(call.Order.From),
            ["status"] = new JsonObject
            {
                ["name"] = writing.Name(status),
                ["updatedDate"] = writing.Date(call.StatusAt, everyOther: status is Status.Initiated or Status.InProgress),
            },
            ["direction"] = "Outbound",
            ["originatingService"] = "Voice",
            ["respectQuietHours"] = false,
            ["duration"] = call.Seconds,
            ["price"] = call.Price,
        };
        writing.Extras(json);
        return SimulatorJson.Write(json);
    }
}

/// <summary>When a webhook that was not received is sent again, counted from its first try.</summary>
internal static class RetryOffsets
{
    static readonly double[] Minutes = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440];

    public static TimeSpan? After(int tries) => tries <= Minutes.Length ? TimeSpan.FromMinutes(Minutes[tries - 1]) : null;
}
