using System.Text.Json.Nodes;
using BotDispatch.Chat;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// Draws the schedule: who is on now, today and tomorrow, and the other days behind a button. What does not fit is left out at the end,
/// and that is said.
/// </summary>
internal static class ScheduleCard
{
    const int MostLine = 300;
    const int MostNoticeLine = 320;
    const int OpenDays = 2;
    const string Rest = "restOfWeek";

    // The first size that fits is drawn: lines in all.
    static readonly int[] Sizes = [120, 80, 50, 30, 15, 0];

    /// <summary>Its title, which a notification shows.</summary>
    public static string Title(ShownSchedule shown) =>
        shown.Title is { } title ? $"Schedule of {TeamsText.Inert(title, 100)}" : "Schedule";

    /// <summary>Draws the card.</summary>
    public static JsonObject Of(ShownSchedule shown) =>
        CardParts.Fitting(Sizes.Select(size => Of(shown, size)));

    static JsonObject Of(ShownSchedule shown, int most)
    {
        var (week, left) = (shown.Week, most);
        var (now, missing) = Listed(week.Now, ref left);
        JsonArray body =
        [
            CardParts.Line("Default", CardParts.Run(Title(shown), isStrong: true)),
            CardParts.Line("Small", CardParts.Run(
                $"Now and the next seven days, in the time of {TeamsText.Inert(week.Zone, 60)}", isSmall: true)),
            .. now.Count == 0 ? [] : (JsonNode[])[Heading("Now"), .. now],
        ];
        var later = new List<JsonNode>();
        foreach (var (index, day) in week.Days.Index())
        {
            var (lines, cut) = Listed(day.Lines.IsEmpty ? ["nothing planned"] : day.Lines, ref left);
            missing += cut;
            foreach (var part in lines.Count == 0 ? [] : (JsonNode[])[Heading(day.Title), .. lines])
                if (index < OpenDays)
                    body.Add(part);
                else
                    later.Add(part);
        }
        if (later.Count > 0)
        {
            var hidden = CardParts.Hidden(Rest, later);
            body.Add(hidden);
            body.Add(CardParts.Buttons([CardParts.Toggle("The other days", hidden)]));
        }
        if (missing > 0)
            body.Add(CardParts.Line("Small", CardParts.Run(
                TeamsText.Inert(ScheduleText.LeftOut(missing).Trim(), MostLine), isSmall: true)));
        if (!shown.Notices.IsEmpty)
            foreach (var line in ScheduleText.ToMend(shown.Notices).Split('\n'))
                body.Add(CardParts.Line("Small", CardParts.Run(TeamsText.Inert(line, MostNoticeLine), isSmall: true)));
        return CardParts.Card(body, TeamsText.Markdown(ScheduleText.Heading(week, shown.Title), MostLine));
    }

    static JsonObject Heading(string words) => CardParts.Line("Medium", CardParts.Run(TeamsText.Inert(words, 100), isStrong: true));

    static (List<JsonNode> Lines, int Missing) Listed(IReadOnlyCollection<string> lines, ref int left)
    {
        var shown = lines.Take(left).Select(JsonNode (line) =>
            CardParts.Line("None", CardParts.Run(TeamsText.Inert($"• {line}", MostLine)))).ToList();
        left -= shown.Count;
        return (shown, lines.Count - shown.Count);
    }
}
