using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What somebody sees who looks at no single dispatch: everything that is open or accepted, and everybody.</summary>
internal sealed class Overview(Workload workload, DirectoryQueries lookups, FormDrawing drawing, IEnumerable<INoticeSource> notices)
{
    /// <summary>The whole, as it may be seen from there.</summary>
    public async Task<HomeContent> LookAsync(ChatChannel where, CancellationToken ct)
    {
        using var budget = lookups.Begin(Delivery.Usual, ct);
        var listing = lookups.ListPeopleAsync(budget);
        var work = await workload.ReadAsync(where, budget.Caller);
        var home = new HomeContent(
            [.. work.Open.Select(work.CardOf)], await listing is { } everybody ? drawing.ChoicesOf(everybody, work) : null,
            [.. work.Accepted.Select(AcceptedJob.Of).OfType<AcceptedJob>().Select(job => new HeldJob(work.CardOf(job.State), job.Name, job.Since))]);
        return home with { Notices = Notices() };
    }

    /// <summary>What an administrator has to mend, whatever the source.</summary>
    public ImmutableArray<string> Notices() => [.. notices.SelectMany(source => source.Notices())];

    /// <summary>An answer with what an administrator has to mend below it.</summary>
    public ChatReply.Private WithNotices(ChatReply.Private answer) =>
        Notices() is { IsEmpty: false } all ? answer with { Text = $"{answer.Text}\n{ReplyText.ToMend(all)}" } : answer;

    /// <summary>
    /// People in whom every typed word is found, with what they are busy with as far as that place may know it; none where the directory
    /// cannot be asked.
    /// </summary>
    public async Task<IReadOnlyList<FormPerson>> FindPeopleAsync(ChatChannel where, string typed, int most, CancellationToken ct)
    {
        using var budget = lookups.Begin(Delivery.Usual, ct);
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return [];
        return drawing.ChoicesOf([.. PeopleSearch.Find(typed, everybody).Take(most)], await workload.ReadAsync(where, budget.Caller));
    }
}
