using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;

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
    public static WriteJson Of(ShownSchedule shown) => CardParts.Fitting(Sizes, (json, size) => Draw(json, shown, size));

    static void Draw(Utf8JsonWriter json, ShownSchedule shown, int most)
    {
        var (week, left, missing) = (shown.Week, most, 0);
        json.StartCard(TeamsText.Markdown(ScheduleText.Heading(week, shown.Title), MostLine));
        json.WriteLine("Default", Title(shown), isStrong: true);
        json.WriteLine("Small", $"Now and the next seven days, in the time of {TeamsText.Inert(week.Zone, 60)}", isSmall: true);
        WriteList("Now", week.Now);
        foreach (var day in week.Days.Take(OpenDays))
            WriteDay(day);
        // Without room for a line there is nothing to show behind a button.
        var hasLater = left > 0 && week.Days.Length > OpenDays;
        if (hasLater)
            json.StartHidden(Rest);
        foreach (var day in week.Days.Skip(OpenDays))
            WriteDay(day);
        if (hasLater)
        {
            json.EndParts();
            json.StartButtons();
            json.WriteToggle("The other days", Rest);
            json.EndParts();
        }
        if (missing > 0)
            json.WriteLine("Small", TeamsText.Inert(ScheduleText.LeftOut(missing).Trim(), MostLine), isSmall: true);
        if (!shown.Notices.IsEmpty)
            foreach (var line in ScheduleText.ToMend(shown.Notices).Split('\n'))
                json.WriteLine("Small", TeamsText.Inert(line, MostNoticeLine), isSmall: true);
        json.EndCard();

        void WriteDay(ScheduleDay day) => WriteList(day.Title, day.Lines.IsEmpty ? ["nothing planned"] : day.Lines);

        void WriteList(string heading, IReadOnlyCollection<string> lines)
        {
            var count = Math.Min(lines.Count, left);
            (left, missing) = (left - count, missing + lines.Count - count);
            if (count == 0)
                return;
            json.WriteLine("Medium", TeamsText.Inert(heading, 100), isStrong: true);
            foreach (var line in lines.Take(count))
                json.WriteLine("None", TeamsText.Inert($"• {line}", MostLine));
        }
    }
}
