using System.Text.Json.Nodes;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Endpoints;

/// <summary>Places calls and acts on live ones, as /voice/conversation does.</summary>
internal sealed class VoiceEndpoints(Exchange exchange, TokenIssuer tokens)
{
    public async Task<Answer> PlaceAsync(Asked asked)
    {
        if (TooSoon(asked) is { } refused) return refused;
        if (asked.Json is not JsonObject json) return Answer.Error(400, "400000000", "The body is no JSON object");
        var findings = new Findings(exchange.MayCall);
        if (Order.Read(json, findings) is not { } order) return Answer.Invalid(findings);
        if (exchange.OutOfBalance && exchange.Switches.NoBalance == NoBalance.BadRequest)
            return Answer.Error(400, "400001009", "Insufficient Balance");

        var disorder = exchange.Disorder;
        // One step: otherwise time could pass between the placing of the call and the delay of its answer.
        var ((call, beforeAnswer), delayed) = exchange.Timeline.Do(() => (exchange.Place(order), Later(disorder.PostAnswerDelay)));
        if (beforeAnswer is not null) await exchange.Timeline.Track(beforeAnswer(call.CreatedAt));
        await delayed.WaitAsync(asked.Http.RequestAborted);
        if (disorder.PostAnswerCut) return Answer.Cut;
        if (disorder.PostAnswerError) return Answer.Error(500, "500000000", "Internal Server Error");
        return Answer.Ok(Settings(call, echo: true));
    }

    public Answer Read(Asked asked) =>
        exchange.Calls.ByTracking(asked.Route("id")) is { } call
            ? Answer.Ok(Settings(call, echo: false))
            : Answer.NotFound("The conversation");

    public Answer Act(Asked asked)
    {
        if (exchange.Calls.ByMessage(asked.Route("id")) is not { } call) return Answer.NotFound("The call");
        switch ((asked.Json as JsonObject)?["action"]?.ToString())
        {
            case "hangup" when call.Status == Status.InProgress:
                call.Flow.Finish(Status.Completed);
                return Done(call, "The call was hung up");
            case "reject" when call.Status is Status.Ringing or Status.Initiated:
                call.Flow.Finish(exchange.Switches.AfterReject == AfterReject.Failed ? Status.Failed : Status.NoAnswer);
                return Done(call, "The call was rejected");
            case "hangup" or "reject":
                return Answer.WrongState($"The call is {call.Status}");
            default:
                return Answer.Invalid("action", "is neither hangup nor reject");
        }
    }

    public Answer Talk(Asked asked)
    {
        if (exchange.Calls.ByMessage(asked.Route("id")) is not { } call) return Answer.NotFound("The call");
        var findings = new Findings(exchange.MayCall);
        var fields = new Fields(asked.Json as JsonObject ?? [], "", findings);
        var text = fields.Text("text", required: true);
        var language = fields.OneOf("language", PlanReader.Languages);
        var gender = fields.OneOf("gender", PlanReader.Genders);
        _ = fields.Flag("multiplex");
        fields.WarnOfUnknown();
        if (findings.Errors.Count > 0) return Answer.Invalid(findings);
        if (call.Status != Status.InProgress) return Answer.WrongState($"The call is {call.Status}");
        foreach (var warning in findings.Warnings) call.Flow.Note(CallMomentKind.Warning, warning);
        call.Flow.Talk(new Verb.Say(text!, language ?? "en-US", gender, BargeIn: false, Repeat: 0));
        return Done(call, "The text is being spoken");
    }

    public Answer StopTalk(Asked asked)
    {
        if (exchange.Calls.ByMessage(asked.Route("id")) is not { } call) return Answer.NotFound("The call");
        if (call.Status != Status.InProgress) return Answer.WrongState($"The call is {call.Status}");
        call.Flow.StopTalking();
        return Done(call, "The text is no longer spoken");
    }

    public Answer Balance(Asked asked) => Answer.Ok(new JsonObject
    {
        ["balance"] = exchange.OutOfBalance ? 0m : 100m,
        ["currency"] = new JsonObject { ["code"] = "EUR", ["name"] = "Euro", ["sign"] = "€" },
    });

    Answer? TooSoon(Asked asked)
    {
        if (exchange.Switches.PaceExceeded == PaceExceeded.Accepted) return null;
        var now = exchange.Options.PaceInRealTime
            ? exchange.Options.RealTime.GetUtcNow()
            : exchange.Timeline.Do(() => exchange.Timeline.Now);
        if (tokens.KeepsPace(asked.Http, now)) return null;
        var status = exchange.Switches.PaceExceeded switch
        {
            PaceExceeded.BadRequest => 400,
            PaceExceeded.ServiceUnavailable => 503,
            _ => 429,
        };
        return Answer.Error(status, $"{status}000000", "Too many requests: one conversation per second");
    }

    Task Later(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero) return Task.CompletedTask;
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        exchange.Timeline.After(wait, due.SetResult);
        return due.Task;
    }

    Answer Done(Call call, string message) => Answer.Ok(new JsonObject
    {
        ["messageId"] = call.MessageId,
        ["message"] = message,
        ["createdAt"] = Writing.Exact(exchange.Timeline.Now),
    });

    /// <summary>Returns the order as Routee repeats it. The answer to the POST names the plan dialPlans and makes it an array.</summary>
    static JsonObject Settings(Call call, bool echo)
    {
        var json = new JsonObject { ["trackingId"] = call.TrackingId, ["direction"] = "Outbound", ["from"] = call.Order.From };
        foreach (var name in (string[])["to", "callback", "hangupDelay", "maxDuration", "machineDetection", "dialPlanUrl"])
            if (call.Order.Json[name] is { } given) json[name] = given.DeepClone();
        if (call.Order.Json["dialPlan"] is { } plan) json["dialPlans"] = new JsonArray(plan.DeepClone());
        json["createdAt"] = Writing.Exact(call.CreatedAt);
        if (!echo) json["recordings"] = new JsonArray();
        return json;
    }
}
