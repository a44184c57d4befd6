using System.Collections.Immutable;
using System.Text;

namespace BotDispatch.Employees.Calendars;

/// <summary>One property of a calendar: <c>DTSTART;TZID=Europe/Athens:20260105T080000</c>.</summary>
/// <param name="Name">Its name in capitals.</param>
/// <param name="Parameters">Its parameters, found whatever their case.</param>
/// <param name="Value">Its value as it is written.</param>
internal sealed record CalendarProperty(string Name, ImmutableDictionary<string, string> Parameters, string Value)
{
    /// <summary>The value of a text property without its escapes.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Value.Length);
            for (var at = 0; at < Value.Length; at++)
                text.Append(Value[at] is '\\' && at + 1 < Value.Length ? Value[++at] is 'n' or 'N' ? ' ' : Value[at] : Value[at]);
            return text.ToString();
        }
    }
}

/// <summary>An event or a time zone of a calendar.</summary>
/// <param name="Name"><c>VEVENT</c> or <c>VTIMEZONE</c>.</param>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Properties">Its own properties, and for a time zone those of its parts.</param>
internal sealed record CalendarComponent(string Name, int Line, ImmutableArray<CalendarProperty> Properties)
{
    /// <summary>Returns the first property of that name; null if there is none.</summary>
    public CalendarProperty? Find(string name) => Properties.FirstOrDefault(each => each.Name == name);
}

/// <summary>A calendar, split into its parts. Nothing in it is understood yet.</summary>
/// <param name="Zone">The zone that the calendar names for times without one; null if it names none.</param>
/// <param name="Components">Its events and time zones.</param>
internal sealed record CalendarText(string? Zone, ImmutableArray<CalendarComponent> Components)
{
    const int MostComponents = 20_000;
    const int MostProperties = 2_000;

    /// <summary>Splits a text; null if it is not a calendar.</summary>
    /// <remarks>https://www.rfc-editor.org/rfc/rfc5545#section-3.1</remarks>
    public static CalendarText? Read(string text)
    {
        string? zone = null;
        var components = ImmutableArray.CreateBuilder<CalendarComponent>();
        var (open, isCalendar) = (new Stack<string>(), false);
        var (properties, begun) = (ImmutableArray.CreateBuilder<CalendarProperty>(), 0);
        foreach (var (line, number) in Unfolded(text))
        {
            if (PropertyOf(line) is not { } property)
                continue;
            if (property.Name == "BEGIN")
            {
                var name = property.Value.Trim().ToUpperInvariant();
                isCalendar |= name == "VCALENDAR";
                open.Push(name);
                if (name is "VEVENT" or "VTIMEZONE")
                    (properties, begun) = (ImmutableArray.CreateBuilder<CalendarProperty>(), number);
            }
            else if (property.Name == "END")
            {
                if (open.TryPop(out var closed) && closed is "VEVENT" or "VTIMEZONE" && components.Count < MostComponents)
                    components.Add(new(property.Value.Trim().ToUpperInvariant(), begun, properties.ToImmutable()));
            }
            else if (open.Count > 0 && open.Peek() is "VEVENT" or "VTIMEZONE" or "STANDARD" or "DAYLIGHT")
            {
                if (properties.Count < MostProperties)
                    properties.Add(property);
            }
            else if (property.Name == "X-WR-TIMEZONE")
                zone = property.Value.Trim();
        }
        return isCalendar ? new(zone, components.ToImmutable()) : null;
    }

    // A line that begins with a blank goes on with the line above.
    static IEnumerable<(string Line, int Number)> Unfolded(string text)
    {
        var (line, number, begun) = (new StringBuilder(), 0, 1);
        foreach (var each in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (each is [' ' or '\t', ..])
            {
                line.Append(each, 1, each.Length - 1);
                continue;
            }
            if (line.Length > 0)
                yield return (line.ToString(), begun);
            line.Clear().Append(each);
            begun = number;
        }
        if (line.Length > 0)
            yield return (line.ToString(), begun);
    }

    static CalendarProperty? PropertyOf(string line)
    {
        var (end, isQuoted) = (-1, false);
        for (var at = 0; at < line.Length && end < 0; at++)
            if (line[at] is '"')
                isQuoted = !isQuoted;
            else if (line[at] is ':' && !isQuoted)
                end = at;
        if (end <= 0)
            return null;
        var parts = Split(line[..end]);
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1))
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign)
                parameters[part[..sign].Trim()] = part[(sign + 1)..].Trim().Trim('"');
        return new(parts[0].Trim().ToUpperInvariant(), parameters.ToImmutable(), line[(end + 1)..]);
    }

    static List<string> Split(string head)
    {
        var (parts, begun, isQuoted) = (new List<string>(), 0, false);
        for (var at = 0; at <= head.Length; at++)
            if (at < head.Length && head[at] is '"')
                isQuoted = !isQuoted;
            else if (at == head.Length || (head[at] is ';' && !isQuoted))
            {
                parts.Add(head[begun..at]);
                begun = at + 1;
            }
        return parts;
    }
}
