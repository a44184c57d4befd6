using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Tenants that share an installation of ours, such as workspaces, know nothing of each other's dispatches.</summary>
internal sealed class Tenancy(IEnumerable<IChatPlatform> platforms)
{
    /// <summary>
    /// Returns whether a dispatch is visible from there, and can be changed. It is visible from every tenant that shows it. If each chat is
    /// single-tenant, it is visible from all of them.
    /// </summary>
    public bool IsKnownIn(DispatchState state, ChatChannel where) =>
        state.Plan.Channel.IsInTenantOf(where) || IsMirroredIn(state, where)
            || (state.Plan.Channel.Platform != where.Platform && IsSingleTenant(state.Plan.Channel.Platform)
                && IsSingleTenant(where.Platform));

    /// <summary>Returns the dispatches that are visible from there.</summary>
    public IReadOnlyList<DispatchState> KnownIn(ChatChannel where, IEnumerable<DispatchState> states) =>
        [.. states.Where(each => IsKnownIn(each, where))];

    /// <summary>
    /// Returns whether a person in one place may show something in the other, if they are a member there. A stranger's chat vouches for
    /// nobody's email.
    /// </summary>
    public bool MayMirror(ChatChannel from, ChatChannel to) => to.IsInTenantOf(from) || IsSingleTenant(from.Platform);

    /// <summary>Returns the answer if another dispatch works on that ticket. Nothing of another tenant's dispatch is shown.</summary>
    public ChatReply.Private AlreadyOpen(DispatchState other, ChatChannel where) => IsKnownIn(other, where)
        ? new(ReplyText.AlreadyOpen(other, where), other.Plan.Id)
        : new(ReplyText.OpenElsewhere(other.Plan.Ticket.Reference));

    // Of a chat that is not set up we know nothing, so strangers may be in it.
    bool IsSingleTenant(string platform) => platforms.FirstOrDefault(each => each.Name == platform)?.IsSingleTenant ?? false;

    // A dialog asks this of hundreds of dispatches, so nothing is allocated here.
    static bool IsMirroredIn(DispatchState state, ChatChannel where)
    {
        for (var thread = 1; thread <= state.Mirrors.Length; thread++)
            if (state.Mirrors[thread - 1].Channel.IsInTenantOf(where) && !state.GivenUpThreads.Contains(thread))
                return true;
        return false;
    }
}
