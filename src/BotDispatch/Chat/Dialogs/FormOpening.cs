using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>Opens the dialog, after a command and after a press of Re-dispatch. One ticket is dispatched once at a time.</summary>
internal sealed class FormOpening(
    DispatchEngine engine, FormDrawing drawing, Tenancy tenancy, MirrorPlaces places, Workload workload, ListPlanning lists)
{
    /// <summary>What to say because another dispatch of this ticket is open; null if none is.</summary>
    public async Task<ChatReply.Private?> RefusalAsync(Ticket ticket, ChatChannel where, CancellationToken ct) =>
        await engine.FindOpenByTicketAsync(ticket.Reference, ct) is { } other ? tenancy.AlreadyOpen(other, where) : null;

    /// <summary>
    /// The dialog, with the places where its dispatch can be shown as well and what everybody is busy with; or a sentence that says why
    /// there is nobody to choose.
    /// </summary>
    /// <param name="who">Whose dialog.</param>
    /// <param name="where">Where its card is to stand.</param>
    /// <param name="delivery">What it answers: the same delivery opens the same dialog.</param>
    /// <param name="content">The ticket, the note and who is ticked.</param>
    /// <param name="everybody">Whom it offers.</param>
    /// <param name="old">The closed dispatch that it takes the place of; null if there is none.</param>
    /// <param name="ct">The chat does not wait any more.</param>
    /// <param name="list">The named list that it calls; null if people are picked without one.</param>
    public async Task<ChatReply> OpenAsync(
        Person who, ChatChannel where, Delivery delivery, (Ticket Ticket, string? Note, ImmutableArray<EmployeeId> Picked) content,
        IReadOnlyList<Employee> everybody, DispatchState? old, CancellationToken ct, ListChain? list = null)
    {
        var filled = new FormContent(content.Ticket, content.Note, content.Picked, places.Offered(where, [], old), old?.Plan.Id)
        {
            List = list,
            Lists = lists.All,
        };
        return drawing.Open(who.Platform, delivery.Id, filled, everybody, await workload.ReadForDialogAsync(where, ct));
    }

    /// <summary>The same answer; a dialog says this above everything else that is worth a look.</summary>
    public static ChatReply WithNotice(ChatReply answer, string notice) =>
        answer is ChatReply.OpenForm(var form)
            ? new ChatReply.OpenForm(form with { Notices = form.Notices.Insert(0, notice), TicketNotice = notice }) : answer;
}
