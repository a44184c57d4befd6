using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.People;

/// <summary>Knows the people of other organisations, whom a channel of Slack Connect has as members, too.</summary>
/// <remarks>
/// https://docs.slack.dev/apis/slack-connect and https://docs.slack.dev/reference/objects/user-object: <c>is_stranger</c> is false for a
/// person of another organisation who shares a channel with the app.
/// </remarks>
internal static class HomeOrganisation
{
    /// <summary>Whether this user object is of a person who belongs to another organisation.</summary>
    /// <param name="user">The user object, as <c>users.info</c> answers it.</param>
    /// <param name="installation">The id of the workspace or the organisation where the app is installed.</param>
    /// <param name="enterprise">The organisation of that workspace; null if it has none.</param>
    public static bool IsElsewhere(JsonElement user, string installation, string? enterprise) =>
        user.Has("is_stranger")
        || (user.Name("team_id") is { } team && team != installation && (enterprise is null || !IsOf(user, team, enterprise)));

    // People of the other workspaces of an organisation (Enterprise Grid) are colleagues.
    static bool IsOf(JsonElement user, string team, string enterprise) =>
        team == enterprise || user.Text("enterprise_user", "enterprise_id") == enterprise;
}
