using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Workspaces of one platform that share an installation of ours know nothing of each other's dispatches.</summary>
internal static class Tenancy
{
    extension(DispatchState state)
    {
        /// <summary>Whether it may be shown and changed from there. What belongs to no tenant, or to another platform, may.</summary>
        public bool IsKnownIn(ChatChannel where) =>
            state.Plan.Channel is var home && (home.Platform != where.Platform || home.Tenant.Length == 0 || home.Tenant == where.Tenant);
    }

    extension(IEnumerable<DispatchState> states)
    {
        /// <summary>Those of them that may.</summary>
        public IReadOnlyList<DispatchState> KnownIn(ChatChannel where) => [.. states.Where(each => each.IsKnownIn(where))];
    }
}
