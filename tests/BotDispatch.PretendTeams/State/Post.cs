using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Cards;

namespace BotDispatch.PretendTeams.State;

/// <summary>A message as it stands: the same for all, but for what an answered button showed one person.</summary>
public sealed class Post
{
    readonly TeamsStandIn teams;
    readonly Dictionary<Person, CardForm> sights = [];

    internal Post(TeamsStandIn teams, Place place, string id, string rootId, Person? from, Person? onlyFor, JsonObject activity) =>
        (this.teams, Place, Id, RootId, From, OnlyFor, Activity) = (teams, place, id, rootId, from, onlyFor, activity);

    public Place Place { get; }

    public string Id { get; }

    /// <summary>The post that its thread hangs on; empty in chats.</summary>
    public string RootId { get; }

    /// <summary>Who wrote it; null for the bot.</summary>
    public Person? From { get; }

    /// <summary>The only person who sees it; null for a real message.</summary>
    public Person? OnlyFor { get; }

    /// <summary>As the bot or the client sent it last.</summary>
    public JsonObject Activity { get; private set; }

    public bool IsDeleted { get; internal set; }

    /// <summary>How often it was rewritten.</summary>
    public int Updates { get; private set; }

    public bool IsFromBot => From is null;

    public bool IsRoot => RootId.Length == 0 || RootId == Id;

    /// <summary>The card; null for a message of words.</summary>
    public JsonObject? Card => CardReading.CardOf(Activity);

    /// <summary>What can be read in it.</summary>
    public string Words => Card is { } card ? CardReading.Words(card) : CardReading.Plain(Activity.Word("text") ?? "", isMarkup: From is not null || Activity.Word("textFormat") != "plain");

    /// <summary>The titles of its buttons that everybody can press, in order; what a button only unfolds, and what leads elsewhere, is left out.</summary>
    public IReadOnlyList<string> Buttons => Card is { } card ? CardReading.Titles(CardReading.Actions(card)) : [];

    /// <summary>Where its buttons lead.</summary>
    public IReadOnlyList<string> Links => Card is { } card ? [.. CardReading.Actions(card).Select(each => each.Word("url")).OfType<string>()] : [];

    /// <summary>Who is mentioned in it.</summary>
    public IReadOnlyList<Person> Mentions =>
        [.. Activity.Objects("entities").Where(each => each.Word("type") == "mention").Select(each => Place.Tenant.Find(each["mentioned"].Word("id") ?? "")).OfType<Person>()];

    /// <summary>The card as one person has it before them, with what they filled in and unfolded.</summary>
    public CardForm SeenBy(Person person) => teams.Locked(() =>
    {
        if (!sights.TryGetValue(person, out var seen))
            sights.Add(person, seen = new(Card ?? throw new InvalidOperationException($"there is no card in '{Words}'")));
        return seen;
    });

    /// <summary>The conversation's id in which it is answered.</summary>
    internal string ThreadId => RootId.Length > 0 ? $"{Place.Id};messageid={RootId}" : Place.Id;

    internal void Rewrite(JsonObject activity)
    {
        Activity = activity;
        Updates++;
        sights.Clear();
    }

    /// <summary>One client shows another card from now on, until the message is rewritten.</summary>
    internal void ShowTo(Person person, JsonObject card) => sights[person] = new(card);

    public override string ToString() => $"{From?.Name ?? "the bot"} in {Place}: {Words}";
}
