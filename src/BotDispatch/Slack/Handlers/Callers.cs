using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Slack.Handlers;

/// <summary>How others in that workspace read somebody; <paramref name="otherwise"/> where it does not say.</summary>
internal delegate Task<string> SlackName(string installation, string user, string otherwise, CancellationToken ct);

/// <summary>Knows callers by their name, and reads whom they mention. A name that is slow to learn holds nothing up.</summary>
internal sealed class Callers(SlackName name, TimeProvider clock)
{
    /// <summary>Who it is, for everybody else to read.</summary>
    public async Task<Person> WhoAsync(SlackCaller caller, CancellationToken ct) =>
        SlackAddress.Person(caller.Installation, caller.UserId, await NameAsync(caller.Installation, caller.UserId, caller.UserName, ct));

    /// <summary>What was typed, without Slack's escapes, and the people mentioned in it.</summary>
    public async Task<(string Text, IReadOnlyList<Mention> Mentions)> ReadAsync(SlackCaller caller, string escaped, CancellationToken ct)
    {
        var typed = SlackMarkup.Read(escaped);
        var names = await Task.WhenAll(typed.Mentions.Select(each => each.Name.Length > 0 ? Task.FromResult(each.Name) : NameAsync(caller.Installation, each.UserId, "", ct)));
        return (typed.Text, [.. typed.Mentions.Zip(names, (each, called) => new Mention(each.Token, SlackAddress.Person(caller.Installation, each.UserId, called)))]);
    }

    /// <summary>A message as one reads it: mentions are names in it.</summary>
    public async Task<string> PlainAsync(SlackCaller caller, string escaped, CancellationToken ct)
    {
        var (text, mentions) = await ReadAsync(caller, escaped, ct);
        return mentions.Aggregate(text, (read, each) => read.Replace(each.Token, "@" + each.Person.Name, StringComparison.Ordinal));
    }

    async Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct)
    {
        var known = otherwise.Length > 0 ? otherwise : user;
        // Without its own token: an answer that comes too late for this one is remembered for the next.
        return await new ResponseDeadline(SlackDeadlines.Name, clock).AnswerAsync(name(installation, user, known, ct), known, ct);
    }
}
