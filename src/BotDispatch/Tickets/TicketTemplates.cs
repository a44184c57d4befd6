using System.Text.Json;
using BotDispatch.Core;

namespace BotDispatch.Tickets;

/// <summary>The templates of one ticket system: what a ticket's title, description, priority and place are made of.</summary>
internal sealed class TicketTemplates
{
    /// <summary>A title is spoken whole and shown in one line.</summary>
    public const int LongestTitle = 300;

    /// <summary>What was copied into a ticket, such as a log file, is not copied into the dispatch as well.</summary>
    public const int LongestDescription = 10_000;

    const int LongestWord = 200;

    readonly TicketTemplate title;
    readonly TicketTemplate description;
    readonly TicketTemplate priority;
    readonly TicketTemplate place;

    /// <summary>Returns the templates of the settings, and the system's own where the settings are empty.</summary>
    public TicketTemplates(SystemSettings settings, string title, string description, string priority, string place)
    {
        this.title = TicketTemplate.Of(Set(settings.Title, title));
        this.description = TicketTemplate.Of(Set(settings.Description, description));
        this.priority = TicketTemplate.Of(Set(settings.Priority, priority));
        this.place = TicketTemplate.Of(Set(settings.Place, place));
    }

    /// <summary>Returns the ticket that is made of this JSON.</summary>
    public Ticket Fill(string reference, JsonElement root, string? link, IReadOnlyDictionary<string, string>? extra = null) => new(
        reference,
        OneLine(title.Fill(root, extra), LongestTitle) ?? reference,
        Cut(description.Fill(root, extra), LongestDescription),
        OneLine(priority.Fill(root, extra), LongestWord),
        OneLine(place.Fill(root, extra), LongestWord),
        link);

    static string Set(string setting, string own) => setting.Length > 0 ? setting : own;

    static string? OneLine(string text, int most) =>
        Cut(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), most);

    static string? Cut(string text, int most) => text.Length switch
    {
        0 => null,
        _ when text.Length <= most => text,
        _ => text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)].TrimEnd() + "…",
    };
}
