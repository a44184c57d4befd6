using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Which employee a chat user was linked to by hand or by an earlier look-up; null if nobody.</summary>
internal delegate ValueTask<EmployeeId?> StoredLink(Person person, CancellationToken ct);

/// <summary>Knows which employee somebody in a chat is.</summary>
internal sealed class Links(StoredLink stored)
{
    /// <summary>The employee they were linked to, else the one whose id or email is their user id; null if nobody's is.</summary>
    public async ValueTask<Employee?> FindAsync(Person person, IReadOnlyList<Employee> everybody, CancellationToken ct) => await stored(person, ct) is { } id
        ? everybody.FirstOrDefault(each => each.Id == id)
        : everybody.FirstOrDefault(each => Same(each.Id.Value, person.UserId) || Same(each.Email, person.UserId));

    static bool Same(string? one, string other) => other.Length > 0 && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
