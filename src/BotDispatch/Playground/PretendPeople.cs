using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Playground;

/// <summary>The people whom a visitor of the page can play: the dispatcher, or anybody of the directory under their own id.</summary>
internal sealed class PretendPeople(IEmployeeDirectory directory)
{
    public static Person Dispatcher { get; } = new(PlaygroundPlatform.Channel.Platform, "dispatcher", "Dana Wolf");

    /// <summary>Returns that person; null if nobody has that id.</summary>
    public async Task<Person?> FindAsync(string id, CancellationToken ct)
    {
        if (id == Dispatcher.UserId)
            return Dispatcher;
        return (await directory.ListAsync(ct)).FirstOrDefault(employee => employee.Id.Value == id) is { } found
            ? new(Dispatcher.Platform, found.Id.Value, found.Name)
            : null;
    }

    /// <summary>Returns everybody, the dispatcher first.</summary>
    public async Task<IReadOnlyList<PersonaView>> ListAsync(CancellationToken ct) =>
    [
        new(Dispatcher.UserId, Dispatcher.Name, "dispatcher"),
        .. (await directory.ListAsync(ct)).Select(employee => new PersonaView(employee.Id.Value, employee.Name, "employee")),
    ];
}
