using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Opens the dialog for a typed subject or for a chosen message, or says why it cannot be opened.</summary>
// Eight: a dialog opens for a ticket, for people, for a list, or not at all, and each of these is looked up elsewhere.
internal sealed class OpenCommands(
    DirectoryQueries lookups, Access access, TicketResolver subjects, NamedPeople named, FormOpening opening, Overview overview,
    ListPlanning lists, ListStarting starting)
{
    const int MostWordsOfName = 4;

    /// <summary>Opens the dialog for a ticket or for words.</summary>
    public async Task<ChatReply> OpenAsync(Person who, ChatChannel where, ChatCommand.Open open, Delivery delivery, TimeBudget budget)
    {
        if (open.Note?.Length > ReplyText.MostNote)
            return new ChatReply.Private(ReplyText.NoteTooLong(open.Note.Length));
        // Words after "text:" are dispatched exactly as they are.
        var typed = open.IsVerbatim ? new(open.ResolvedTicket, null) : ListNames.Split(open.ResolvedTicket, lists.All, IsReference);
        if (typed is { Subject: "", List: not null })
            return new ChatReply.Private(ListNames.WithoutSubject(typed, open.ResolvedTicket));
        if (typed.Unknown is { } unknown)
            return new ChatReply.Private(
                ListNames.NoSuchList(unknown, typed.Subject, lists.All, await PersonAsync(new NamedPerson.Typed(unknown), budget)));
        if (await ListOrPersonMeantAsync(open, typed, IsReference, budget) is { } meant)
            return new ChatReply.Private(meant);
        var finding = subjects.FindAsync(typed.Subject, open.IsVerbatim, budget);
        return typed is { IsNow: true, List: { } list }
            ? await starting.StartAsync(who, where, list, finding, open, delivery, budget)
            : await OpenAsync(who, where, finding, open, delivery, budget, typed.List);

        bool IsReference(string text) =>
            CommandGrammar.LooksLikeReference(CommandGrammar.AsReference(text)) || lookups.ReferenceIn(text) is not null;
    }

    /// <summary>Opens the dialog for the ticket that a message names, or else for its words with a link to it.</summary>
    public Task<ChatReply> OpenAsync(
        Person who, ChatChannel where, string messageText, string? link, Delivery delivery, TimeBudget budget) =>
        OpenAsync(who, where, subjects.OfMessageAsync(messageText, link, budget), new("", false, [], null), delivery, budget);

    async Task<ChatReply> OpenAsync(
        Person who, ChatChannel where, Task<ResolvedTicket> finding, ChatCommand.Open open, Delivery delivery, TimeBudget budget,
        NamedList? list = null)
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
        var chain = list is null ? null : await lists.ResolveAsync(list.Id, ticket, budget.Caller);
        if (chain is { People.IsEmpty: true } && picked.IsEmpty)
            return overview.WithNotices(new ChatReply.Private(ListNames.MeansNobody(chain.First)));
        var people = picked.Concat(chain?.People ?? []).Distinct().Take(ReplyText.MostPeople).ToImmutableArray();
        var opened = await opening.OpenAsync(who, where, delivery, (ticket, open.Note, people), everybody, null, budget.Caller, chain);
        return subject.Notice is { } notice ? FormOpening.WithNotice(opened, notice) : opened;
    }

    // "INC-1042 lifts", "INC-1042 for lifts" and "INC-1042 @lifts" lack the word that a list follows, and "INC-1042 ann" lacks an at sign.
    async Task<string?> ListOrPersonMeantAsync(
        ChatCommand.Open open, TypedList typed, Func<string, bool> isReference, TimeBudget budget)
    {
        if (open.IsVerbatim || typed.List is not null)
            return null;
        foreach (var named in open.People.OfType<NamedPerson.Typed>())
            if (ListNames.Find(named.Word, lists.All) is { } list && await PersonAsync(named, budget) is null)
                return typed.Subject.Length == 0
                    ? ListNames.WithoutSubject(typed with { List = list }, "@" + named.Word)
                    : Meant($"{typed.Subject} to {list.Id}", $"{typed.Subject} @{named.Word}");
        var words = typed.Subject.Split(' ', MostWordsOfName + 2);
        var at = Array.FindIndex(words, each => isReference(each.TrimEnd(',')));
        if (at < 0 || words.Length is 1 or > MostWordsOfName + 1)
            return null;
        var (reference, rest) = (words[at].TrimEnd(','), (string[])[.. words[..at], .. words[(at + 1)..]]);
        string[][] parts = [rest, rest[1..], rest[..^1]];
        if (parts.Select(each => ListNames.Find(string.Join(' ', each), lists.All)).FirstOrDefault(each => each is not null) is { } known)
            return Meant($"{reference} to {known.Id}", typed.Subject);
        List<string> people = [];
        foreach (var name in NamedPeople.EachOf(string.Join(' ', rest)))
            if (await PersonAsync(new NamedPerson.Typed(name), budget) is { } person)
                people.Add(person);
            else
                return null;
        return people.Count > 0 ? Meant($"{reference} {string.Join(' ', people)}", typed.Subject) : null;

        static string Meant(string command, string words) => ReplyText.CommandMeant(PlainWords.OneLine(command).Isolated(), [], words);
    }

    // "INC-1042 to ann": people are written with an at sign.
    async Task<string?> PersonAsync(NamedPerson.Typed typed, TimeBudget budget) =>
        await lookups.ListPeopleAsync(budget) is { } everybody && await named.FindOneAsync(typed, everybody, budget) is not null
            ? typed.Word.Contains(' ', StringComparison.Ordinal) ? $"@\"{typed.Word}\"" : $"@{typed.Word}"
            : null;

    async Task<(ImmutableArray<EmployeeId> Picked, string? Mistake)> NamedAsync(
        ChatCommand.Open open, Task<IReadOnlyList<Employee>?> listing, TimeBudget budget) =>
        await listing is { } everybody ? await named.FindAsync(open.People, everybody, budget) : ([], null);
}
