using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Opens the dialog for a typed subject or for a chosen message, or says why it cannot be opened.</summary>
internal sealed class OpenCommands(
    DirectoryQueries lookups, Access access, TicketResolver subjects, NamedPeople named, FormOpening opening, Overview overview)
{
    /// <summary>Opens the dialog for a ticket or for words.</summary>
    public async Task<ChatReply> OpenAsync(Person who, ChatChannel where, ChatCommand.Open open, Delivery delivery, TimeBudget budget) =>
        open.Note?.Length > ReplyText.MostNote
            ? new ChatReply.Private(ReplyText.NoteTooLong(open.Note.Length))
            : await OpenAsync(
                who, where, subjects.FindAsync(open.ResolvedTicket, open.IsVerbatim, budget), open, delivery, budget);

    /// <summary>Opens the dialog for the ticket that a message names, or else for its words with a link to it.</summary>
    public Task<ChatReply> OpenAsync(
        Person who, ChatChannel where, string messageText, string? link, Delivery delivery, TimeBudget budget) =>
        OpenAsync(who, where, subjects.OfMessageAsync(messageText, link, budget), new("", false, [], null), delivery, budget);

    async Task<ChatReply> OpenAsync(
        Person who, ChatChannel where, Task<ResolvedTicket> finding, ChatCommand.Open open, Delivery delivery, TimeBudget budget)
    {
        var listing = lookups.ListPeopleAsync(budget);
        // Look up people and the ticket at the same time: otherwise a slow ticket system would use up the time for the people.
        var naming = NamedAsync(open, listing, budget);
        var (mayNot, subject, everybody) = (await access.RefusalAsync(Permission.Dispatch, who, budget), await finding, await listing);
        var (picked, mistake) = await naming;
        if (mayNot is not null)
            return new ChatReply.Private(mayNot);
        if (subject.Ticket is not { } ticket)
            return overview.WithNotices(new ChatReply.Private(subject.Mistake));
        if (await opening.RefusalAsync(ticket, where, budget.Caller) is { } isOpen)
            return isOpen;
        if (everybody is null)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        if (mistake is not null)
            return overview.WithNotices(new ChatReply.Private(mistake));
        var opened = await opening.OpenAsync(who, where, delivery, (ticket, open.Note, picked), everybody, null, budget.Caller);
        return subject.Notice is { } notice ? FormOpening.WithNotice(opened, notice) : opened;
    }

    async Task<(ImmutableArray<EmployeeId> Picked, string? Mistake)> NamedAsync(
        ChatCommand.Open open, Task<IReadOnlyList<Employee>?> listing, TimeBudget budget) =>
        await listing is { } everybody ? await named.FindAsync(open.People, everybody, budget) : ([], null);
}
