using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

/// <summary>Named lists that a test fills.</summary>
internal sealed class PretendLists : INamedLists
{
    readonly List<ResolvedList> lists = [];
    string? removing;

    /// <summary>Adds a list of these people, each with a reason of their own.</summary>
    public void Add(string id, string name, string[] people, string? then = null, ListPolicy? policy = null, LeftOutPerson[]? leftOut = null, params string[] tell) => lists.Add(new(
        new(id, name, null, policy ?? new(), then, [.. tell]),
        [.. people.Select((each, index) => new ListedPerson(new(each), $"reason of {each}", Words.OfPick(index + 1, "On shift until 18:00 (UTC)", $"reason of {each}"), true))],
        [.. leftOut ?? []]));

    public void Clear() => lists.Clear();

    /// <summary>An administrator removes the list after it was looked for once more.</summary>
    public void RemoveAfterNextLook(string id) => removing = id;

    public ImmutableArray<NamedList> All()
    {
        ImmutableArray<NamedList> all = [.. lists.Select(each => each.List)];
        lists.RemoveAll(each => each.List.Id == removing);
        return all;
    }

    public Task<ResolvedList> ResolveAsync(NamedList list, Ticket ticket, DateTimeOffset at, CancellationToken ct) =>
        Task.FromResult(lists.Single(each => each.List.Id == list.Id));
}
