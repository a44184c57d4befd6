using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
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
    public static WriteJson Of(DispatchForm form, DialogSetting setting) =>
        CardParts.Fitting(Rooms, (json, room) => Draw(json, form, setting, room));

    static void Draw(Utf8JsonWriter json, DispatchForm form, DialogSetting setting, Room room)
    {
        var everybody = form.People.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        json.StartDialog();
        WriteJob(json, form.Ticket, room);
        json.WriteLines(PlaceWords(form, setting.Place), 200, isSmall: true);
        WriteLists(json, form, room);
        WriteError(json, setting, DialogData.PeopleField);
        WritePeople(json, form, everybody, room);
        WriteOrder(json, form, everybody, setting, room);
        WriteError(json, setting, DialogData.NoteField);
        WriteNote(json, form.Note);
        WriteError(json, setting, DialogData.AlsoInField);
        WriteAlsoIn(json, form.Places);
        json.WriteLines(ReplyText.ToMendInDialog(form.Notices), room.Words, isSmall: true);
        WriteSpoken(json, form, everybody, room);
        WriteButtons(json, form, setting);
        json.EndDialog();
    }

    /// <summary>The text of a person's choice, with the reason if they cannot be phoned.</summary>
    public static string Offered(FormPerson person) => Offered(person, Rooms[0]);

    static string Offered(FormPerson person, Room room)
    {
        var name = Named(person, room);
        var more = TeamsText.Inert(person.CannotBePicked ?? person.Hint, room.Hint);
        return person.CannotBePicked is not null ? $"⚠ {name} cannot be phoned: {more}" : more.Length == 0 ? name : $"{name} – {more}";
    }

    static void WriteJob(Utf8JsonWriter json, Ticket ticket, Room room)
    {
        json.WriteLines(PlainWords.Sentence(CardView.TicketName(ticket)), room.Words, isBold: true);
        string[] facts = [Labelled("Priority", ticket.Priority, room), Labelled("Place", ticket.Place, room)];
        json.WriteLines(string.Join(" · ", facts.Where(each => each.Length > 0)), room.Words, isSmall: true);
        json.WriteLines(ticket.Description ?? "", room.Words);
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

    static void WriteError(Utf8JsonWriter json, DialogSetting setting, string field)
    {
        if (setting.Errors.TryGetValue(field, out var words))
            json.WriteLines(words, 1000, colour: "Attention");
    }

    static void WriteLists(Utf8JsonWriter json, DispatchForm form, Room room)
    {
        if (form.Lists.IsEmpty)
            return;
        json.StartField("Input.ChoiceSet"u8, DialogData.ListField, ListWords.Label + " (then press Show order and words)");
        json.WriteStartArray("choices"u8);
        json.WriteChoice(ListWords.NoList, DialogData.NoList);
        foreach (var each in form.Lists.Take(room.Choices))
            json.WriteChoice(TeamsText.Inert(each.Name, 60), DialogData.Value(each.Id));
        json.WriteEndArray();
        var picked = form.Lists.FirstOrDefault(each => each.IsPicked);
        json.WriteString("value"u8, picked is null ? DialogData.NoList : DialogData.Value(picked.Id));
        json.WriteEndObject();
        json.WriteLines(form.ListWords ?? "", 400, isSmall: true);
    }

    static void WritePeople(Utf8JsonWriter json, DispatchForm form, Dictionary<EmployeeId, FormPerson> everybody, Room room)
    {
        var picked = form.Picked.Where(everybody.ContainsKey).Distinct().Take(ReplyText.MostPeople).ToList();
        var offered = picked.Select(id => everybody[id]).Concat(everybody.Values.ExceptBy(picked, each => each.Id)).Take(room.Choices);
        json.StartField("Input.ChoiceSet"u8, DialogData.PeopleField, "Whom to phone");
        json.WriteBoolean("isMultiSelect"u8, true);
        json.WriteString("style"u8, "filtered"u8);
        json.WriteString("placeholder"u8, everybody.Count > room.Choices ? "Type a name or a skill" : "Pick people");
        json.WriteStartArray("choices"u8);
        foreach (var person in offered)
            json.WriteChoice(Offered(person, room), DialogData.Value(person.Id));
        json.WriteEndArray();
        json.WriteString("value"u8, DialogData.Join(picked));
        // Query us only if not everybody fits, because clients that cannot query show other choices by their ids.
        if (everybody.Count > room.Choices)
        {
            json.WritePropertyName("choices.data"u8);
            json.StartPart("Data.Query"u8);
            json.WriteString("dataset"u8, Dataset);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void WriteOrder(
        Utf8JsonWriter json, DispatchForm form, Dictionary<EmployeeId, FormPerson> everybody, DialogSetting setting, Room room)
    {
        if (form.Picked.IsEmpty)
        {
            json.WriteLines(
                "We phone them one after the other, until one presses 1. Press Show order and words to see and change the order.",
                200, isSmall: true);
            return;
        }
        json.WriteLines("Will be phoned in this order, until one presses 1:", 200, isBold: true);
        foreach (var (index, id) in form.Picked.Take(room.Ordered).Index())
        {
            var words = everybody.TryGetValue(id, out var person)
                ? Listed(person, room, form.Picked.Length <= MostWithSentence ? LongestSentence : LongestDoing)
                : "somebody who is not in the directory any more";
            WriteJson row = json => json.WriteLines($"{index + 1}. {words}", 240, isList: true);
            if (index is 0 || index > room.Moves || person is null)
                row(json);
            else
                json.WriteBeside(row, json => json.WriteButton(
                    setting.Surface, "Move up", DialogData.Up(id, setting.Kept, form.Picked), hint: $"Move up {Named(person, room)}"));
        }
        if (Math.Min(form.Picked.Length, ReplyText.MostPeople) - room.Ordered is > 0 and var more)
            json.WriteLines($"… and {more} more", 100);
    }

    static string Listed(FormPerson person, Room room, int most) => person.CannotBePicked is { } reason
        ? $"⚠ {Named(person, room)} cannot be phoned: {TeamsText.Inert(reason.TrimEnd('.'), 80)}. Leave them out."
        : person.Doing is { } doing ? $"{Named(person, room)} ({TeamsText.Inert(doing, most)})" : Named(person, room);

    static void WriteNote(Utf8JsonWriter json, string? note)
    {
        json.StartField(
            "Input.Text"u8, DialogData.NoteField, $"Note, spoken after the ticket (at most {ReplyText.MostNote} characters)");
        json.WriteString("placeholder"u8, "As: use gate B"u8);
        json.WriteNumber("maxLength"u8, ReplyText.MostNote);
        json.WriteBoolean("isMultiline"u8, true);
        json.WriteString("value"u8, note ?? "");
        json.WriteEndObject();
    }

    static void WriteAlsoIn(Utf8JsonWriter json, ImmutableArray<FormPlace> places)
    {
        if (places.IsEmpty)
            return;
        json.StartField("Input.ChoiceSet"u8, DialogData.AlsoInField, "Also in (you must be a member there)");
        json.WriteBoolean("isMultiSelect"u8, true);
        json.WriteStartArray("choices"u8);
        foreach (var place in places)
            json.WriteChoice(TeamsText.Inert(place.Name, 80), DialogData.Value(place.Name));
        json.WriteEndArray();
        json.WriteString(
            "value"u8, string.Join(',', places.Where(each => each.IsPicked).Select(each => DialogData.Value(each.Name))));
        json.WriteEndObject();
    }

    // Teams does not report a change in a field, so the words are those for the person who was picked when the dialog was drawn.
    static void WriteSpoken(Utf8JsonWriter json, DispatchForm form, Dictionary<EmployeeId, FormPerson> everybody, Room room)
    {
        if (form.Picked.Select(everybody.GetValueOrDefault).FirstOrDefault(each => each is { CannotBePicked: null }) is not { } first)
        {
            json.WriteLines("Pick somebody to read what they will hear, and press Show order and words.", 200, isSmall: true);
            return;
        }
        if (first.SpokenPreview.Length == 0)
            return;
        json.WriteLines($"What {Named(first, room)} will hear:", 200, isBold: true);
        json.WriteLines(first.SpokenPreview, room.Spoken);
        if (first.NotSpoken.Length > 0)
            json.WriteLines($"Not spoken, because it is too long: {first.NotSpoken}", Math.Min(room.Spoken, 500), colour: "Warning");
        json.WriteLines("Picked somebody else? Press Show order and words to see what they will hear.", 200, isSmall: true);
    }

    static void WriteButtons(Utf8JsonWriter json, DispatchForm form, DialogSetting setting)
    {
        json.StartLastButtons();
        json.WriteButton(
            setting.Surface, "Dispatch", DialogData.Button(DialogIntent.Send, setting.Kept, form.Picked), isMain: true);
        json.WriteButton(setting.Surface, "Show order and words", DialogData.Button(DialogIntent.Look, setting.Kept, form.Picked));
        if (setting.Surface is Surface.Card && form.Replaces is not null)
            json.WriteButton(setting.Surface, "Back", DialogData.Button(DialogIntent.Back, setting.Kept));
        if (TicketLink.To(form.Ticket.Link) is { } link)
            json.WriteOpen(link);
        json.EndParts();
    }

    static string Named(FormPerson person, Room room) => TeamsText.Inert(person.Name, room.Name).Isolated();

    /// <summary>
    /// The limits of one size: the choices of people, their names and hints in UTF-16 units, the lines of the order, the buttons that move
    /// a person up, and the texts of the job and of the spoken words in UTF-16 units.
    /// </summary>
    sealed record Room(int Choices, int Name, int Hint, int Ordered, int Moves, int Words, int Spoken);
}
