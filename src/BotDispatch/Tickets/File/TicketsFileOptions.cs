using BotDispatch.Core;
using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.File;

/// <summary>Where the list of tickets lies. Section <c>Tickets</c>.</summary>
internal sealed class TicketsFileOptions
{
    /// <summary>A JSON file.</summary>
    public string File { get; set; } = "";
}

/// <summary>Stops the process at its start if the list cannot be used, and names file and line.</summary>
internal sealed class TicketsFileOptionsValidator : IValidateOptions<TicketsFileOptions>
{
    const int MostNamed = 20;

    public ValidateOptionsResult Validate(string? name, TicketsFileOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.File))
            return ValidateOptionsResult.Fail("Tickets:File is not set: name a JSON file with the tickets that can be dispatched.");
        var problems = WatchedFile<Ticket>.Load(options.File, TicketList.Parse).Problems;
        return problems.IsEmpty
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Take(MostNamed).Select(problem => $"Tickets:File: {problem.In(options.File)}"));
    }
}
