using BotDispatch.Core;

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

    /// <summary>
    /// Returns the systems whose reference a text is by its form, with the reference in each system's own spelling. A link is only for the
    /// system to whose pages it leads. Typed digits alone are a reference only if one system alone has numbers.
    /// </summary>
    /// <param name="clean">A typed text that <see cref="TypedText"/> has cleaned.</param>
    public IReadOnlyList<(TicketSystem System, string Reference)> CandidatesFor(string clean)
    {
        var candidates = AllFor(clean);
        return candidates.Count > 1 && TypedText.IsBareNumber(clean) ? [] : candidates;
    }

    /// <summary>Returns the system that a ticket was read from; null if it is in none, or if that one is not set up any more.</summary>
    public ITicketSystem? Of(Ticket ticket) => ticket.System is { } noted
        // Names in the environment may have any case.
        ? All.Select(each => each.System).FirstOrDefault(each => each.Name.Equals(noted, StringComparison.OrdinalIgnoreCase))
        : OwnerOf(ticket);

    // For tickets of dispatches that began before the system was noted. A stored reference may be digits alone.
    ITicketSystem? OwnerOf(Ticket ticket) => AllFor(TypedText.Clean(ticket.Reference)).Select(each => each.System.System)
        .ToList() switch
    {
        [] => null,
        [var only] => only,
        // Every system but one of any kind links to its own pages.
        var several => several.MaxBy(each => DepthOf(ticket.Link ?? "", each)) is var owner && DepthOf(ticket.Link ?? "", owner!) > 0
            ? owner : several.Find(each => each is AnyHttp.HttpSystem) ?? several[0],
    };

    List<(TicketSystem System, string Reference)> AllFor(string clean)
    {
        var depth = All.Select(each => DepthOf(clean, each.System)).DefaultIfEmpty(0).Max();
        return [.. All.Where(each => depth == 0 || DepthOf(clean, each.System) == depth)
            .Select(each => (System: each, Reference: each.System.ReferenceIn(clean)))
            .Where(each => each.Reference is not null).Select(each => (each.System, each.Reference!))];
    }

    // How much of a link is the address of a system; 0 if the link leads elsewhere. One system may be below the address of another.
    static int DepthOf(string link, ITicketSystem system) =>
        system.Root is { } root && new WebPage(root).PathIn(link) is not null ? root.AbsolutePath.Length : 0;
}

/// <summary>Makes a ticket system of its settings; null while it is off.</summary>
/// <remarks>
/// A delegate, because it is passed as a value: each kind of system has its own, and <see cref="TicketSystems"/> calls them all.
/// </remarks>
internal delegate ITicketSystem? TicketSystemFactory();
