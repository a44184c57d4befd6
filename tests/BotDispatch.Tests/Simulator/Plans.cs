using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Simulator;

/// <summary>Orders and dial plans as a client would send them. At 160 words a minute, 8 words take 3 seconds.</summary>
internal static class Plans
{
    public const string Closing = """{ "verbs": [ { "type": "SAY", "message": { "text": "Thank you, you accepted", "language": "en-US" } } ] }""";

    public const string AskAgain = """
        { "verbs": [ { "type": "COLLECT", "eventUrl": "http://localhost/keys" },
                     { "type": "SAY", "message": { "text": "One more time please press one or two", "language": "en-US" }, "bargeIn": true },
                     { "type": "PAUSE", "duration": 5 } ] }
        """;

    public static JsonObject Order(params JsonObject[] verbs) => new()
    {
        ["from"] = "302111234567",
        ["to"] = new JsonObject { ["phone"] = SimulatorRig.Ann },
        ["dialPlan"] = new JsonObject { ["verbs"] = new JsonArray(verbs.Length > 0 ? verbs : Usual()) },
        ["callback"] = new JsonObject { ["url"] = "http://localhost/status", ["strategy"] = "OnChange" },
    };

    /// <summary>0-2 s pause, 2-5 s ticket (deaf), 5-8 s options (listening), 8-18 s silence (listening), 18-20 s pause.</summary>
    public static JsonObject[] Usual() =>
    [
        Collect(), Pause(2), Say("The printer on floor two is burning"), Say("Press one to accept or two to reject", bargeIn: true), Play("silence-10s.wav", bargeIn: true), Pause(2),
    ];

    public static JsonObject Say(string text, bool bargeIn = false, int repeat = 0) => new()
    {
        ["type"] = "SAY",
        ["message"] = new JsonObject { ["text"] = text + new string(' ', 1) + string.Join(' ', Enumerable.Repeat("please", Math.Max(0, 8 - text.Split(' ').Length))), ["language"] = "en-US", ["gender"] = "female" },
        ["bargeIn"] = bargeIn,
        ["repeat"] = repeat,
    };

    public static JsonObject Play(string file, bool bargeIn = false) => new() { ["type"] = "PLAY", ["fileURL"] = $"http://localhost/audio/{file}", ["bargeIn"] = bargeIn };

    public static JsonObject Pause(double seconds) => new() { ["type"] = "PAUSE", ["duration"] = seconds };

    public static JsonObject Collect(bool submitOnHash = false, int? maxDigits = null)
    {
        var verb = new JsonObject { ["type"] = "COLLECT", ["eventUrl"] = "http://localhost/keys", ["submitOnHash"] = submitOnHash };
        if (maxDigits is not null) verb["maxDigits"] = maxDigits;
        return verb;
    }

    /// <summary>Replaces the verbs of an order.</summary>
    public static Action<JsonObject> With(params JsonObject[] verbs) => order => order["dialPlan"]!["verbs"] = new JsonArray(verbs);
}
