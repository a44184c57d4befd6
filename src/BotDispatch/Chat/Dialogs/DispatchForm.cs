using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// The dialog, in our words: what it shows when it opens. A platform draws it and sends back a <see cref="FormSubmission"/>.
/// </summary>
/// <param name="FormId">The same for one opening of the dialog; the dispatch's id derives from it, so that a double submit is one
/// dispatch.</param>
/// <param name="Ticket">The job; looked up already.</param>
/// <param name="Note">What is filled in.</param>
/// <param name="People">Everybody who can be offered, in the order to offer them.</param>
/// <param name="Picked">Who is ticked already, in their order.</param>
/// <param name="Replaces">The closed dispatch whose thread this goes on in.</param>
/// <param name="ExpiresAt">After this a submit is refused: the world may have changed.</param>
/// <param name="Places">Where it can be shown as well; none where nothing is set up.</param>
internal sealed record DispatchForm(
    string FormId, Ticket Ticket, string? Note, ImmutableArray<FormPerson> People, ImmutableArray<EmployeeId> Picked,
    DispatchId? Replaces, DateTimeOffset ExpiresAt,
    ImmutableArray<FormPlace> Places = default)
{
    /// <summary>Where it can be shown as well; none where nothing is set up.</summary>
    public ImmutableArray<FormPlace> Places { get; init; } = Places.IsDefault ? [] : Places;

    /// <summary>What is old or left out in the lists that it shows; empty while all is well.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>
    /// Why the job is not the ticket as its system knows it now; null if it is. It stands first in <see cref="Notices"/> as well.
    /// </summary>
    public string? TicketNotice { get; init; }

    /// <summary>The named lists that can be chosen; empty where none is set up.</summary>
    public ImmutableArray<FormList> Lists { get; init; } = [];

    /// <summary>What the chosen list does, as a sentence; null if none is chosen.</summary>
    public string? ListWords { get; init; }
}

/// <summary>A named list, and whether the dialog calls it.</summary>
internal sealed record FormList(string Id, string Name, bool IsPicked);

/// <summary>A place that a dispatch can be shown in as well, and whether it is asked for.</summary>
internal sealed record FormPlace(string Name, bool IsPicked);

/// <summary>One choice of the dialog.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">As read.</param>
/// <param name="Hint">What they are busy with, skills, language, or what else tells people apart.</param>
/// <param name="CannotBePicked">Why they cannot be phoned; null if they can.</param>
/// <param name="SpokenPreview">What this person would hear, in their language, with the note that is filled in and the question at the
/// end; empty where it is not known of what.</param>
/// <param name="NotSpoken">The words of the job and of the note that this person would not hear, because they are too many.</param>
/// <param name="Doing">What they are busy with now, as <c>ringing for INC-7</c>; null if with nothing. It begins <paramref name="Hint"/>
/// as well.</param>
internal sealed record FormPerson(
    EmployeeId Id, string Name, string Hint, string? CannotBePicked, string SpokenPreview, string NotSpoken = "", string? Doing = null)
{
    /// <summary>Why they can be phoned later and not now, as <c>off shift until 14:00 (UTC)</c>; null if they can be phoned now.</summary>
    public string? OffDuty { get; init; }

    /// <summary>From when they can be phoned, if not now; null if nothing is planned.</summary>
    public DateTimeOffset? From { get; init; }
}

/// <summary>The dialog as it was sent.</summary>
/// <param name="FormId">Which opening of the dialog.</param>
/// <param name="By">Who sent it.</param>
/// <param name="Channel">Where the card is to stand.</param>
/// <param name="TicketReference">The ticket's, or the free words.</param>
/// <param name="Picked">Whom to phone, in that order.</param>
/// <param name="Note">What is spoken after the ticket.</param>
/// <param name="Replaces">The closed dispatch whose thread this goes on in.</param>
/// <param name="Link">Where free words came from, as a message; a ticket has its own.</param>
/// <param name="AlsoIn">The names of the places where it is to be shown as well.</param>
internal sealed record FormSubmission(
    string FormId, Person By, ChatChannel Channel, string TicketReference, ImmutableArray<EmployeeId> Picked, string? Note,
    DispatchId? Replaces, string? Link = null,
    ImmutableArray<string> AlsoIn = default)
{
    /// <summary>The names of the places where it is to be shown as well.</summary>
    public ImmutableArray<string> AlsoIn { get; init; } = AlsoIn.IsDefault ? [] : AlsoIn;

    /// <summary>The id of the list that was chosen in the dialog; empty for none, null if the dialog did not offer any.</summary>
    public string? List { get; init; }
}

/// <summary>An open dialog that is to be drawn once more, with what is filled in now.</summary>
/// <param name="FormId">Which opening of the dialog.</param>
/// <param name="TicketReference">The ticket's, or the free words.</param>
/// <param name="Picked">Who is ticked now, in their order.</param>
/// <param name="Note">The note as typed.</param>
/// <param name="Replaces">The closed dispatch whose thread this goes on in.</param>
/// <param name="Link">Where free words came from.</param>
/// <param name="Channel">Where the card is to stand.</param>
/// <param name="AlsoIn">The names of the places where it is to be shown as well.</param>
internal sealed record FormRedraw(
    string FormId, string TicketReference, ImmutableArray<EmployeeId> Picked, string? Note, DispatchId? Replaces, string? Link,
    ChatChannel Channel, ImmutableArray<string> AlsoIn)
{
    /// <summary>The id of the list that is chosen now; empty for none, null if the dialog did not offer any.</summary>
    public string? List { get; init; }
}

/// <summary>What somebody sees who looks at the whole.</summary>
/// <param name="Open">What is being dispatched, the newest first.</param>
/// <param name="People">Everybody, with the reason at those who cannot be phoned; null where the directory could not be asked.</param>
/// <param name="Accepted">The accepted jobs that are not done, the newest first.</param>
internal sealed record HomeContent(
    ImmutableArray<DispatchCard> Open, ImmutableArray<FormPerson>? People, ImmutableArray<HeldJob> Accepted = default)
{
    /// <summary>The accepted jobs that are not done, the newest first.</summary>
    public ImmutableArray<HeldJob> Accepted { get; init; } = Accepted.IsDefault ? [] : Accepted;

    /// <summary>What an administrator has to mend; empty while all is well.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Who has which shift; null if there is no schedule, or it could not be asked.</summary>
    public Ports.ScheduleWeek? Schedule { get; init; }

    /// <summary>
    /// Why the job is not the ticket as its system knows it now; null if it is. It stands first in <see cref="Notices"/> as well.
    /// </summary>
    public string? TicketNotice { get; init; }
}

/// <summary>An accepted job that is not done: its card, who has it, and since when.</summary>
internal sealed record HeldJob(DispatchCard Card, string Who, DateTimeOffset Since);
