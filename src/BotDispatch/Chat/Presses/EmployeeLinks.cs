using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Which employee somebody in a chat is.</summary>
internal abstract record Link
{
    private Link() { }

    /// <summary>This one.</summary>
    public sealed record To(Employee Employee) : Link;

    /// <summary>None of the directory.</summary>
    public sealed record Nobody : Link;

    /// <summary>Nobody knows: the chat could not be asked for their email.</summary>
    public sealed record Unknown : Link;
}

/// <summary>Knows which employee somebody in a chat is.</summary>
internal sealed class EmployeeLinks(DirectoryQueries lookups)
{
    /// <summary>The employee whose id or email is their user id, else the one whose email the chat knows as theirs.</summary>
    public async Task<Link> FindAsync(Person person, IReadOnlyList<Employee> everybody, TimeBudget budget)
    {
        var same = everybody.FirstOrDefault(each =>
            UserIds.Mean(each.Id.Value, person.UserId) || UserIds.Mean(each.Email, person.UserId));
        if (same is not null)
            return new Link.To(same);
        var (wasAsked, email) = await lookups.EmailAsync(person, budget);
        return wasAsked ? Of(everybody.FirstOrDefault(each => UserIds.Mean(each.Email, email ?? ""))) : new Link.Unknown();
    }

    /// <summary>Words to append where somebody is not found, if a source of people cannot be read now; empty if all can be.</summary>
    public string Unread => lookups.Unread;

    static Link Of(Employee? employee) => employee is null ? new Link.Nobody() : new Link.To(employee);
}
