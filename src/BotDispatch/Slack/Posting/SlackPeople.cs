using System.Text.Json;
using BotDispatch.Slack.Api;

namespace BotDispatch.Slack.Posting;

/// <summary>What a workspace says about somebody, remembered for ten minutes, also that it says nothing. Never a reason to fail: whoever asks goes on without.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/users.info</remarks>
internal sealed class SlackPeople(CallSlack call, TimeProvider clock)
{
    /// <summary>So many are remembered at most.</summary>
    public const int Most = 5000;

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    static readonly Facts Nothing = new("", "", null);

    readonly Lock gate = new();
    readonly Dictionary<(string Installation, string User), (Facts Facts, DateTimeOffset Until)> known = [];

    /// <summary>Their email; null where the workspace has none, or the app may not read it.</summary>
    public async Task<string?> EmailOfAsync(string installation, string user, CancellationToken ct) => (await FactsAsync(installation, user, ct)).Email;

    /// <summary>How others read them: the name they chose, else their real one, else <paramref name="otherwise"/>.</summary>
    public async Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct) =>
        await FactsAsync(installation, user, ct) switch
        {
            { Display.Length: > 0 } facts => facts.Display,
            { Real.Length: > 0 } facts => facts.Real,
            _ => otherwise,
        };

    async Task<Facts> FactsAsync(string installation, string user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        lock (gate)
            if (known.TryGetValue((installation, user), out var found) && found.Until > now)
                return found.Facts;
        switch (await call(new(installation, "users.info", new() { ["user"] = user }), ct))
        {
            case SlackAnswer.Ok(var body):
                return Remember(installation, user, Read(body), now);
            case SlackAnswer.Refused:
                return Remember(installation, user, Nothing, now);
            default:
                // Nobody knows yet: the next one asks again.
                return Nothing;
        }
    }

    Facts Remember(string installation, string user, Facts facts, DateTimeOffset now)
    {
        lock (gate)
        {
            if (known.Count >= Most)
                foreach (var (old, (_, until)) in known)
                    if (until <= now)
                        known.Remove(old);
            if (known.Count >= Most)
                known.Clear();
            known[(installation, user)] = (facts, now + Remembered);
        }
        return facts;
    }

    static Facts Read(JsonElement body)
    {
        var user = Part(body, "user");
        var profile = Part(user, "profile");
        var real = Text(profile, "real_name") is { Length: > 0 } name ? name : Text(user, "real_name");
        return new(Text(profile, "display_name"), real, Text(profile, "email") is { Length: > 0 } email ? email : null);
    }

    static JsonElement Part(JsonElement of, string name) => of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var part) ? part : default;

    static string Text(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()!.Trim() : "";

    sealed record Facts(string Display, string Real, string? Email);
}
