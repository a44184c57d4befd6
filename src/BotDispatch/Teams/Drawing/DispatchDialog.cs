using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Drawing;

/// <summary>The data for drawing the dialog beside the form.</summary>
/// <param name="Surface">The place where it is drawn.</param>
/// <param name="Kept">The protected context of the form.</param>
/// <param name="Place">The kind of conversation in which its card will appear.</param>
/// <param name="Errors">The errors by field.</param>
internal sealed record DialogSetting(Surface Surface, string Kept, ConversationKind Place, ImmutableDictionary<string, string> Errors);

/// <summary>Draws the dialog: the job, whom to phone in which order, a note, and the spoken words. Errors stand above fields.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search</remarks>
internal static class DispatchDialog
{
    /// <summary>The dataset that the people field queries.</summary>
    public const string Dataset = "employees";

    // The first size that fits is drawn. The last one fits for every directory whose ids have a usual length.
    static readonly Room[] Rooms =
    [
        new(100, 60, 80, 50, 8, 600, 1500), new(60, 50, 40, 50, 4, 400, 800), new(50, 40, 20, 30, 2, 200, 400),
        new(50, 20, 0, 10, 0, 100, 150),
    ];

    const int MostWithSentence = 10;
    const int LongestSentence = 110;
    const int LongestDoing = 60;

    public static string TitleOf(DispatchForm form) => form.Replaces is null ? "Dispatch" : "Re-dispatch";

    /// <summary>Draws the dialog with its current values, small enough to replace a card.</summary>
    public static JsonObject Of(DispatchForm form, DialogSetting setting) =>
        CardParts.Fitting(Rooms.Select(room => Of(form, setting, room)));

    static JsonObject Of(DispatchForm form, DialogSetting setting, Room room)
    {
        var everybody = form.People.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        return DialogParts.Card(
            [
                .. Job(form.Ticket, room), .. DialogParts.Lines(PlaceWords(form, setting.Place), 200, isSmall: true),
                .. Lists(form, room),
                .. Error(setting, DialogData.PeopleField), People(form, everybody, room), .. Order(form, everybody, setting, room),
                .. Error(setting, DialogData.NoteField), Note(form.Note), .. Error(setting, DialogData.AlsoInField), .. AlsoIn(form.Places),
                .. DialogParts.Lines(ReplyText.ToMendInDialog(form.Notices), room.Words, isSmall: true), .. Spoken(form, everybody, room),
            ],
            Buttons(form, setting));
    }

    /// <summary>The text of a person's choice, with the reason if they cannot be phoned.</summary>
    public static string Offered(FormPerson person) => Offered(person, Rooms[0]);

    static string Offered(FormPerson person, Room room)
    {
        var name = Named(person, room);
        var more = TeamsText.Inert(person.CannotBePicked ?? person.Hint, room.Hint);
        return person.CannotBePicked is not null ? $"⚠ {name} cannot be phoned: {more}" : more.Length == 0 ? name : $"{name} – {more}";
    }

    static IEnumerable<JsonObject> Job(Ticket ticket, Room room)
    {
        foreach (var line in DialogParts.Lines(PlainWords.Sentence(CardView.TicketName(ticket)), room.Words, isBold: true))
            yield return line;
        string[] facts = [Labelled("Priority", ticket.Priority, room), Labelled("Place", ticket.Place, room)];
        foreach (var line in DialogParts.Lines(string.Join(" · ", facts.Where(each => each.Length > 0)), room.Words, isSmall: true))
            yield return line;
        foreach (var line in DialogParts.Lines(ticket.Description ?? "", room.Words))
            yield return line;
    }

    static string Labelled(string label, string? words, Room room) =>
        string.IsNullOrWhiteSpace(words) ? "" : $"{label}: {TeamsText.Inert(words, room.Words / 3).Isolated()}";

