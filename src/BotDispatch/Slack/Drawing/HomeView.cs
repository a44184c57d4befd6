using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Slack.Drawing;

/// <summary>Draws the app's Home: the open dispatches, the accepted jobs, who can be phoned, and a button to start a dispatch.</summary>
/// <remarks>https://docs.slack.dev/surfaces/app-home</remarks>
internal static class HomeView
{
    /// <summary>The action id of the button that starts a dispatch.</summary>
    public const string BeginAction = "home_begin";

    /// <summary>The most open dispatches that are shown one by one.</summary>
    public const int MostOpen = 20;
    const int MostPeople = 60;
    const int MostSchedule = 6000;
    const int MostScheduleLine = 300;
    const int MostScheduleSection = 2900;

    /// <summary>The most accepted jobs that are shown one by one.</summary>
    public const int MostAccepted = 15;

    /// <summary>The cards that are shown one by one: those of open dispatches, then those of accepted jobs.</summary>
    public static IEnumerable<DispatchCard> Shown(HomeContent home) =>
        home.Open.Take(MostOpen).Concat(home.Accepted.Take(MostAccepted).Select(each => each.Card));

    /// <summary>Draws the view. <paramref name="threads"/> has the thread's link for each card in <see cref="Shown"/>, or null.</summary>
    public static WriteJson Of(HomeContent home, IReadOnlyList<string?> threads, DateTimeOffset at) => json =>
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "home"u8);
        json.WriteStartArray("blocks"u8);
        json.StartActions("begin");
        json.WriteButton(BeginAction, "Dispatch", "begin", "primary");
        json.EndActions();
        json.WriteHeader("Being dispatched");
        WriteOpen(json, home, threads);
        WriteAccepted(json, home.Accepted, [.. threads.Skip(Math.Min(home.Open.Length, MostOpen))]);
        json.WriteDivider();
        json.WriteHeader("Who can be phoned");
        WritePeople(json, home.People);
        if (home.Schedule is { } schedule)
            WriteSchedule(json, schedule);
        if (!home.Notices.IsEmpty)
            WriteNotices(json, home.Notices);
        json.WriteContext($"As of {SlackText.Date(at)}. Open this tab again to refresh it.");
        json.WriteEndArray();
        json.WriteEndObject();
    };

    static void WriteSchedule(Utf8JsonWriter json, ScheduleWeek schedule)
    {
        var (shown, left) = ScheduleText.Fitting(
            [.. ScheduleText.Lines(schedule).Select(line =>
                SlackText.Inert(PlainWords.Shortened(line, MostScheduleLine), MostScheduleLine + 50))],
            MostSchedule);
        json.WriteDivider();
        json.WriteHeader("Schedule");
        json.WriteContext($"Now and the next seven days, in the time of {SlackText.Inert(schedule.Zone, 60)}");
        foreach (var day in Days(shown))
            json.WriteSection(day);
        if (left > 0)
            json.WriteContext(SlackText.Inert(ScheduleText.LeftOut(left).Trim(), 250));
    }

    // A section for each day, below its title.
    static IEnumerable<string> Days(IEnumerable<string> lines)
    {
        var day = new StringBuilder();
        foreach (var line in lines)
        {
            var isTitle = !line.StartsWith('•');
            if (day.Length > 0 && (isTitle || day.Length + line.Length > MostScheduleSection))
            {
                yield return day.ToString();
                day.Clear();
            }
            day.Append(day.Length > 0 ? "\n" : "").Append(isTitle ? $"*{line}*" : line);
        }
        if (day.Length > 0)
            yield return day.ToString();
    }

    static void WriteNotices(Utf8JsonWriter json, ImmutableArray<string> notices)
    {
        json.WriteDivider();
        json.WriteHeader("For administrators");
        WriteListed(json, "", [.. notices.Select(each => $"⚠ {Notice(each)}")]);
    }

    static void WriteOpen(Utf8JsonWriter json, HomeContent home, IReadOnlyList<string?> threads)
    {
        var open = home.Open;
        if (open.IsEmpty)
            json.WriteSection(
                $"Nothing is being dispatched{(home.Accepted.IsEmpty ? ", and no accepted job is waiting to be done" : "")}. "
                + "To begin, press *Dispatch*, or type `/dispatch INC-1042` in a channel.");
        foreach (var (card, thread) in open.Take(MostOpen).Zip(threads))
            json.WriteSection(Words(card, thread));
        if (open.Length > MostOpen)
            json.WriteContext($"and {open.Length - MostOpen} more: /dispatch list");
    }

    static void WriteAccepted(Utf8JsonWriter json, ImmutableArray<HeldJob> accepted, IReadOnlyList<string?> threads)
    {
        if (accepted.IsEmpty)
            return;
        json.WriteHeader("Accepted, not done");
        foreach (var (job, thread) in accepted.Take(MostAccepted).Zip(threads))
        {
            var who = SlackText.Inert(PlainWords.Shortened(PlainWords.OneLine(job.Who)), 200).Isolated();
            json.WriteSection(Words(job.Card, thread, $"\n{who} has had it since {SlackText.Date(job.Since)}."));
        }
        if (accepted.Length > MostAccepted)
            json.WriteContext($"and {accepted.Length - MostAccepted} more: /dispatch list");
    }

    static string Words(DispatchCard card, string? thread, string more = "")
    {
        var ticket = card.Ticket;
        var title = SlackText.Inert(PlainWords.Shortened(PlainWords.OneLine(ticket.Title), 150), 600);
        var reference = SlackText.Inert(PlainWords.Shortened(PlainWords.OneLine(ticket.Reference)), 200).Isolated();
        var name = ticket.IsFreeText ? $"*{title}*" : $"*{reference}*  {title.Isolated()}";
        var next = card.Next is { } who ? $" Next: {SlackText.Inert(PlainWords.Sentence(who), 200)}." : "";
        string[] links =
        [
            NoticeView.LinkTo(thread, "Open its thread"),
            NoticeView.LinkTo(ticket.Link, ticket.IsFreeText ? "The message" : "Open the ticket"),
        ];
        var until = card.Until is { } end ? $" (until {SlackText.Date(end)})" : "";
        return $"{name}\n{card.Status}. {SlackText.Inert(PlainWords.Sentence(card.Headline), 600)}{until}{next}{more}"
            + (links.Any(each => each.Length > 0) ? $"\n{string.Join("  ·  ", links.Where(each => each.Length > 0))}" : "");
    }

    static void WritePeople(Utf8JsonWriter json, ImmutableArray<FormPerson>? known)
    {
        if (known is not { } people)
        {
            json.WriteSection("The employee directory cannot be read just now.");
            return;
        }
        if (people.IsEmpty)
        {
            json.WriteSection("The employee directory is empty, so there is nobody to phone. An administrator must fill it.");
            return;
        }
        var can = people.Where(each => each is { CannotBePicked: null, OffDuty: null })
            .Select(each => $"{Short(each.Name).Isolated()}  {Short(each.Hint)}").ToList();
        var later = people.Where(each => each is { CannotBePicked: null, OffDuty: not null, From: not null }).OrderBy(each => each.From)
            .Select(each => $"{Short(each.Name).Isolated()}  {Short(each.OffDuty!)}").ToList();
        var cannot = people.Where(each => each.CannotBePicked is not null || each is { OffDuty: not null, From: null })
            .Select(each => $"⚠ {Short(each.Name).Isolated()}: {Short(each.CannotBePicked ?? each.OffDuty!)}").ToList();
        if (can.Count == 0)
            json.WriteSection(later.Count > 0 ? "Nobody can be phoned now." : "Nobody has a number that can be phoned.");
        WriteListed(json, "", can);
        WriteListed(json, "*Can be phoned later*", later);
        WriteListed(json, "*Cannot be phoned*", cannot);
    }

    // A section holds 3000 characters, and a line at most 250.
    static void WriteListed(Utf8JsonWriter json, string title, List<string> lines)
    {
        if (lines.Count == 0)
            return;
        var shown = lines.Take(MostPeople).ToList();
        if (lines.Count > MostPeople)
            shown.Add($"and {lines.Count - MostPeople} more");
        if (title.Length > 0)
            shown.Insert(0, title);
        foreach (var chunk in shown.Chunk(10))
            json.WriteSection(string.Join('\n', chunk));
    }

    static string Notice(string words) => SlackText.Inert(PlainWords.Shortened(PlainWords.OneLine(words), 200), 260);

    static string Short(string words) => SlackText.Inert(PlainWords.Shortened(PlainWords.OneLine(words), 80), 120);
}
