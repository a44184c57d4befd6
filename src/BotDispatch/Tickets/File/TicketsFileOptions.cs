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

/// <summary>Stops the process at its start if nothing of the list can be used, and names file and line. Of a list with some bad tickets the others are used.</summary>
internal sealed class TicketsFileOptionsValidator : IValidateOptions<TicketsFileOptions>
{
    const int MostNamed = 20;

    public ValidateOptionsResult Validate(string? name, TicketsFileOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.File))
            return ValidateOptionsResult.Fail("Tickets:File is not set: name a JSON file with the tickets that can be dispatched.");
        var content = WatchedFile<Ticket>.Load(options.File, TicketList.Parse);
        return content.IsUsable
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(content.Problems.Take(MostNamed).Select(problem => $"Tickets:File: {problem.In(options.File)}"));
    }
}
