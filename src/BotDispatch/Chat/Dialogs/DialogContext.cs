using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// What an open dialog belongs to. A chat keeps it with the dialog, and brings it back with everything that is done there.
/// </summary>
/// <param name="FormId">Which opening of the dialog.</param>
/// <param name="Channel">Where the card is to stand.</param>
/// <param name="Reference">The ticket's, or the free words.</param>
/// <param name="Replaces">The closed dispatch whose thread this goes on in.</param>
/// <param name="Link">Where free words came from.</param>
internal sealed record DialogContext(string FormId, ChatChannel Channel, string Reference, DispatchId? Replaces, string? Link)
{
    /// <summary>What belongs to this form.</summary>
    public static DialogContext Of(DispatchForm form, ChatChannel where) =>
        new(form.FormId, where, form.Ticket.Reference, form.Replaces, form.Ticket.IsFreeText ? form.Ticket.Link : null);

    /// <summary>The dialog as this person sent it.</summary>
    public FormSubmission Sent(Person by, DialogFields fields) =>
        new(FormId, by, Channel, Reference, fields.Picked, fields.Note, Replaces, Link, fields.AlsoIn) { List = fields.List };

    /// <summary>The dialog as it is to be drawn again.</summary>
    public FormRedraw Redrawn(DialogFields fields) =>
        new(FormId, Reference, fields.Picked, fields.Note, Replaces, Link, Channel, fields.AlsoIn) { List = fields.List };
}

/// <summary>What is filled in.</summary>
/// <param name="Picked">Who is ticked, in the order of phoning.</param>
/// <param name="Note">The note as typed.</param>
/// <param name="AlsoIn">The names of the places where it is to be shown as well.</param>
internal sealed record DialogFields(ImmutableArray<EmployeeId> Picked, string? Note, ImmutableArray<string> AlsoIn)
{
    /// <summary>The id of the list that is chosen; empty for none, null if the dialog does not offer any.</summary>
    public string? List { get; init; }
}
