namespace BotDispatch.Tickets;

/// <summary>One ticket system that is set up, and its open tickets.</summary>
internal sealed record TicketSystem(ITicketSystem System, RecentTickets Recent);

/// <summary>The ticket systems that are set up, in the order in which they are asked.</summary>
internal sealed class TicketSystems(IEnumerable<TicketSystemFactory> factories, TimeProvider realTime)
{
    /// <summary>The names of the systems that have settings of their own. A system is found by its name.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
        ["Redmine", "Jira", "ServiceNow", "Request Tracker", "Zendesk", "GitHub", "GitLab"];

    /// <summary>The systems; empty if all tickets are in the file.</summary>
    public IReadOnlyList<TicketSystem> All { get; } =
        [.. factories.Select(make => make()).OfType<ITicketSystem>().Select(system => new TicketSystem(system, new(system, realTime)))];
}

/// <summary>Makes a ticket system of its settings; null while it is off.</summary>
/// <remarks>
/// A delegate, because it is passed as a value: each kind of system registers its own, and <see cref="TicketSystems"/> calls them all.
/// </remarks>
internal delegate ITicketSystem? TicketSystemFactory();
