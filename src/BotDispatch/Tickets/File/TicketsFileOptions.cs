using BotDispatch.Core;
using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.File;

/// <summary>The location of the list of tickets. Section <c>Tickets</c>.</summary>
internal sealed class TicketsFileOptions
{
    /// <summary>The path of a JSON file.</summary>
    public string File { get; set; } = "";

    /// <summary>Whether a ticket system is set up, so that no file is needed.</summary>
    public bool HasSystems { get; internal set; }
}

/// <summary>
/// Stops the process at its start, with file and line, if the list has no usable ticket. If only some tickets are bad, the others are used.
/// </summary>
internal sealed class TicketsFileOptionsValidator : IValidateOptions<TicketsFileOptions>
{
    public ValidateOptionsResult Validate(string? name, TicketsFileOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.File))
            return options.HasSystems
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Tickets:File is not set: name a JSON file with the tickets that can be dispatched, or set up a "
                    + "ticket system, such as Tickets:Redmine:BaseAddress.");
        var wrong = WatchedFile<Ticket>.Check("Tickets:File", options.File, TicketList.Parse).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
