using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Delivery;

/// <summary>The app comes to a team, a group chat or a person, and goes; Teams tells of it twice.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events</remarks>
public sealed class Installations
{
    readonly TeamsStandIn teams;

    internal Installations(TeamsStandIn teams) => this.teams = teams;

    /// <summary>Somebody adds it; in a team to all its channels.</summary>
    public Task AddAsync(Place place, Person by) => TellAsync(place, by, isThere: true);

    /// <summary>Somebody removes it.</summary>
    public Task RemoveAsync(Place place, Person by) => TellAsync(place, by, isThere: false);

    /// <summary>The app is brought up to date.</summary>
    public Task UpgradeAsync(Place place, Person by) => teams.Courier.DeliverAsync(teams.Locked(() => Event(place, by, "installationUpdate", ("action", "add-upgrade"))));

    async Task TellAsync(Place place, Person by, bool isThere)
    {
        var (first, second) = teams.Locked(() =>
        {
            foreach (var each in place.Tenant.Places.Where(each => each == place || (each.Team is not null && each.Team == place.Team)))
                each.HasBot = isThere;
            return (Event(place, by, "installationUpdate", ("action", isThere ? "add" : "remove")),
                Event(place, by, "conversationUpdate", (isThere ? "membersAdded" : "membersRemoved", new JsonArray(new JsonObject { ["id"] = teams.Options.BotId }))));
        });
        await teams.Courier.DeliverAsync(first);
        await teams.Courier.DeliverAsync(second);
    }

    JsonObject Event(Place place, Person by, string type, (string Name, JsonNode? Value) more)
    {
        var made = Activities.Of(teams, type, teams.Ids.Event(), by, place);
        made[more.Name] = more.Value;
        made["from"]!.AsObject().Remove("name");
        if (place.Kind is PlaceKind.Channel)
        {
            made["channelData"]!["settings"] = new JsonObject { ["selectedChannel"] = new JsonObject { ["id"] = place.Id } };
            made["conversation"]!["name"] = place.Name;
        }
        return made;
    }
}
