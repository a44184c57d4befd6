using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Dispatching;

/// <summary>
/// Asks the chats whether somebody is a member of a place, also of a place in another chat than theirs: there they are known by their
/// email.
/// </summary>
internal sealed class Memberships(IEnumerable<IChatPlatform> platforms)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>Asks whether this person is a member of this place. A chat that cannot be asked makes it unknown.</summary>
    public async Task<Membership> FindAsync(ChatChannel place, Person person, CancellationToken ct)
    {
        if (platforms.FirstOrDefault(each => each.Name == place.Platform) is not { } there)
            return new Membership.Unknown($"the chat {place.Platform} is not set up", TimeSpan.FromMinutes(1));
        // A program asks for no place: it is shown where an administrator shows every dispatch.
        if (person.IsProgram)
            return new Membership.Is(person);
        try
        {
            var home = platforms.FirstOrDefault(each => each.Name == person.Platform);
            return await there.FindMemberAsync(place, person, home is null ? null : await home.EmailOfAsync(person, ct), ct);
        }
        // A chat that cannot be asked for an email throws.
        catch (Exception broken) when (broken is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return new Membership.Unknown($"{person.Platform} cannot be asked about a person ({broken.GetType().Name})", Soon);
        }
    }
}
