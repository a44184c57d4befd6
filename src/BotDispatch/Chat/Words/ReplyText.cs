using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What the bot says to one person alone. Each sentence says what is the case and what to do.</summary>
internal static class ReplyText
{
    const string NotLookedUp = "We could not look the ticket up in the ticket system";
    public const int MostNote = 500;
    public const int MostFreeText = 300;
    public const int MostPeople = INamedLists.MostPeople;

    public const string DirectoryUnavailable =
        "The employee directory cannot be read just now. Nothing was changed: try again in a moment.";
    public const string ChatUnavailable =
        "The chat did not tell us just now which employee that is. Nothing was changed: try again in a moment, or name people by "
        + "email or id.";
    public const string NobodyInDirectory =
        "The employee directory is empty, so there is nobody to phone. An administrator must fill it (setting Employees:File).";
    public const string NobodyCanBePhoned =
        "Nobody in the employee directory has a number that can be phoned. An administrator must correct it; /dispatch oncall shows what "
        + "is wrong.";
    public const string NoSubject =
        "Say what needs to be done: a ticket, like /dispatch INC-1042, or words, like /dispatch Lift 2 is stuck.";
    public const string MessageHasNoWords =
        "This message has no words that we can speak. Say in words what needs to be done: /dispatch Lift 2 is stuck";
    public const string NothingToSpeak =
        "We cannot speak any of this: the telephone leaves out signs, emoji, links and markup. Say in words what needs to be done.";
    public const string FormIsForeign = "I can't read this dialog any more. Nothing was started: open it again with /dispatch.";
    public const string FormExpired =
        "This dialog was open for more than 30 minutes, so it may be out of date. Nothing was started: open it again with /dispatch.";
    public const string NothingIsOpen =
        "Nothing is being dispatched, and no accepted job is waiting to be done. To begin: /dispatch INC-1042";
    public const string NothingToBeDone =
        "No accepted job is waiting to be marked as done. To see what is being dispatched: /dispatch list";
    public const string NothingToRedispatch = "There is no closed dispatch that can start again. To begin: /dispatch INC-1042";
    public const string NoHistory = "Nothing has been dispatched here yet. To begin: /dispatch INC-1042";
    public const string NothingIsOpenHere =
        "Nothing is being dispatched in this channel, and no job accepted here is waiting to be done. To begin: /dispatch INC-1042. "
        + "Everything elsewhere: /dispatch list";
    public const string WasReplaced = "This dispatch was already re-dispatched. Use the buttons on its successor, in the same thread.";
    public const string UnknownDispatch = "I don't know this dispatch any more. To start a new one: /dispatch INC-1042";
    public const string WentWrong =
        "Something went wrong, and we do not know whether it worked. Check with /dispatch list before you repeat it. "
        + "An administrator can find the reason in the log.";
    public const string DoneAlready = "This was already done.";
    /// <summary>The answer if a dialog cannot just close, or may have closed too late.</summary>
    public const string Begun = "It has started. Its card shows how it goes.";
    public const string PickSomebody = "Pick at least one person to phone.";

    public const string Help = """
        /dispatch INC-1042 – choose whom to phone about a ticket, and start
        /dispatch INC-1042 @ann @bob note: bring the key – the same with people ticked and a note, which is spoken after the ticket
        /dispatch INC-1042 to lifts – the people of a named list, in its order; to lifts now – starts at once, without the dialog
        /dispatch Lift 2 is stuck – without a ticket: these words are spoken
        /dispatch text: … – dispatches these words exactly as they are
        /dispatch status INC-1042 – how it stands; without a ticket: everything in this channel
        /dispatch list – who is being called, and who has accepted which job
        /dispatch cancel INC-1042 – close a dispatch
        /dispatch skip INC-1042 – end the turn of the person who is being called, and go on with the next
        /dispatch take INC-1042 – you take the job yourself
        /dispatch done INC-1042 – the accepted job is done; its person can be phoned for other jobs again
        /dispatch redispatch INC-1042 – begin a closed dispatch again, in the same thread
        /dispatch history – what was dispatched before; with a ticket: its dispatches
        /dispatch also INC-1042 in Operations – show it in another place too, with its buttons
        /dispatch oncall – who can be phoned now, who later, who not, and who is busy with what
        /dispatch schedule – who has which shift now and on the next seven days; with a name: of that list or person
        /dispatch away until 18:00 – you are not phoned until then; also: mon-fri, 24-26 dec, 6-8pm, next week, for 2 hours, or nothing
        /dispatch cover @ben mon 18:00 - tue 08:00 – you take over a shift
        /dispatch back – you are back, and can be phoned again
        People are phoned one after the other until one presses 1.
        """;

