using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Reads what the overview shows: every open or accepted dispatch, and every employee.</summary>
internal sealed class Overview(
    Workload workload, DirectoryQueries lookups, FormDrawing drawing, IEnumerable<INoticeSource> notices,
    ScheduleCommands? schedules = null)
{
    /// <summary>Reads the overview, with the dispatches that may be shown in that channel.</summary>
    /// <param name="where">The channel.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="reader">Who reads it, for the time zone of the schedule; null if that is not known.</param>
    public async Task<HomeContent> LookAsync(ChatChannel where, CancellationToken ct, Person? reader = null)
    {
        using var budget = lookups.Begin(Delivery.Usual, ct);
        var listing = lookups.ListPeopleAsync(budget);
        var work = await workload.ReadAsync(where, budget.Caller);
        var accepted = work.Accepted.Select(AcceptedJob.Of).Where(job => job is not null).Select(job => job!.Value);
        var home = new HomeContent(
            [.. work.Open.Select(work.CardOf)], await listing is { } everybody ? drawing.ChoicesOf(everybody, work) : null,
            [.. accepted.Select(job => new HeldJob(work.CardOf(job.State), job.Name, job.Since))]);
        return home with
        {
            Notices = Notices(),
            Schedule = schedules is not null && await listing is { } all
                && await schedules.LookAsync(reader, all, budget) is { IsEmpty: false } week ? week : null,
        };
    }

    /// <summary>Everything that an administrator has to correct, of all sources.</summary>
    public ImmutableArray<string> Notices() => [.. notices.SelectMany(source => source.Notices())];

    /// <summary>The answer, followed by what an administrator has to correct.</summary>
    public ChatReply.Private WithNotices(ChatReply.Private answer) =>
        Notices() is { IsEmpty: false } all ? answer with { Text = $"{answer.Text}\n{ReplyText.ToMend(all)}" } : answer;

    /// <summary>
    /// Finds the people who match every typed word, with the jobs they are busy with as far as that channel may show them; none if the
    /// directory cannot be asked.
    /// </summary>
    public async Task<IReadOnlyList<FormPerson>> FindPeopleAsync(ChatChannel where, string typed, int most, CancellationToken ct)
    {
        using var budget = lookups.Begin(Delivery.Usual, ct);
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return [];
        var found = PeopleSearch.Find(typed, everybody, most);
        return drawing.ChoicesOf(found, await workload.ReadAsync(where, budget.Caller, [.. found.Select(each => each.Id)]));
    }
}
