using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>The methods about people.</summary>
internal static class UserMethods
{
    /// <remarks>https://docs.slack.dev/reference/methods/users.info</remarks>
    public static ApiAnswer Info(ApiCall call) =>
        call.Bot.FindPerson(call.Text("user")) is { } person ? ApiAnswer.Ok(("user", Located(call, person))) : ApiAnswer.Error("user_not_found");

    public static ApiAnswer List(ApiCall call) => Pages.Of(call, "members", [.. call.Bot.People.Select(person => (JsonNode)person.ToJson(MaySeeEmail(call)))], 100);

    // Unknown here is in the plural; deactivated and foreign people are unknown.
    public static ApiAnswer ByEmail(ApiCall call) =>
        call.Bot.People.FirstOrDefault(each => !each.IsDeactivated && each.Team == call.Bot.Id && string.Equals(each.Email, call.Text("email"), StringComparison.OrdinalIgnoreCase)) is { } person
            ? ApiAnswer.Ok(("user", person.ToJson(withEmail: true)))
            : ApiAnswer.Error("users_not_found");

    /// <remarks>https://docs.slack.dev/reference/methods/users.profile.get</remarks>
    public static ApiAnswer Profile(ApiCall call)
    {
        if (call.Bot.FindPerson(call.Text("user")) is not { } person) return ApiAnswer.Error("user_not_found");
        var profile = person.ToJson(MaySeeEmail(call))["profile"]!.DeepClone().AsObject();
        profile["fields"] = new JsonObject([.. person.Fields.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)new JsonObject { ["value"] = each.Value, ["alt"] = "" }))]);
        return ApiAnswer.Ok(("profile", profile));
    }

    /// <remarks>https://docs.slack.dev/reference/methods/team.profile.get</remarks>
    public static ApiAnswer Fields(ApiCall call) => ApiAnswer.Ok(("profile", new JsonObject
    {
        ["fields"] = new JsonArray([.. call.Bot.ProfileFields.Select(each => (JsonNode)new JsonObject { ["id"] = each.Id, ["label"] = each.Label, ["type"] = "text" })]),
    }));

    /// <remarks>https://docs.slack.dev/reference/methods/usergroups.list</remarks>
    public static ApiAnswer Groups(ApiCall call) => ApiAnswer.Ok(("usergroups", new JsonArray([.. call.Bot.UserGroups.Select(each =>
        (JsonNode)new JsonObject { ["id"] = each.Id, ["team_id"] = call.Bot.Id, ["is_usergroup"] = true, ["name"] = each.Handle, ["handle"] = each.Handle })])));

    /// <remarks>https://docs.slack.dev/reference/methods/usergroups.users.list</remarks>
    public static ApiAnswer InGroup(ApiCall call) => call.Bot.UserGroups.Find(each => each.Id == call.Text("usergroup")) is { Users: { } users }
        ? ApiAnswer.Ok(("users", new JsonArray([.. users.Select(each => (JsonNode)each)])))
        : ApiAnswer.Error("no_such_subteam");

    // At most 50 people; an hour that never comes is 1.
    /// <remarks>https://docs.slack.dev/reference/methods/dnd.teamInfo</remarks>
    public static ApiAnswer DoNotDisturb(ApiCall call)
    {
        var users = (call.Text("users") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (users.Length is 0 or > 50) return ApiAnswer.Error(users.Length == 0 ? "no_users_provided" : "too_many_users");
        return ApiAnswer.Ok(("users", new JsonObject([.. users.Select(call.Bot.FindPerson).OfType<Person>().Select(person => KeyValuePair.Create(person.Id, (JsonNode?)new JsonObject
        {
            ["dnd_enabled"] = person.DoNotDisturb is not null,
            ["next_dnd_start_ts"] = person.DoNotDisturb?.From ?? 1,
            ["next_dnd_end_ts"] = person.DoNotDisturb?.To ?? 1,
        }))])));
    }

    static JsonObject Located(ApiCall call, Person person)
    {
        var made = person.ToJson(MaySeeEmail(call));
        if (call.Flag("include_locale")) made["locale"] = person.Locale;
        return made;
    }

    static bool MaySeeEmail(ApiCall call) => call.Bot.Scopes.Contains("users:read.email");
}
