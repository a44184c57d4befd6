using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BotDispatch.Simulator.Wire;

/// <summary>A valid conversation POST.</summary>
internal sealed partial record Order(string From, string To, StatusCallback? Callback, Plan? Plan, Uri? PlanUrl,
    TimeSpan? HangupDelay, TimeSpan? MaxDuration, MachineDetection? Machine, JsonObject Json, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads an order; returns null if the findings contain an error.</summary>
    public static Order? Read(JsonObject json, Findings findings)
    {
        var fields = new Fields(json, "", findings);
        var from = fields.Text("from", required: true);
        var to = ReadTo(fields);
        var callback = ReadCallback(fields);
        var (plan, planUrl) = ReadPlan(fields);
        var hangupDelay = fields.Number("hangupDelay", 1, 60);
        var maxDuration = fields.Number("maxDuration", 1, 1_000_000);
        var machine = ReadMachine(fields);
        fields.WarnOfUnknown();
        return findings.Errors.Count > 0 ? null
            : new Order(from!, to!, callback, plan, planUrl, Seconds(hangupDelay), Seconds(maxDuration), machine, json, findings.Warnings);
    }

    static TimeSpan? Seconds(double? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;

    static string? ReadTo(Fields order)
    {
        if (order.Object("to", required: true) is not { } to) return null;
        string?[] given = [to.Text("phone"), to.Text("sip"), to.Text("viber")];
        to.WarnOfUnknown();
        if (given.Count(address => address is not null) != 1) order.Findings.Error("to", "must hold exactly one of phone, sip, viber");
        else if (given[0] is { } phone && !E164().IsMatch(phone)) order.Findings.Error("to.phone", "is not E.164 with a plus");
        return given.FirstOrDefault(address => address is not null);
    }

    static StatusCallback? ReadCallback(Fields order)
    {
        if (order.Object("callback") is not { } callback) return null;
        var url = order.Findings.Callback("callback.url", callback.Text("url"));
        var strategy = callback.OneOf("strategy", ["OnChange", "OnCompletion"]);
        callback.WarnOfUnknown();
        if (strategy is null) order.Findings.Warnings.Add("callback.strategy is missing: OnChange is assumed");
        return url is null ? null : new StatusCallback(url, strategy is not "OnCompletion");
    }

    static (Plan?, Uri?) ReadPlan(Fields order)
    {
        var (hasPlan, hasUrl) = (order.Has("dialPlan"), order.Has("dialPlanUrl"));
        if (hasPlan == hasUrl)
        {
            order.Findings.Error("dialPlan", "give either dialPlan or dialPlanUrl");
            return default;
        }
        return hasUrl ? (null, order.Findings.Callback("dialPlanUrl", order.Text("dialPlanUrl")))
            : (order.Object("dialPlan") is { } plan ? PlanReader.Read(plan) : null, null);
    }

    static MachineDetection? ReadMachine(Fields order)
    {
        if (order.Object("machineDetection") is not { } machine) return null;
        var strategy = machine.OneOf("strategy", ["Hangup", "Continue"], required: true);
        var eventUrl = machine.Text("eventUrl");
        machine.WarnOfUnknown();
        if (strategy is "Hangup") return new MachineDetection(null);
        return strategy is "Continue" && order.Findings.Callback("machineDetection.eventUrl", eventUrl) is { } url
            ? new MachineDetection(url)
            : null;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z")]
    private static partial Regex E164();
}

/// <summary>The address of the status webhooks, and whether each change or only the end is reported.</summary>
internal sealed record StatusCallback(Uri Url, bool EachChange);

/// <summary>What to do if a machine answers: ask the address for a plan, or hang up if the address is null.</summary>
internal sealed record MachineDetection(Uri? EventUrl);
