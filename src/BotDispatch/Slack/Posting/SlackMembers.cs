using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Handlers;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Finds out whether a person is a member of a channel, and their account in its workspace. People of other tenants are found by their
/// email.
/// </summary>
/// <remarks>
/// https://docs.slack.dev/reference/methods/users.lookupByEmail, https://docs.slack.dev/reference/methods/conversations.members
/// </remarks>
internal sealed class SlackMembers(ISlackApi slack)
{
    const int PageSize = 1000;
    // Larger channels are not read to the end. A person who is in there can ask in the chat itself.
    const int MostPages = 50;

    /// <summary>Asks Slack.</summary>
    public async Task<Membership> FindAsync(ChatChannel place, Person person, string? email, CancellationToken ct)
    {
        var (installation, channel) = SlackAddress.Split(place.Address);
        var (home, user) = SlackAddress.Split(person.UserId);
        if (person.Platform == SlackAddress.Platform && home == installation)
            return await InAsync(installation, channel, user, person, ct);
        if (email is null)
            return new Membership.IsNot();
        return await slack.CallAsync(new(installation, "users.lookupByEmail", new() { ["email"] = email }), ct) switch
        {
            SlackAnswer.Ok(var body) when body.Name("user", "id") is { } id => await InAsync(installation, channel, id, person, ct),
            // The sign-in name of a guest in Teams is not an email for Slack.
            SlackAnswer.Ok or SlackAnswer.Refused { Error: "users_not_found" } or SlackAnswer.Refused { Kind: Refusal.Content } =>
                new Membership.IsNot(),
            var trouble => NotKnown(trouble),
        };
    }

    async Task<Membership> InAsync(string installation, string channel, string user, Person person, CancellationToken ct)
    {
        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await slack.CallAsync(
                new(installation, "conversations.members",
                    new() { ["channel"] = channel, ["limit"] = PageSize, ["cursor"] = cursor.Length == 0 ? null : cursor }), ct);
            if (answer is not SlackAnswer.Ok(var body))
                return NotKnown(answer);
            if (body.List("members").Any(each => each.AsText() == user))
                return new Membership.Is(SlackAddress.Person(installation, user, person.Name));
            cursor = body.Text("response_metadata", "next_cursor") ?? "";
            if (cursor.Length == 0)
                return new Membership.IsNot();
        }
        return new Membership.IsNot();
    }

    static Membership NotKnown(SlackAnswer answer) => answer switch
    {
        // If the workspace's token is dead, we ask again after it is installed again.
        SlackAnswer.Refused { Kind: not Refusal.Token } refused => new Membership.Unseen(refused.Error),
        SlackAnswer.Refused refused => new Membership.Unknown(refused.Error, TimeSpan.FromMinutes(5)),
        SlackAnswer.Throttled(var after) => new Membership.Unknown("Slack asks to wait", after),
        SlackAnswer.NotReached(var because) => new Membership.Unknown(because, PostingTrouble.Soon),
        SlackAnswer.Lost(var because) => new Membership.Unknown(because, PostingTrouble.Soon),
        _ => new Membership.Unknown(answer.GetType().Name, PostingTrouble.Soon),
    };
}

/// <summary>Asks a workspace about people. The answer is remembered for ten minutes, also if there is none.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/users.info</remarks>
internal sealed class SlackPeople(ISlackApi slack, TimeProvider clock) : IMemberNames
{
    const int Most = 5000;

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    static readonly Facts Nothing = new("", "", null, null, null);

    readonly ExpiringCache<(string Installation, string User), Facts> known = new(Most, Remembered, clock);

    /// <summary>
    /// Returns their email; null if the workspace has none, or the app may not read it. Throws if Slack cannot be asked, because then
    /// nobody knows whether they have one.
    /// </summary>
    public async Task<string?> EmailOfAsync(string installation, string user, CancellationToken ct) =>
        await FactsAsync(installation, user, ct) is { } facts
            ? facts.Email
            : throw new IOException("Slack cannot be asked about a person just now.");

    /// <summary>
    /// Returns the IANA name of their time zone; null if the workspace knows none. Throws if Slack cannot be asked.
    /// </summary>
    public async Task<string?> TimeZoneOfAsync(string installation, string user, CancellationToken ct) =>
        await FactsAsync(installation, user, ct) is { } facts
            ? facts.TimeZone
            : throw new IOException("Slack cannot be asked about a person just now.");

    /// <summary>Returns the name that others see: the name they chose, else their real name, else <paramref name="otherwise"/>.</summary>
    public async Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct) =>
        await FactsAsync(installation, user, ct) switch
        {
            { Display.Length: > 0 } facts => facts.Display,
            { Real.Length: > 0 } facts => facts.Real,
            _ => otherwise,
        };

    /// <inheritdoc/>
    public async Task<string?> OrganisationAsync(string installation, string user, CancellationToken ct) =>
        (await FactsAsync(installation, user, ct))?.Organisation;

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
        var zone = user.Field("tz") is { } tz && SafeJson.TextOf(tz) is { Length: > 0 } name ? name : null;
        return new(
            (profile.Text("display_name") ?? "").Trim(), real.Trim(), email, zone, user.Text("enterprise_user", "enterprise_id"));
    }

    sealed record Facts(string Display, string Real, string? Email, string? TimeZone, string? Organisation);
}
