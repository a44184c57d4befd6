using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Api;

/// <summary>What a program asks for when it starts a dispatch.</summary>
/// <param name="TicketReference">A ticket of a ticket system; null if the job is in <paramref name="Words"/>.</param>
/// <param name="Words">The job in words; null if it is a ticket.</param>
/// <param name="To">The list of people to call; null if <paramref name="People"/> names them.</param>
/// <param name="People">The ids or email addresses of the people to call, in order.</param>
/// <param name="Note">A note that is spoken after the ticket.</param>
/// <param name="Channel">The place of the thread as an administrator writes places; null for the default.</param>
internal sealed record StartBody(
    string? TicketReference, Ticket? Words, string? To, ImmutableArray<string> People, string? Note, string? Channel)
{
    public const int LongestReference = 64;
    public const int LongestDescription = 20_000;
    public const int LongestName = 200;
    public const int LongestPriority = 60;
    public const int LongestLink = 500;

    static readonly ImmutableArray<string> Names =
        ["ticket", "title", "description", "priority", "place", "link", "to", "people", "note", "channel"];

    /// <summary>Reads the request, or names everything that is wrong with it, by field.</summary>
    public static (StartBody? Request, IReadOnlyDictionary<string, string[]> Errors) Read(JsonElement body)
    {
        var reader = new FieldReader(body);
        reader.RefuseOthersThan(Names);
        var ticket = reader.Line("ticket", LongestReference);
        var title = reader.Line("title", ReplyText.MostFreeText);
        var description = reader.Text("description", LongestDescription);
        var (priority, place) = (reader.Line("priority", LongestPriority), reader.Line("place", LongestName));
        var link = reader.Line("link", LongestLink);
        if (link is not null && WebLink.Read(link) is null)
            reader.Refuse("link", "must begin with https:// or http://.");
        if (!reader.IsWritten("ticket") && !reader.IsWritten("title"))
            reader.Refuse("ticket", "or title must say what the job is: the reference of a ticket, or words.");
        if (ticket is not null)
            foreach (var other in (string[])["title", "description", "priority", "place", "link"])
                if (reader.IsWritten(other))
                    reader.Refuse(other, "must be left out beside ticket, because the ticket system gives it.");
        var to = reader.Line("to", LongestName);
        var people = reader.Lines("people", ReplyText.MostPeople, LongestName);
        if (reader.IsWritten("to") == reader.IsWritten("people"))
            reader.Refuse(reader.IsWritten("to") ? "people" : "to",
                reader.IsWritten("to") ? "must be left out beside to." : "or people must say who is called.");
        else if (reader.IsWritten("people") && people.Length == 0 && !reader.IsRefused("people"))
            reader.Refuse("people", "must name at least one person.");
        var note = reader.Line("note", ReplyText.MostNote);
        var channel = reader.Line("channel", LongestLink);
        if (reader.Errors.Count > 0)
            return (null, reader.Errors);
        var words = ticket is null ? new Ticket(title!, title!, description, priority, place, link, IsFreeText: true) : null;
        return (new(ticket, words, to, people, note, channel), reader.Errors);
    }
}

/// <summary>Reads fields of a JSON object, and remembers what is wrong with each.</summary>
internal sealed class FieldReader(JsonElement body)
{
    readonly SortedDictionary<string, string[]> errors = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string[]> Errors => errors;

    public void Refuse(string field, string what) => errors[field] = [.. errors.GetValueOrDefault(field) ?? [], $"{field} {what}"];

    public bool IsRefused(string field) => errors.ContainsKey(field);

    /// <summary>Whether the field is there and is not null.</summary>
    public bool IsWritten(string field) => body.Field(field) is not null;

    /// <summary>
    /// Refuses every field with another name, and one that occurs twice: one that is misspelt, or the first of two, would silently have no
    /// effect.
    /// </summary>
    public void RefuseOthersThan(ImmutableArray<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
            if (SafeJson.NameOf(property) is not { } name)
                Refuse("?", "is a field whose name has half a character in it.");
            else if (!names.Contains(name))
                Refuse(Shortened(name), $"is not a field of this request. Its fields are {string.Join(", ", names)}.");
            else if (!seen.Add(name) && !IsRefused(name))
                Refuse(name, "occurs twice: write it once.");
    }

    /// <summary>Returns the text as one line; null if there is none.</summary>
    public string? Line(string field, int longest) => Text(field, longest, PlainWords.OneLine);

    /// <summary>Returns the text; null if there is none.</summary>
    public string? Text(string field, int longest) => Text(field, longest, text => text.Trim());

    /// <summary>Returns the texts of a list.</summary>
    public ImmutableArray<string> Lines(string field, int most, int longest)
    {
        if (body.Field(field) is not { } list)
            return [];
        if (list.ValueKind is not JsonValueKind.Array || list.EnumerateArray().Any(each => each.ValueKind is not JsonValueKind.String))
        {
            Refuse(field, "must be a list of texts.");
            return [];
        }
        if (list.GetArrayLength() > most)
            Refuse(field, $"has {list.GetArrayLength()} entries; at most {most} are allowed.");
        List<string?> lines =
            [.. list.EnumerateArray().Select(each => SafeJson.TextOf(each) is { } text ? PlainWords.OneLine(text) : null)];
        if (lines.Exists(line => line is null or { Length: 0 } || line.Length > longest))
            Refuse(field, $"has an entry that is empty, cannot be read, or is longer than {longest} characters.");
        return [.. lines.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    string? Text(string field, int longest, Func<string, string> clean)
    {
        if (body.Field(field) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
            Refuse(field, "must be text.");
        else if (SafeJson.TextOf(value) is not { } written)
            Refuse(field, "has half a character in it (a lone surrogate), or bytes that are not UTF-8 text.");
        else if (clean(written.Replace('\0', ' ')) is not { Length: > 0 } text)
            Refuse(field, "is empty: write something, or leave it out.");
        else if (text.Length > longest)
            Refuse(field, $"has {text.Length} characters; at most {longest} are allowed.");
        else
            return text;
        return null;
    }

    static string Shortened(string name) => PlainWords.Shortened(PlainWords.OneLine(name), 60);
}
