using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Handlers;

namespace BotDispatch.Slack.Posting;

/// <summary>Asks a workspace about people. The answer is remembered for ten minutes, also if there is none.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/users.info</remarks>
internal sealed class SlackPeople(ISlackApi slack, TimeProvider clock) : IMemberNames
{
    const int Most = 5000;

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    static readonly Facts Nothing = new("", "", null);

    readonly ExpiringCache<(string Installation, string User), Facts> known = new(Most, Remembered, clock);

    /// <summary>
    /// Returns their email; null if the workspace has none, or the app may not read it. Throws if Slack cannot be asked, because then
    /// nobody knows whether they have one.
    /// </summary>
    public async Task<string?> EmailOfAsync(string installation, string user, CancellationToken ct) =>
        await FactsAsync(installation, user, ct) is { } facts
            ? facts.Email
            : throw new IOException("Slack cannot be asked about a person just now.");

    /// <summary>Returns the name that others see: the name they chose, else their real name, else <paramref name="otherwise"/>.</summary>
    public async Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct) =>
        await FactsAsync(installation, user, ct) switch
        {
            { Display.Length: > 0 } facts => facts.Display,
            { Real.Length: > 0 } facts => facts.Real,
            _ => otherwise,
        };

    async Task<Facts?> FactsAsync(string installation, string user, CancellationToken ct)
    {
        if (known.TryGet((installation, user), out var found))
            return found;
        switch (await slack.CallAsync(new(installation, "users.info", new() { ["user"] = user }), ct))
        {
            case SlackAnswer.Ok(var body):
                return known.Set((installation, user), Read(body));
            case SlackAnswer.Refused:
                return known.Set((installation, user), Nothing);
            default:
                // Nobody knows yet: the next call asks again.
                return null;
        }
    }

    static Facts Read(JsonElement body)
    {
        var user = body.Field("user") ?? default;
        var profile = user.Field("profile") ?? default;
        var real = profile.Name("real_name") ?? user.Text("real_name") ?? "";
        // A number is not an address.
        var email = profile.Field("email") is { } field && SafeJson.TextOf(field) is { Length: > 0 } text ? text : null;
        return new((profile.Text("display_name") ?? "").Trim(), real.Trim(), email);
    }

    sealed record Facts(string Display, string Real, string? Email);
}
