using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>What became of an input. Known only after its commit.</summary>
internal abstract record Applied
{
    private Applied() { }

    /// <summary>
    /// It was decided, and what was decided is stored. A repeated or late input is decided too: it is ignored for a reason.
    /// </summary>
    public sealed record Decided(Decision Decision) : Applied;

    /// <summary>A Start for a ticket that another open dispatch works on.</summary>
    public sealed record TicketIsOpen(DispatchState Other) : Applied;

    /// <summary>A re-dispatch of something that <paramref name="By"/> has replaced already.</summary>
    public sealed record WasReplaced(DispatchId By) : Applied;

    /// <summary>This delivery was decided before; nothing was decided again.</summary>
    public sealed record SeenBefore(DispatchState State) : Applied;

    /// <summary>There is no such dispatch.</summary>
    public sealed record NoSuchDispatch : Applied;
}
