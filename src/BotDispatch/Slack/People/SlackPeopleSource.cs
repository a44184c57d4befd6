using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.People;

/// <summary>
/// The members of a user group or a channel of Slack, with email, telephone, time zone, language and do-not-disturb hours. Guests, people
/// of other workspaces, bots and deactivated accounts are left out.
/// </summary>
/// <remarks>
/// https://docs.slack.dev/reference/methods/usergroups.users.list, https://docs.slack.dev/reference/methods/users.info,
/// https://docs.slack.dev/reference/methods/users.profile.get, https://docs.slack.dev/reference/methods/dnd.teamInfo. Slack shows a pause
/// of notifications that somebody set by hand (snooze) to that person alone, so only the planned hours are read.
/// </remarks>
internal sealed class SlackPeopleSource(
    Func<ISlackApi> slack, Func<OneWorkspace> workspace, IOptions<SlackPeopleOptions> options, TimeProvider realTime) : IPeopleSource
{
    const int PageSize = 200;
    const int MostPages = 50;
    const int MostMembers = 2000;
    const int MostAtOnce = 50;

    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    static readonly TimeSpan LongestInAll = TimeSpan.FromMinutes(20);

    public bool IsOn => options.Value.IsOn;

    public string Setting => "Employees:SlackGroup";

    public string Source => options.Value.SlackGroup.Trim();

    public TimeSpan Every => options.Value.SlackRefreshEvery;

    public async Task<PeopleAnswer> ListAsync(CancellationToken ct)
    {
        try
        {
            return await workspace().GetForCallAsync(ct) is { } home
                ? await new Reading(slack(), home.Id, options.Value, realTime, home.Enterprise).ListAsync(ct)
                : new PeopleAnswer.NotNow(workspace().Trouble ?? "Slack does not answer");
        }
        catch (UnreadException unread)
        {
            return new PeopleAnswer.NotNow(unread.Message);
        }
    }

    /// <summary>Why Slack cannot be read; it never leaves this class.</summary>
    sealed class UnreadException(string because) : Exception(because);

    /// <summary>One reading of everybody.</summary>
    internal sealed class Reading(
        ISlackApi slack, string installation, SlackPeopleOptions options, TimeProvider realTime, string? enterprise = null)
    {
        static readonly string TooMany = $"it has more than {MostMembers} members";

        readonly long begun = realTime.GetTimestamp();

        public async Task<PeopleAnswer> ListAsync(CancellationToken ct)
        {
            var ids = await MembersAsync(options.SlackGroup.Trim(), ct);
            if (ids.Count > MostMembers)
                throw new UnreadException(TooMany);
            var field = options.SlackPhoneField.Trim() is { Length: > 0 } named ? await FieldAsync(named, ct) : null;
            var people = ImmutableArray.CreateBuilder<FoundPerson>();
            foreach (var id in ids)
                if (await PersonAsync(id, field, ct) is { } person)
                    people.Add(person);
            return options.SlackDoNotDisturb
                ? await WithQuietAsync(people.ToImmutable(), ct)
                : new PeopleAnswer.Everybody(people.ToImmutable(), []);
        }

        async Task<IReadOnlyList<string>> MembersAsync(string group, CancellationToken ct)
        {
            if (group is ['C' or 'G', ..])
                return await InChannelAsync(group, ct);
            var id = group is ['@', .. var handle] ? await GroupAsync(handle, ct) : group;
            var answer = await CallAsync("usergroups.users.list", ct, ("usergroup", id));
            return [.. answer.List("users").Select(each => each.AsText()).OfType<string>().Distinct()];
        }

        async Task<string> GroupAsync(string handle, CancellationToken ct)
        {
            var answer = await CallAsync("usergroups.list", ct);
            return answer.List("usergroups").FirstOrDefault(each =>
                    string.Equals(each.Text("handle"), handle, StringComparison.OrdinalIgnoreCase)).Name("id")
                ?? throw new UnreadException($"there is no user group @{handle}");
        }

        async Task<IReadOnlyList<string>> InChannelAsync(string channel, CancellationToken ct)
        {
            var (ids, seen, cursor) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), "");
            for (var page = 0; page < MostPages; page++)
            {
                var answer = await CallAsync("conversations.members", ct, ("channel", channel), ("limit", PageSize.ToString(
                    System.Globalization.CultureInfo.InvariantCulture)), ("cursor", cursor.Length == 0 ? null : cursor));
                ids.AddRange(answer.List("members").Select(each => each.AsText()).OfType<string>().Where(seen.Add));
                cursor = answer.Text("response_metadata", "next_cursor") ?? "";
                if (cursor.Length == 0 || ids.Count > MostMembers)
                    return ids;
            }
            throw new UnreadException(TooMany);
        }

        // The label of a field is for people, its id for calls.
        async Task<string> FieldAsync(string named, CancellationToken ct)
        {
            var answer = await CallAsync("team.profile.get", ct);
            var fields = answer.Field("profile") is { } profile ? profile.List("fields") : [];
            return fields.FirstOrDefault(each => each.Text("id") == named
                    || string.Equals(each.Text("label"), named, StringComparison.OrdinalIgnoreCase)).Name("id")
                ?? throw new UnreadException("the workspace has no profile field with the name in Employees:SlackPhoneField");
        }

        async Task<FoundPerson?> PersonAsync(string id, string? field, CancellationToken ct)
        {
            var answer = await AskAsync("users.info", ct, ("user", id), ("include_locale", "true"));
            if (answer is SlackAnswer.Refused { Error: "user_not_found" or "user_not_visible" })
                return null;
            var user = BodyOf(answer).Field("user") ?? default;
            var profile = user.Field("profile") ?? default;
            if (id == "USLACKBOT" || ((string[])["deleted", "is_bot", "is_restricted", "is_ultra_restricted"]).Any(flag => user.Has(flag))
                || HomeOrganisation.IsElsewhere(user, installation, enterprise))
                return null;
            var phone = field is null ? profile.Text("phone") : await FieldOfAsync(id, field, ct);
            var name = Filled(profile.Text("real_name")) ?? Filled(user.Text("real_name")) ?? Filled(profile.Text("display_name")) ?? id;
            return new(id, name, Filled(profile.Text("email")), Filled(phone) is { } number ? [number] : [], Filled(user.Text("locale")),
                Filled(user.Text("tz")));
        }

        async Task<string?> FieldOfAsync(string id, string field, CancellationToken ct)
        {
            var answer = await CallAsync("users.profile.get", ct, ("user", id));
            return answer.Field("profile")?.Field("fields")?.Field(field)?.Text("value");
        }

        async Task<PeopleAnswer> WithQuietAsync(ImmutableArray<FoundPerson> people, CancellationToken ct)
        {
            var quiet = new Dictionary<string, FoundPerson.Span>(StringComparer.Ordinal);
            foreach (var some in people.Chunk(MostAtOnce))
            {
                var answer = await AskAsync("dnd.teamInfo", ct, ("users", string.Join(',', some.Select(each => each.Id))));
                if (answer is SlackAnswer.Refused { Error: "missing_scope" })
                    return new PeopleAnswer.Everybody(people, ["do-not-disturb hours are not read, because the app lacks the scope "
                        + "dnd:read: add it to the app and install the app again, or set Employees:SlackDoNotDisturb to false."]);
                var users = BodyOf(answer).Field("users");
                foreach (var each in some)
                    if (users?.Field(each.Id) is { } hours && hours.Has("dnd_enabled")
                        && Moment(hours, "next_dnd_start_ts") is { } from && Moment(hours, "next_dnd_end_ts") is { } to && from < to)
                        quiet[each.Id] = new(from, to);
            }
            return new PeopleAnswer.Everybody(
                [.. people.Select(each => quiet.TryGetValue(each.Id, out var time) ? each with { Quiet = [time] } : each)], []);
        }

        // Slack writes 1 for never.
        static DateTimeOffset? Moment(JsonElement hours, string name) =>
            hours.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds)
                && seconds is > 1 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

        async Task<JsonElement> CallAsync(string method, CancellationToken ct, params (string Name, string? Value)[] arguments) =>
            BodyOf(await AskAsync(method, ct, arguments));

        static JsonElement BodyOf(SlackAnswer answer) => answer switch
        {
            SlackAnswer.Ok(var body) => body,
            SlackAnswer.Refused { Error: "missing_scope", Detail: var detail } => throw new UnreadException(
                $"because the app lacks a scope ({detail}): add it to the app under OAuth & Permissions, and install the app again"),
            SlackAnswer.Refused { Error: "no_such_subteam" } => throw new UnreadException("there is no such user group"),
            SlackAnswer.Refused { Error: "plan_upgrade_required" } => throw new UnreadException(
                "because the plan of this workspace has no user groups: name a channel"),
            SlackAnswer.Refused { Kind: Refusal.Place } => throw new UnreadException(
                "because the app cannot see that channel: invite it there"),
            var trouble => throw new UnreadException(trouble.Why),
        };

        // Slack names how long to wait. Reading everybody is never urgent.
        async Task<SlackAnswer> AskAsync(string method, CancellationToken ct, params (string Name, string? Value)[] arguments)
        {
            while (true)
            {
                var call = new SlackArguments();
                foreach (var (name, value) in arguments)
                    call[name] = value;
                var answer = await slack.CallAsync(new(installation, method, call), ct);
                if (answer is not SlackAnswer.Throttled(var after))
                    return answer is SlackAnswer.Lost or SlackAnswer.NotReached ? throw new UnreadException(answer.Why) : answer;
                if (after > LongestWait || realTime.GetElapsedTime(begun) + after > LongestInAll)
                    throw new UnreadException("because Slack asks to wait");
                await Task.Delay(after, realTime, ct);
            }
        }

        static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
