using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>The lists of dispatches that the bot shows to one person alone.</summary>
internal static class OverviewText
{
    /// <summary>How many dispatches of each kind one answer shows.</summary>
    public const int MostListed = 20;

    /// <summary>Returns who is being called, and who has accepted which job: a page of both, and how to see the next one.</summary>
    /// <param name="open">Who is being called for.</param>
    /// <param name="accepted">What somebody has accepted.</param>
    /// <param name="work">What else is known of them.</param>
    /// <param name="page">Which page, from 1; null for the first of a list that has no others.</param>
    public static string Overview(
        IReadOnlyList<DispatchState> open, IReadOnlyList<DispatchState> accepted, CurrentWork work, int? page = null)
    {
        var pages = (Math.Max(open.Count, accepted.Count) + MostListed - 1) / MostListed;
        if (page > pages)
            return pages == 1 ? "One page shows all of it: /dispatch list" : $"There are only {pages} pages: /dispatch list {pages}";
        var from = ((page ?? 1) - 1) * MostListed;
        var left = Math.Max(0, open.Count - from - MostListed) + Math.Max(0, accepted.Count - from - MostListed);
        List<string> parts =
        [
            .. Part(accepted.Count == 0 ? "" : "Being called:\n", open), .. Part("Accepted, not done:\n", accepted),
            .. left == 0 ? Array.Empty<string>() : [More(left, page + 1)],
        ];
        return string.Join('\n', parts);

        IEnumerable<string> Part(string heading, IReadOnlyList<DispatchState> states) => states.Count <= from
            ? []
            : [heading + string.Join('\n', states.Skip(from).Take(MostListed).Select(each => Line(each, work)))];
    }

    /// <summary>Returns the first of these dispatches, a line each.</summary>
    public static string Lines(IReadOnlyList<DispatchState> states, CurrentWork work) =>
        string.Join('\n', states.Take(MostListed).Select(each => Line(each, work)))
            + (states.Count > MostListed ? $"\n{More(states.Count - MostListed, null)}" : "");

    /// <summary>Returns the past dispatches, the newest first, each with its start.</summary>
    public static string History(IReadOnlyList<DispatchState> states, CurrentWork work) =>
        string.Join('\n', states.Select(each => $"{work.Clock(each.StartedAt)}: {Line(each, work)}"));

    /// <summary>Returns how a dispatch stands.</summary>
    public static string Line(DispatchState state, CurrentWork work)
    {
        var ticket = state.Plan.Ticket;
        var title = ticket.IsFreeText ? Words(ticket.Title) : $"{ticket.Reference.Isolated()} {Words(ticket.Title)}";
        var holder = AcceptedJob.Of(state) is { } job ? $" {job.Name.Isolated()} has had it since {work.Clock(job.Since)}." : "";
        return $"{title}: {ReplyText.Standing(state)}{holder}";
    }

    static string More(int left, int? page) => $"and {left} more: /dispatch list{(page is { } next ? $" {next}" : "")}";

    static string Words(string foreign) => PlainWords.Shortened(PlainWords.OneLine(foreign)).Isolated();
}
