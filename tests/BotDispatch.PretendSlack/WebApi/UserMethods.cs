using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>The methods about people.</summary>
internal static class UserMethods
{
    /// <remarks>https://docs.slack.dev/reference/methods/users.info</remarks>
    public static ApiAnswer Info(ApiCall call) =>
        call.Bot.FindPerson(call.Text("user")) is { } person ? ApiAnswer.Ok(("user", person.ToJson(MaySeeEmail(call)))) : ApiAnswer.Error("user_not_found");

    public static ApiAnswer List(ApiCall call) => Pages.Of(call, "members", [.. call.Bot.People.Select(person => (JsonNode)person.ToJson(MaySeeEmail(call)))], 100);

    // Unknown here is in the plural; deactivated and foreign people are unknown.
    public static ApiAnswer ByEmail(ApiCall call) =>
        call.Bot.People.FirstOrDefault(each => !each.IsDeactivated && each.Team == call.Bot.Id && string.Equals(each.Email, call.Text("email"), StringComparison.OrdinalIgnoreCase)) is { } person
            ? ApiAnswer.Ok(("user", person.ToJson(withEmail: true)))
            : ApiAnswer.Error("users_not_found");

    static bool MaySeeEmail(ApiCall call) => call.Bot.Scopes.Contains("users:read.email");
}
