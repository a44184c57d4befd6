namespace BotDispatch.PretendTeams.State;

/// <summary>An organisation: its people, its teams with their channels, its chats.</summary>
public sealed class Tenant
{
    readonly TeamsStandIn teams;
    readonly List<Person> people = [];
    readonly List<Place> places = [];

    internal Tenant(TeamsStandIn teams, string id, string name) => (this.teams, Id, Name) = (teams, id, name);

    public string Id { get; }

    public string Name { get; }

    public IReadOnlyList<Person> People => teams.Locked(() => people.ToList());

    public IReadOnlyList<Place> Places => teams.Locked(() => places.ToList());

    /// <summary>Somebody new.</summary>
    public Person AddPerson(string name, string? email = null) => teams.Locked(() =>
    {
        var made = new Person { Tenant = this, ObjectId = Ids.Guid(Id + name), Mri = "29:1" + Ids.Letters(Id + name), Name = name, Email = email };
        people.Add(made);
        return made;
    });

    /// <summary>A channel of a team; the first channel of a team is its General, whose id is the team's.</summary>
    public Place AddChannel(string team, string name, params IEnumerable<Person> members)
    {
        var id = $"19:{Ids.Letters(Id + team + name)}@thread.tacv2";
        return Add(new(teams, this, id, PlaceKind.Channel, name) { Team = Places.FirstOrDefault(each => each.TeamName == team)?.Team ?? id, TeamName = team }, members);
    }

    public Place AddGroupChat(string name, params IEnumerable<Person> members) => Add(new(teams, this, $"19:{Ids.Letters(Id + name)}@thread.v2", PlaceKind.GroupChat, name), members);

    /// <summary>Somebody's own chat with the bot, the same each time.</summary>
    public Place PersonalChat(Person person) => teams.Locked(() =>
        places.Find(each => each.Kind is PlaceKind.Personal && each.Members[0] == person) ?? Add(new(teams, this, "a:1" + Ids.Letters(Id + person.ObjectId), PlaceKind.Personal, ""), [person]));

    internal Person? Find(string id) => people.Find(each => each.Mri == id || each.ObjectId.Equals(id, StringComparison.OrdinalIgnoreCase) || each.Name == id);

    internal Place? FindPlace(string id) => places.Find(each => each.Id == id);

    Place Add(Place place, IEnumerable<Person> members) => teams.Locked(() =>
    {
        place.MemberList.AddRange(members);
        places.Add(place);
        return place;
    });
}