    static string PlaceWords(DispatchForm form, ConversationKind place) => (form.Replaces, place) switch
    {
        (not null, ConversationKind.Channel) => "Continues in the same thread, without the people who rejected.",
        (not null, _) => "Continues with the same card, without the people who rejected.",
        (_, ConversationKind.Channel) => "Its card and thread will appear in this channel.",
        _ => "Its card will appear in this chat.",
    };

    static IEnumerable<JsonObject> Error(DialogSetting setting, string field) =>
        setting.Errors.TryGetValue(field, out var words) ? DialogParts.Lines(words, 1000, colour: "Attention") : [];

    static IEnumerable<JsonObject> Lists(DispatchForm form, Room room)
    {
        if (form.Lists.IsEmpty)
            yield break;
        var choices = form.Lists.Take(room.Choices).Select(each => new JsonObject
        {
            ["title"] = TeamsText.Inert(each.Name, 60),
            ["value"] = DialogData.Value(each.Id),
        });
        yield return new()
        {
            ["type"] = "Input.ChoiceSet",
            ["id"] = DialogData.ListField,
            ["label"] = ListWords.Label + " (then press Show order and words)",
            ["choices"] = new JsonArray([
                new JsonObject { ["title"] = ListWords.NoList, ["value"] = DialogData.NoList }, .. choices]),
            ["value"] = form.Lists.FirstOrDefault(each => each.IsPicked) is { } list ? DialogData.Value(list.Id) : DialogData.NoList,
        };
        foreach (var line in DialogParts.Lines(form.ListWords ?? "", 400, isSmall: true))
            yield return line;
    }

    static JsonObject People(DispatchForm form, Dictionary<EmployeeId, FormPerson> everybody, Room room)
    {
        var picked = form.Picked.Where(everybody.ContainsKey).Distinct().Take(ReplyText.MostPeople).ToList();
        var offered = picked.Select(id => everybody[id]).Concat(everybody.Values.ExceptBy(picked, each => each.Id)).Take(room.Choices)
            .Select(each => new JsonObject { ["title"] = Offered(each, room), ["value"] = DialogData.Value(each.Id) });
        var field = new JsonObject
        {
            ["type"] = "Input.ChoiceSet",
            ["id"] = DialogData.PeopleField,
            ["label"] = "Whom to phone",
            ["isMultiSelect"] = true,
            ["style"] = "filtered",
            ["placeholder"] = everybody.Count > room.Choices ? "Type a name or a skill" : "Pick people",
            ["choices"] = new JsonArray([.. offered]),
            ["value"] = DialogData.Join(picked),
        };
        // Query us only if not everybody fits, because clients that cannot query show other choices by their ids.
        if (everybody.Count > room.Choices)
            field["choices.data"] = new JsonObject { ["type"] = "Data.Query", ["dataset"] = Dataset };
        return field;
    }

    static IEnumerable<JsonObject> Order(DispatchForm form, Dictionary<EmployeeId, FormPerson> everybody, DialogSetting setting, Room room)
    {
        if (form.Picked.IsEmpty)
            return DialogParts.Lines(
                "We phone them one after the other, until one presses 1. Press Show order and words to see and change the order.",
                200, isSmall: true);
        var rows = form.Picked.Take(room.Ordered).Select((id, index) =>
        {
            var words = everybody.TryGetValue(id, out var person)
                ? Listed(person, room, form.Picked.Length <= MostWithSentence ? LongestSentence : LongestDoing)
                : "somebody who is not in the directory any more";
            var row = DialogParts.Lines($"{index + 1}. {words}", 240, isList: true).Single();
            if (index is 0 || index > room.Moves || person is null)
                return row;
            var data = DialogData.Up(id, setting.Kept, form.Picked);
            return DialogParts.Beside(row, DialogParts.Button(setting.Surface, "Move up", data, hint: $"Move up {Named(person, room)}"));
        });
        var more = Math.Min(form.Picked.Length, ReplyText.MostPeople) - room.Ordered;
        return
        [
            .. DialogParts.Lines("Will be phoned in this order, until one presses 1:", 200, isBold: true), .. rows,
            .. more > 0 ? DialogParts.Lines($"… and {more} more", 100) : [],
        ];
    }

