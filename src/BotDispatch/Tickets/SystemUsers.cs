using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets;

/// <summary>
/// Finds the system's own user for a person of the directory: by the table of the settings, or by email where the system can be asked.
/// </summary>
/// <param name="settings">The settings of the system.</param>
/// <param name="identifier">What the table has for each user, as <c>the id of the user in Redmine</c>.</param>
/// <param name="alternative">What else an administrator can do, as the end of a sentence; empty if nothing.</param>
internal sealed class SystemUsers(SystemSettings settings, string identifier, string alternative = "")
{
    /// <summary>Returns the user, or why there is none.</summary>
    /// <param name="who">The person.</param>
    /// <param name="ask">Asks the system for users with this email; null if the system cannot be asked.</param>
    /// <param name="read">Reads the user from the answer; null if there is none.</param>
    public async Task<(string? User, TicketWritten? Fault)> FindAsync(
        TicketAssignee who, Func<string, Task<SystemAnswer>>? ask, Func<JsonElement, string, string?> read)
    {
        if (who.Email is { } known && settings.Users.TryGetValue(known, out var written))
            return (written, null);
        var remedy = $"Write {settings.Section}:Users:{who.Email ?? "EMAIL"} with {identifier}{alternative}.";
        if (who.Email is not { } email)
            return Refused($"{who.Name} has no email in the directory, so {settings.Called}'s user is not known.");
        return (ask is null ? new SystemAnswer.Missing() : await ask(email)) switch
        {
            SystemAnswer.Content(var body) => read(body, email) is { } user ? (user, null)
                : Refused($"{settings.Called} has no user with the email of {who.Name}."),
            SystemAnswer.Failed failed =>
                (null, new TicketWritten.TryLater($"{settings.Called}: {failed.Because}", failed.After ?? SystemClient.Retry)),
            SystemAnswer.Conflict =>
                (null, new TicketWritten.TryLater($"{settings.Called}: it is busy with the same thing", SystemClient.Retry)),
            _ => Refused($"{settings.Called} does not tell BotDispatch which user {who.Name} is."),
        };

        (string?, TicketWritten?) Refused(string because) => (null, new TicketWritten.Refused(because, remedy));
    }

    /// <summary>
    /// Returns the id of the user whose email is this one. Systems hide the emails of users and find them by it all the same, but only by
    /// the whole of it: then the only user that was found is the one.
    /// </summary>
    /// <param name="users">The users that the system found for the email.</param>
    /// <param name="email">The email.</param>
    /// <param name="id">The field with the id.</param>
    /// <param name="emails">The fields that may have an email.</param>
    public static string? ByEmail(IEnumerable<JsonElement> users, string email, string id, params string[] emails)
    {
        var found = users.ToList();
        var equal = found.Where(user => emails.Any(field => string.Equals(user.Text(field), email, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return equal.Count > 0 ? equal[0].Name(id)
            : found is [var only] && emails.All(field => only.Name(field) is null) ? only.Name(id) : null;
    }
}
