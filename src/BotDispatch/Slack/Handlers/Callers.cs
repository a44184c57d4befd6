using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Slack.Handlers;

/// <summary>Knows how others in a workspace read somebody.</summary>
internal interface IMemberNames
{
    /// <summary>The name that others read; <paramref name="otherwise"/> where the workspace does not say it.</summary>
    Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct);
}

/// <summary>
/// Gives callers, and the people whom they mention, the name that others read. A name that is slow to learn delays nothing.
/// </summary>
internal sealed class Callers(IMemberNames names, TimeProvider clock)
{
    /// <summary>The person as everybody else reads them.</summary>
    public async Task<Person> WhoAsync(SlackCaller caller, CancellationToken ct) =>
        SlackAddress.Person(caller.Installation, caller.UserId, await NameAsync(caller.Installation, caller.UserId, caller.UserName, ct));

    /// <summary>The mentioned people of that installation, with their names.</summary>
    public async Task<ImmutableArray<Mention>> NamedAsync(SlackCaller caller, IEnumerable<Mention> mentions, CancellationToken ct) =>
        [.. await Task.WhenAll(mentions.Select(async each =>
        {
            var (id, name) = (each.Person.UserId, each.Person.Name);
            name = name.Length > 0 ? name : await NameAsync(caller.Installation, id, "", ct);
            return each with { Person = SlackAddress.Person(caller.Installation, id, name) };
        }))];

    async Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct)
    {
        var known = otherwise.Length > 0 ? otherwise : user;
        // The deadline does not cancel it: a name that comes too late for this answer is remembered for the next.
        var asking = names.NameAsync(installation, user, known, ct);
        return await new ResponseDeadline(SlackDeadlines.Name, clock).AnswerAsync(asking, known, ct);
    }
}