    public static string NoteTooLong(int length) => $"The note has {length} characters; at most {MostNote} can be spoken. Shorten it.";

    public static string FreeTextTooLong(int length) =>
        $"This has {length} characters; without a ticket, at most {MostFreeText} can be dispatched. Shorten it, and put less important "
        + "words after note:";

    public static string TooMany(int count) => $"You picked {count} people; at most {MostPeople} are allowed. Untick some.";

    public static string TypedInstead(string because) =>
        $"{NotLookedUp} ({because}). You can dispatch what you typed, without the ticket's text, or try again in a moment.";

    public static string AsDispatchedBefore(string because) =>
        $"{NotLookedUp} ({because}). You can dispatch it as it was dispatched before, or try again in a moment.";

    public static string UnknownTicket(string reference, IReadOnlyList<string> near, string? words = null) =>
        $"There is no ticket {Words(reference)}.{(near.Count == 0 ? "" : $" Did you mean {Either([.. near.Select(Words)])}?")} "
        + $"{AsWords(words ?? reference)}";

    /// <summary>The question about words that resemble a command but are not one.</summary>
    public static string CommandMeant(string command, IReadOnlyList<string> tickets, string words) =>
        $"{CommandMeant(command, tickets)} {AsWords(words)}";

    public static string CommandMeant(string command, IReadOnlyList<string> tickets)
    {
        string[] ways = (command, tickets.Count) switch
        {
            (_, 0) => [$"/dispatch {command}"],
            ("help", _) =>
                [.. tickets.Select(each => $"/dispatch {Words(each)}"), .. tickets.Select(each => $"/dispatch status {Words(each)}")],
            ("list" or "oncall", _) => [.. tickets.Select(each => $"/dispatch status {Words(each)}")],
            _ => [.. tickets.Select(each => $"/dispatch {command} {Words(each)}")],
        };
        return $"Did you mean {Either(ways)}?";
    }

    public static string SeveralTickets(IReadOnlyList<string> tickets, string words) =>
        $"{string.Join(" and ", tickets.Select(Words))} are tickets. Dispatch each by itself: /dispatch {Words(tickets[0])}. "
        + $"{AsWords(words)}";

    public static string AsWords(string words) => $"To dispatch these words as they are, write: /dispatch text: {Words(words)}";

    static string Either(string[] ways) => ways.Length == 1 ? ways[0] : $"{string.Join(", ", ways.SkipLast(1))} or {ways[^1]}";

    public static string TicketIsGone(string reference) =>
        $"The ticket system does not know {Words(reference)} any more. Nothing was started: open the dialog again with /dispatch.";

    public static string TicketAndWords(string reference, string rest, string words) =>
        $"{reference.Isolated()} is a ticket. To add words to it, write: /dispatch {reference.Isolated()} note: {Words(NoteOf(rest))}. "
        + "To dispatch all of it as words, write: /dispatch text: "
        + $"{Words(Folding.Key(words).StartsWith(Folding.Key(reference), StringComparison.Ordinal) ? $"{reference} {rest}" : words)}";

    // "note bring the key" and "notes: bring the key" are notes without the word that makes them one.
    static string NoteOf(string rest) =>
        rest.Split(' ', 2) is [var word, var note] && word.TrimEnd(':').ToLowerInvariant() is "note" or "notes" ? note : rest;

