using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>
/// Knows the places in which a dispatch may also be shown. An administrator allows them, and the requester must be a member there.
/// </summary>
internal sealed class MirrorPlaces : IMirrorPermission
{
    readonly Tenancy tenancy;
    readonly Memberships memberships;
    readonly ImmutableArray<(string Name, ChatChannel Channel, bool IsByRule)> all;

    public MirrorPlaces(IOptions<MirrorOptions> options, IPlaceReader reader, Tenancy tenancy, Memberships memberships)
    {
        (this.tenancy, this.memberships) = (tenancy, memberships);
        var taken = options.Value.Places.Select(each => each.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        all = [.. from each in options.Value.Places
                  let channel = reader.Read(each.Written)
                  where channel is not null
                  select (each.Name.Length > 0 ? each.Name : NameOf(channel, taken), channel, each.IsByRule)];
    }

    /// <summary>Every place by its name.</summary>
    public IEnumerable<(string Name, ChatChannel Channel)> Named => all.Select(each => (each.Name, each.Channel));

    /// <summary>Returns whether an administrator allows dispatches to be shown there.</summary>
    public bool IsAllowed(ChatChannel place) => all.Any(each => each.Channel == place);

    /// <summary>Returns the places that a dialog offers, without those that show the dispatch anyway.</summary>
    /// <param name="where">The place of the dialog.</param>
    /// <param name="picked">The names that are already picked.</param>
    /// <param name="replaced">The dispatch that the new one replaces; it goes on in the same places.</param>
    public ImmutableArray<FormPlace> Offered(ChatChannel where, ImmutableArray<string> picked, DispatchState? replaced = null) =>
        [.. Allowed(where).Where(each => !each.IsByRule && each.Channel != where && replaced?.ThreadIn(each.Channel) is null)
            .Select(each => new FormPlace(each.Name, picked.Contains(each.Name, StringComparer.OrdinalIgnoreCase)))];

    /// <summary>Returns where a new dispatch is also shown, or what is wrong with the picked places.</summary>
    public async Task<(ImmutableArray<Mirror> Mirrors, string? Mistake)> FindAsync(StartRequest request, TimeBudget budget)
    {
        var home = request.Home;
        var mirrors = ImmutableArray.CreateBuilder<Mirror>();
        mirrors.AddRange(request.Replaced?.Mirrors ?? []);
        foreach (var name in request.AlsoIn.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var (mirror, mistake) = await FindAsync(name, request.Channel, request.AskedBy, budget);
            if (mirror is null)
                return ([], mistake);
            mirrors.Add(mirror);
        }
        if (Others(mirrors).Count() is > Decider.MostMirrors and var many)
            return ([], ReplyText.TooManyPlaces(many));
        mirrors.AddRange(
            Allowed(home).Where(each => each.IsByRule)
                .Select(each => new Mirror(each.Channel, each.Name, request.AskedBy, IsByRule: true)));
        // Places that nobody asked for are left out without a question.
        return ([.. Others(mirrors).Take(Decider.MostMirrors)], null);

        IEnumerable<Mirror> Others(IEnumerable<Mirror> found) => found.DistinctBy(each => each.Channel).Where(each => each.Channel != home);
    }

    /// <summary>
    /// Returns the place of that name for the requester, or why they cannot have it. If the chat does not answer in time, it is asked again
    /// before anything is shown there.
    /// </summary>
    public async Task<(Mirror? Mirror, string Mistake)> FindAsync(string name, ChatChannel where, Person by, TimeBudget budget)
    {
        var allowed = Allowed(where).ToList();
        if (allowed.Find(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { Channel: { } channel } place)
            return (null, ReplyText.UnknownPlace(name, [.. allowed.Select(each => each.Name)]));
        try
        {
            switch (await memberships.FindAsync(channel, by, budget.Token).WaitAsync(budget.Token))
            {
                case Membership.IsNot:
                    return (null, ReplyText.NotAMember(place.Name));
                case Membership.Unseen(var because):
                    return (null, ReplyText.UnseenPlace(place.Name, because));
            }
        }
        catch (OperationCanceledException) when (!budget.Caller.IsCancellationRequested)
        {
            // The chat is too slow for an answer here.
        }
        return (new(channel, place.Name, by), "");
    }

    IEnumerable<(string Name, ChatChannel Channel, bool IsByRule)> Allowed(ChatChannel where) =>
        all.Where(each => tenancy.MayMirror(where, each.Channel));

    static string NameOf(ChatChannel channel, HashSet<string> taken)
    {
        var chat = Words.OfChat(channel.Platform);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? chat : $"{chat} {n}").First(taken.Add);
    }
}
