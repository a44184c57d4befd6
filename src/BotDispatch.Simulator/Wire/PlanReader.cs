using System.Text.Json.Nodes;

namespace BotDispatch.Simulator.Wire;

/// <summary>Reads dial plans as strictly, and as carelessly, as Routee does.</summary>
internal static class PlanReader
{
    public static readonly IReadOnlyList<string> Languages =
        ["en-US", "de-DE", "fr-FR", "it-IT", "pt-BR", "es-ES", "es-LA", "en-GB", "el-GR", "bg-BG", "pl-PL", "hu-HU", "sv-SE", "ru-RU"];

    public static readonly IReadOnlyList<string> Genders = ["male", "female"];

    // Longer than any phone call, and still within the range of a TimeSpan.
    const double LongestSeconds = 1_000_000;

    /// <summary>Reads the answer of an eventUrl. Returns a plan, or null with the reason among the findings.</summary>
    public static Plan? ReadAnswer(string body, Findings findings)
    {
        if (SimulatorJson.Parse(body) is JsonObject json) return Read(new Fields(json, "", findings));
        findings.Error("body", string.IsNullOrWhiteSpace(body) ? "is empty" : "is no JSON object");
        return null;
    }

    public static Plan? Read(Fields plan)
    {
        var verbs = plan.Array("verbs");
        plan.WarnOfUnknown();
        if (verbs is null) return null;
        if (verbs.Count == 0) plan.Findings.Error(plan.PathOf("verbs"), "is empty");
        var read = verbs.Select((node, i) => ReadVerb(node, $"{plan.PathOf("verbs")}[{i}]", plan.Findings)).OfType<Verb>().ToList();
        if (read.Count(verb => verb is Verb.Dial) > 1) plan.Findings.Error(plan.PathOf("verbs"), "holds more than one DIAL");
        return plan.Findings.Errors.Count == 0 ? new Plan(read) : null;
    }

    static Verb? ReadVerb(JsonNode? node, string path, Findings findings)
    {
        if (node is not JsonObject json)
        {
            findings.Error(path, "is no object");
            return null;
        }
        var fields = new Fields(json, path, findings);
        var verb = fields.Text("type") switch
        {
            "SAY" => ReadSay(fields),
            "PLAY" => ReadPlay(fields),
            "PAUSE" => ReadPause(fields),
            "COLLECT" => ReadCollect(fields),
            "DIAL" => ReadDial(fields),
            var other => Unknown(other),
        };
        fields.WarnOfUnknown();
        return verb;

        Verb? Unknown(string? type)
        {
            findings.Error(fields.PathOf("type"), $"{type ?? "nothing"} is no verb");
            return null;
        }
    }

    static Verb.Say? ReadSay(Fields fields)
    {
        var message = fields.Object("message", required: true);
        var text = message?.Text("text", required: true);
        var language = message?.OneOf("language", Languages, required: true);
        var gender = message?.OneOf("gender", Genders);
        message?.WarnOfUnknown();
        var (bargeIn, repeat) = (fields.Flag("bargeIn"), Repeat(fields));
        return text is null || language is null ? null : new Verb.Say(text, language, gender, bargeIn, repeat);
    }

    static Verb.Play? ReadPlay(Fields fields)
    {
        var file = fields.Text("fileURL", required: true);
        var (bargeIn, repeat) = (fields.Flag("bargeIn"), Repeat(fields));
        return file is null ? null : new Verb.Play(file, bargeIn, repeat);
    }

    static Verb.Pause ReadPause(Fields fields)
    {
        var seconds = fields.Number("duration", 0, LongestSeconds);
        if (!fields.Has("duration")) fields.Findings.Warnings.Add($"{fields.PathOf("duration")} is missing: no pause");
        return new Verb.Pause(TimeSpan.FromSeconds(seconds ?? 0));
    }

    static Verb.Collect? ReadCollect(Fields fields)
    {
        var url = fields.Findings.Callback(fields.PathOf("eventUrl"), fields.Text("eventUrl"));
        var (most, onHash) = (fields.Number("maxDigits", 1, 1000), fields.Flag("submitOnHash"));
        return url is null ? null : new Verb.Collect(url, (int)(most ?? 30), onHash);
    }

    static Verb.Dial? ReadDial(Fields fields)
    {
        _ = fields.Text("from");
        var to = fields.Object("to", required: true)?.Text("phone", required: true);
        var most = fields.Number("maxDuration", 1, LongestSeconds);
        return to is null ? null : new Verb.Dial(to, most is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    static int Repeat(Fields fields) => (int)(fields.Number("repeat", -1, 1000) ?? 0);
}