    /// <summary>Who has dispatched it already, and in which chat if it is another one than that of <paramref name="where"/>.</summary>
    public static string AlreadyOpen(DispatchState other, ChatChannel where)
    {
        var chat = other.Plan.Channel.Platform;
        return $"{Words(other.Plan.Ticket.Reference)} is already being dispatched. {Standing(other)} Asked for by "
            + $"{other.Plan.AskedBy.Name.Isolated()}{(chat == where.Platform ? "" : $" in {PlainWords.Begun(chat)}")}.";
    }

    public static string OpenElsewhere(string reference) =>
        $"Others are already dispatching {Words(reference)}, in a channel that cannot be shown here.";

    /// <summary>Nobody has that name; the nearest ones are named.</summary>
    public static string UnknownPerson(string word, IReadOnlyList<Employee> near) =>
        $"Nobody in the employee directory is called @{Words(word)}. {DidYouMean(near)}Write the id, the email or the name, like "
        + "@\"Ann Lee\", or choose in the dialog. "
        + $"If you mean the at sign as text, write: /dispatch text: mail @{Words(word)}";

    /// <summary>The question whether one of these people is meant; empty if there are none.</summary>
    public static string DidYouMean(IReadOnlyList<Employee> near) => near.Count == 0 ? ""
        : $"Did you mean {Either([.. near.Select(each => $"{each.Name.Isolated()} (@{each.Id.Value.Isolated()})")])}? ";

    public static string UnlinkedMention(string name) =>
        $"{name.Isolated()} is not linked to anybody in the employee directory. Name them by email or id, like @ann@example.com, or "
        + "choose in the dialog.";

    public static string SeveralPeople(string word, IEnumerable<Employee> people) =>
        $"Several people are called @{Words(word)}: "
        + $"{string.Join(", ", people.Select(each => $"{each.Name.Isolated()} (@{each.Id.Value.Isolated()})"))}. Write the id of the one "
        + "you mean.";

    public static string CannotBePhoned(Employee employee) =>
        $"{employee.Name.Isolated()} cannot be phoned: {Ended(employee.CannotBePhoned!)} Leave them out, or have the directory corrected.";

    public static string NotInDirectory(IEnumerable<EmployeeId> ids) =>
        $"Not in the employee directory any more: {string.Join(", ", ids.Select(each => each.Value.Isolated()))}. Untick them.";

    /// <summary>Returns the same as <see cref="ToMend"/>, shortened for a dialog.</summary>
    public static string ToMendInDialog(IReadOnlyList<string> notices, int most = 3) =>
        ToMend(notices.Take(most)) + (notices.Count > most ? $"\nand {notices.Count - most} more: /dispatch list" : "");

    public static string ToMend(IEnumerable<string> notices) => string.Join('\n', notices.Select(each => $"⚠ {PlainWords.OneLine(each)}"));

    public static string NotLinked(Person who) =>
        "Only employees can take a job, and your chat account is not linked to one. "
        + $"Ask an administrator to enter your user id {who.UserId}, or the email of this account, in the employee directory.";

    public static string MayNot(Permission permission, IReadOnlyList<string> whoMay, int more) =>
        $"You may not {DoingOf(permission)}. Ask somebody who may: "
        + $"{string.Join(", ", whoMay.Select(each => each.Isolated()))}{(more > 0 ? $" or {more} more" : "")}.";

    public static string AlreadyClosed(DispatchState state) =>
        $"It is closed: {Standing(state)}{(state.IsClosed ? " To begin again, press Re-dispatch on its card." : "")}";

    public static string StaleSkip(DispatchState state, int? callee)
    {
        var whose = callee is { } index && index >= 0 && index < state.Plan.Roster.Length
            ? state.Plan.Roster[index].Name.Isolated() + "'s"
            : "that person's";
        return $"Nobody was skipped: it is not {whose} turn any more. {Standing(state)}";
    }