    static string Listed(FormPerson person, Room room, int most) => person.CannotBePicked is { } reason
        ? $"⚠ {Named(person, room)} cannot be phoned: {TeamsText.Inert(reason.TrimEnd('.'), 80)}. Leave them out."
        : person.Doing is { } doing ? $"{Named(person, room)} ({TeamsText.Inert(doing, most)})" : Named(person, room);

    static JsonObject Note(string? note) => new()
    {
        ["type"] = "Input.Text",
        ["id"] = DialogData.NoteField,
        ["label"] = $"Note, spoken after the ticket (at most {ReplyText.MostNote} characters)",
        ["placeholder"] = "As: use gate B",
        ["maxLength"] = ReplyText.MostNote,
        ["isMultiline"] = true,
        ["value"] = note ?? "",
    };

    static IEnumerable<JsonObject> AlsoIn(ImmutableArray<FormPlace> places)
    {
        if (places.IsEmpty)
            yield break;
        var choices = places.Select(each => new JsonObject
        {
            ["title"] = TeamsText.Inert(each.Name, 80),
            ["value"] = DialogData.Value(each.Name),
        });
        yield return new()
        {
            ["type"] = "Input.ChoiceSet",
            ["id"] = DialogData.AlsoInField,
            ["label"] = "Also in (you must be a member there)",
            ["isMultiSelect"] = true,
            ["choices"] = new JsonArray([.. choices]),
            ["value"] = string.Join(',', places.Where(each => each.IsPicked).Select(each => DialogData.Value(each.Name))),
        };
    }

    // Teams does not report a change in a field, so the words are those for the person who was picked when the dialog was drawn.
    static IEnumerable<JsonObject> Spoken(DispatchForm form, Dictionary<EmployeeId, FormPerson> everybody, Room room)
    {
        if (form.Picked.Select(everybody.GetValueOrDefault).FirstOrDefault(each => each is { CannotBePicked: null }) is not { } first)
            return DialogParts.Lines("Pick somebody to read what they will hear, and press Show order and words.", 200, isSmall: true);
        if (first.SpokenPreview.Length == 0)
            return [];
        return
        [
            .. DialogParts.Lines($"What {Named(first, room)} will hear:", 200, isBold: true),
            .. DialogParts.Lines(first.SpokenPreview, room.Spoken),
            .. first.NotSpoken.Length == 0
                ? []
                : DialogParts.Lines(
                    $"Not spoken, because it is too long: {first.NotSpoken}", Math.Min(room.Spoken, 500), colour: "Warning"),
            .. DialogParts.Lines("Picked somebody else? Press Show order and words to see what they will hear.", 200, isSmall: true),
        ];
    }

    static IEnumerable<JsonObject> Buttons(DispatchForm form, DialogSetting setting)
    {
        yield return DialogParts.Button(
            setting.Surface, "Dispatch", DialogData.Button(DialogIntent.Send, setting.Kept, form.Picked), isMain: true);
        yield return DialogParts.Button(
            setting.Surface, "Show order and words", DialogData.Button(DialogIntent.Look, setting.Kept, form.Picked));
        if (setting.Surface is Surface.Card && form.Replaces is not null)
            yield return DialogParts.Button(setting.Surface, "Back", DialogData.Button(DialogIntent.Back, setting.Kept));
        if (TicketLink.To(form.Ticket.Link) is { } link)
            yield return CardParts.Open(link);
    }

    static string Named(FormPerson person, Room room) => TeamsText.Inert(person.Name, room.Name).Isolated();

    /// <summary>
    /// The limits of one size: the choices of people, their names and hints in UTF-16 units, the lines of the order, the buttons that move
    /// a person up, and the texts of the job and of the spoken words in UTF-16 units.
    /// </summary>
    sealed record Room(int Choices, int Name, int Hint, int Ordered, int Moves, int Words, int Spoken);
}
