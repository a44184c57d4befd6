using System.Text.Json.Nodes;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Delivery;

/// <summary>Posts to eventUrl and dialPlanUrl, and reads the plan in the answer if the answer is a plan and came in time.</summary>
internal sealed class PlanRequests(Exchange exchange)
{
    /// <summary>Posts the call to the address for machines or for the first plan, and passes on the plan from the answer.</summary>
    public void Ask(Call call, DeliveryKind kind, Uri url, Action<Plan?> onAnswer) => Send(call, kind, url, null, onAnswer);

    /// <summary>Posts tones, and passes on the plan from the answer; null if there is none.</summary>
    public void Ask(Call call, DeliveryKind kind, Uri url, string tones, Action<Plan?> onAnswer) => Send(call, kind, url, tones, onAnswer);

    public Func<DateTimeOffset, Task> Prepare(Call call, DeliveryKind kind, Uri url, string? tones, Action<Plan?> onAnswer)
    {
        var body = Body(call, tones);
        if (tones is not null) call.Note(exchange.Timeline.Now, CallMomentKind.KeysSent, tones);
        return at => call.QuestionsSoFar = exchange.Timeline.Track(AskAsync(call.QuestionsSoFar, call, kind, url, body, onAnswer, at));
    }

    void Send(Call call, DeliveryKind kind, Uri url, string? tones, Action<Plan?> onAnswer) =>
        exchange.Timeline.Deliver(Prepare(call, kind, url, tones, onAnswer));

    async Task AskAsync(Task before, Call call, DeliveryKind kind, Uri url, string body, Action<Plan?> onAnswer, DateTimeOffset at)
    {
        await before;
        var reply = await TryAsync(call, kind, url, body, 1, at, at);
        var findings = new Findings(exchange.MayCall);
        var plan = reply.IsSuccess ? PlanReader.ReadAnswer(reply.Text, findings) : null;
        exchange.Timeline.Do(exchange.Timeline.AnsweredAt(at), () =>
        {
            var now = exchange.Timeline.Now;
            foreach (var warning in findings.Warnings) call.Note(now, CallMomentKind.Warning, warning);
            if (plan is null) call.Note(now, CallMomentKind.PlanKept, reply.Because ?? Reason(reply, findings));
            else if (call.IsOver) call.Note(now, CallMomentKind.PlanKept, "the call had ended");
            if (!call.IsOver) onAnswer(plan);
        });
    }

    async Task<Reply> TryAsync(Call call, DeliveryKind kind, Uri url, string body, int tries, DateTimeOffset first, DateTimeOffset at)
    {
        var reply = await exchange.Courier.PostAsync(url, body, exchange.Options.PlanLimit);
        exchange.Courier.Record(at, kind, call.MessageId, url, body, tries, reply, reply.IsSuccess);
        if (kind == DeliveryKind.Keys
            && !reply.IsSuccess
            && exchange.Switches.EventUrlRetry == EventUrlRetry.Yes
            && RetryOffsets.After(tries) is { } offset)
            exchange.Timeline.DeliverAt(first + offset, again => TryAsync(call, kind, url, body, tries + 1, first, again));
        return reply;
    }

    static string Reason(Reply reply, Findings findings) =>
        reply.IsSuccess ? string.Join("; ", findings.Errors.Select(error => $"{error.Key} {error.Value}")) : $"the answer was {reply.Code}";

    string Body(Call call, string? tones)
    {
        var writing = exchange.Writing;
        var json = new JsonObject
        {
            ["messageId"] = call.MessageId,
            ["conversationTrackingId"] = call.TrackingId,
            ["from"] = writing.Number(call.Order.From),
            ["to"] = writing.Number(call.Order.To),
        };
        if (tones is not null) writing.Tones(json, tones);
        writing.Extras(json);
        return SimulatorJson.Write(json);
    }
}