    public static string StillRunning(DispatchState state) => $"It is still running: press Cancel first. {Standing(state)}";

    public static string NotDoneYet(DispatchState state) => state.IsClosed
        ? $"There is nothing to mark as done: {Standing(state)}"
        : $"Nobody has accepted it yet. {Standing(state)}";

    public static string AlreadyDone(DispatchState state) => $"It is already marked as done: {Standing(state)}";

    public static string NoDispatchOf(string ticket) =>
        $"There is no dispatch of {Words(ticket)} here. To see what is running: /dispatch list";

    public static string NoDispatchOf(string words, string verb) =>
        words.Contains(' ') ? $"{NoDispatchOf(words)}. {AsWords($"{verb} {words}")}" : NoDispatchOf(words);

    public static string NoDispatchOf(string words, string verb, IReadOnlyList<string> near) =>
        $"There is no dispatch of {Words(words)} here. Did you mean "
        + $"{Either([.. near.Select(each => $"/dispatch {verb} {Words(each)}")])}? To see what is running: /dispatch list";

    public static string NobodyToSkip(DispatchState state) => $"Nobody was skipped: it is nobody's turn now. {Standing(state)}";

    public static string UnknownPlace(string name, IReadOnlyList<string> known) => (known, name) switch
    {
        ([], _) => "No other place is set up to show dispatches. An administrator can add places with the setting Chat:AlsoIn.",
        (_, "") => $"Where? Write /dispatch also INC-1042 in {Words(known[0])}. Places: "
            + $"{string.Join(", ", known.Select(each => each.Isolated()))}.",
        _ => $"There is no place called {Words(name)}. Places: {string.Join(", ", known.Select(each => each.Isolated()))}.",
    };

    public static string NotAMember(string place) =>
        $"You are not a member of {place.Isolated()}, or your account there has another email, so you cannot show anything there. Ask "
        + "somebody to add you there, or leave that place out.";

    public static string UnseenPlace(string place, string because) =>
        $"This app cannot see {place.Isolated()} ({because}). Ask somebody to add it there, or leave that place out.";

    public static string TooManyPlaces(int count) =>
        $"You chose {count} other places; a dispatch is shown in at most {Decider.MostMirrors}.";

    public static string IsShownThere(string place) => $"It is already shown in {place.Isolated()}.";

    public static string ShownThere(DispatchState state, string place) =>
        $"{Words(state.Plan.Ticket.Reference)} is now also shown in {place.Isolated()}.";

    public static string WhichTicket(string verb, IReadOnlyList<DispatchState> which, string nothing, CurrentWork work) => which.Count == 0
        ? nothing
        : $"Which one? Write /dispatch {verb} and the ticket, as /dispatch {verb} "
            + $"{Words(which[0].Plan.Ticket.Reference)}\n{OverviewText.Lines(which, work)}";

    public static string Details(DispatchState state, CurrentWork work)
    {
        var card = work.CardOf(state);
        var todo = AcceptedJob.Of(state) is null ? "" : $" When it is finished: /dispatch done {Words(state.Plan.Ticket.Reference)}.";
        var next = card.Next is { } then ? $" Next: {then}." : "";
        return $"{OverviewText.Line(state, work)}{next}{todo} Asked for by {card.AskedBy.Name.Isolated()}.";
    }

    public static string Standing(DispatchState state) => DispatchCard.Of(state) is var card ? $"{card.Status}. {card.Headline}" : "";

    static string DoingOf(Permission permission) => permission switch
    {
        Permission.Dispatch => "start a dispatch",
        Permission.Cancel => "cancel a dispatch",
        Permission.Skip => "skip somebody",
        Permission.Take => "take a job in the channel",
        Permission.Redispatch => "re-dispatch",
        _ => "mark a job as done",
    };

    static string Ended(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
    static string Words(string foreign) => PlainWords.Shortened(PlainWords.OneLine(foreign)).Isolated();
}
