using System.Collections.Concurrent;
using BotDispatch.Ports;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Decides what follows when Teams refuses a message. What an administrator must repair is logged once, and tried again until they have.
/// </summary>
internal sealed class Refusals(ILogger<Refusals> log)
{
    static readonly TimeSpan UntilAllowed = TimeSpan.FromMinutes(5);
    static readonly TimeSpan UntilUnderstood = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, string> said = new();

    /// <summary>Notes that the bot may post there again.</summary>
    public void Worked(string tenant) => said.TryRemove(tenant, out _);

    /// <summary>Returns what follows if no message ever came from the tenant, or the app was removed from all of it.</summary>
    public Posted NowhereIn(string tenant) => Administer(tenant, "no_conversation_known");

    /// <summary>Returns what follows from a refusal; <see cref="Posted.Gone"/> means that this place does not accept the message.</summary>
    /// <param name="place">The place.</param>
    /// <param name="key">The post.</param>
    /// <param name="refused">The refusal.</param>
    /// <param name="isRedraw">The card exists: if it may not be changed, that is no reason for another one.</param>
    public Posted Meaning(Place place, string key, ConnectorAnswer.Refused refused, bool isRedraw = false)
    {
        switch (refused.Kind)
        {
            case Refusal.Gone or Refusal.NotInRoster:
                return new Posted.Gone(refused.Code);
            case Refusal.Disabled or Refusal.Credentials:
            // Our own setting forbids us to call that address.
            case Refusal.Forbidden when refused.Code == ServiceAddress.NotAllowed:
                return Administer(place.Tenant, refused.Code);
            case Refusal.Blocked or Refusal.Forbidden:
                return isRedraw ? Administer(place.Tenant, refused.Code) : new Posted.Gone(refused.Code);
            case Refusal.Content or Refusal.TooBig:
                return new Posted.Refused(refused.Code);
            default:
                log.Refused(key, refused.Code);
                return new Posted.TryLater(refused.Code, UntilUnderstood);
        }
    }

    Posted.TryLater Administer(string tenant, string code)
    {
        if (!said.TryGetValue(tenant, out var last) || last != code)
            log.NotAllowed(tenant, code);
        said[tenant] = code;
        return new(code, UntilAllowed);
    }
}
