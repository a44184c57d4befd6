using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Whether only people of one house are in that chat: the house of whoever runs this.</summary>
internal delegate bool IsSingleTenant(string platform);

/// <summary>Houses that share an installation of ours, as workspaces and tenants, know nothing of each other's dispatches.</summary>
internal sealed class Tenancy(IsSingleTenant isSingleTenant)
{
    /// <summary>Whether a dispatch may be shown and changed from there: from every house in which it is shown, and where each chat is one house's alone, from all of them.</summary>
    public bool IsKnownIn(DispatchState state, ChatChannel where) =>
        state.Places.Where((_, thread) => thread == 0 || !state.GivenUpThreads.Contains(thread)).Any(place => IsOfTenant(place, where)) || (state.Plan.Channel.Platform != where.Platform && isSingleTenant(state.Plan.Channel.Platform) && isSingleTenant(where.Platform));

    /// <summary>Those of them that may.</summary>
    public IReadOnlyList<DispatchState> KnownIn(ChatChannel where, IEnumerable<DispatchState> states) => [.. states.Where(each => IsKnownIn(each, where))];

    /// <summary>Whether whoever is there may show something in that other place, if they are a member of it: a stranger's chat vouches for nobody's email.</summary>
    public bool MayMirror(ChatChannel from, ChatChannel to) => IsOfTenant(to, from) || isSingleTenant(from.Platform);

    /// <summary>Said where another dispatch works on that ticket; of another house's nothing is shown.</summary>
    public ChatReply.Private AlreadyOpen(DispatchState other, ChatChannel where) => IsKnownIn(other, where)
        ? new(ReplyText.AlreadyOpen(other), other.Plan.Id)
        : new(ReplyText.OpenElsewhere(other.Plan.Ticket.Reference));

    static bool IsOfTenant(ChatChannel place, ChatChannel where) => place.Platform == where.Platform && (place.Tenant.Length == 0 || place.Tenant == where.Tenant);
}
