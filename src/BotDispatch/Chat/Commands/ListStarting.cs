using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Starts a dispatch to a named list at once, without the dialog: <c>INC-1042 to lifts now</c>.</summary>
internal sealed class ListStarting(Access access, DispatchStarting starting, Tenancy tenancy, ListPlanning lists)
{
    /// <summary>Starts it, and says so; or says why nothing was started.</summary>
    public async Task<ChatReply> StartAsync(
        Person who, ChatChannel where, NamedList list, Task<ResolvedTicket> finding, ChatCommand.Open open, Delivery delivery,
        TimeBudget budget)
    {
        var (mayNot, subject) = (await access.RefusalAsync(Permission.Dispatch, who, budget), await finding);
        if (mayNot is not null)
            return new ChatReply.Private(mayNot);
        if (subject.Ticket is not { } ticket)
            return new ChatReply.Private(subject.Mistake);
        if (open.People.Length > 0)
            return new ChatReply.Private(
                "Name a list or people, not both, to start at once. Nothing was started: leave out now, and choose in the dialog.");
        var request = new StartRequest(DispatchId.From(who.Platform, delivery.Id), ticket, [], open.Note, who, where) { List = list.Id };
        return await starting.StartAsync(request, budget) switch
        {
            StartResult.Started(var id) => new ChatReply.Private(
                $"Started: the people on {PlainWords.OneLine(list.Name).Isolated()} are called in its order. The card shows how it goes."
                + (subject.Notice is { } notice ? $" {notice}" : ""), id),
            StartResult.TicketIsOpen(var other) => tenancy.AlreadyOpen(other, where),
            StartResult.ListMeansNobody(var meant) => new ChatReply.Private(ListNames.MeansNobody(meant)),
            StartResult.UnknownList(var name) => new ChatReply.Private(ListNames.NoSuchList(name, ticket.Reference, lists.All)),
            StartResult.PlaceRefused(var because) => new ChatReply.Private(because),
            StartResult.CannotBePhoned(var employee) => new ChatReply.Private(ReplyText.CannotBePhoned(employee)),
            StartResult.NotInDirectory(var missing) => new ChatReply.Private(ReplyText.NotInDirectory(missing)),
            _ => new ChatReply.Private(ReplyText.DirectoryUnavailable),
        };
    }
}
