using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Draws the dialog: the ticket, whom to phone in which order, a note, and the words that will be spoken. Its fields keep their ids, so
/// that their values survive when the dialog is drawn again.
/// </summary>
/// <remarks>https://docs.slack.dev/surfaces/modals</remarks>
internal static class FormView
{
    public const string CallbackId = "dispatch_form";
    public const string PeopleBlock = "people";
    public const string PeopleAction = "people_pick";
    public const string ListBlock = "list";
    public const string ListAction = "list_pick";
    public const string NoList = "-";
    public const string NoteBlock = "note";
    public const string NoteAction = "note_text";
    public const string AlsoInBlock = "alsoIn";
    public const string AlsoInAction = "also_in_pick";

    const int MostDescription = 600;
    const int MostSpoken = 1500;
    const int MostLeft = 500;
    const int MostValue = 75;
    // A section holds 3000 characters.
    const int MostDoing = 10;
    const int MostListWords = 300;
    const int MostWithSentence = 10;
    const int LongestSentence = 110;
    const int LongestDoing = 60;

    /// <summary>Draws the dialog with its current values.</summary>
    public static WriteJson Of(DispatchForm form, DialogContext kept)
    {
        form = form with { Picked = [.. form.Picked.Take(ReplyText.MostPeople)] };
        var everybody = new OrderedDictionary<EmployeeId, FormPerson>(form.People.Length);
        foreach (var person in form.People)
            everybody.TryAdd(person.Id, person);
        var again = form.Replaces is not null;
        return json =>
        {
            json.StartModal(CallbackId, again ? "Re-dispatch" : "Dispatch", "Dispatch", DialogContextCodec.Write(kept));
            WriteTicket(json, form.Ticket);
            json.WriteContext(PlaceWords(kept.Channel, again), "place");
            WriteLists(json, form.Lists);
            WritePeople(json, form, everybody);
            json.WriteSection(OrderWords(form, everybody), "order");
            WriteNote(json, form.Note);
            WriteAlsoIn(json, form.Places);
            if (!form.Notices.IsEmpty)
                json.WriteContext(SlackText.Inert(ReplyText.ToMendInDialog(form.Notices), 1200), "to_mend");
            json.WriteSection(SpokenWords(form), "heard");
            json.EndModal();
        };
    }

    /// <summary>The choices of people, each with the reason if they cannot be phoned. An id too long for Slack is left out.</summary>
    public static WriteJson Options(IReadOnlyCollection<FormPerson> people) => json => WriteOptions(json, Choices(people));

    static IEnumerable<FormPerson> Choices(IEnumerable<FormPerson> people) =>
        people.Where(each => each.Id.Value.Length <= MostValue).DistinctBy(each => each.Id).Take(Blocks.MostOptions);

    static void WriteOptions(Utf8JsonWriter json, IEnumerable<FormPerson> choices)
    {
        json.WriteStartArray();
        foreach (var person in choices)
            if (person.CannotBePicked is { } reason)
                json.WriteOption($"⚠ {Named(person)}", person.Id.Value, $"Cannot be phoned: {reason}");
            else
                json.WriteOption(Named(person), person.Id.Value, person.Hint);
        json.WriteEndArray();
    }

    static void WriteTicket(Utf8JsonWriter json, Ticket ticket)
    {
        var title = SlackText.Inert(PlainWords.OneLine(ticket.Title), 1500);
        var reference = SlackText.Inert(PlainWords.OneLine(ticket.Reference), 300).Isolated();
        json.WriteSection(ticket.IsFreeText ? $"*{title}*" : $"*{reference}*  {title.Isolated()}", "ticket");
        string[] small =
        [
            Labelled("Priority", ticket.Priority), Labelled("Place", ticket.Place),
            NoticeView.LinkTo(ticket.Link, ticket.IsFreeText ? "The message" : "Open the ticket"),
        ];
        if (small.Any(each => each.Length > 0))
            json.WriteContext(string.Join("  ·  ", small.Where(each => each.Length > 0)), "facts");
        if (!string.IsNullOrWhiteSpace(ticket.Description))
            json.WriteSection(
                SlackText.Inert(PlainWords.Shortened(ticket.Description.Trim(), MostDescription), 2900), "description");
    }

    static string Labelled(string label, string? words) =>
        string.IsNullOrWhiteSpace(words) ? "" : $"{label}: {SlackText.Inert(PlainWords.OneLine(words), 200).Isolated()}";

    static string PlaceWords(ChatChannel channel, bool again) => (again, SlackAddress.Split(channel.Address).Id) switch
    {
        (true, _) => "Continues in the same thread, without the people who rejected.",
        (_, ['C' or 'G', ..] and var id) when id.All(char.IsAsciiLetterOrDigit) => $"Its card and thread will appear in <#{id}>.",
        _ => "Its card and thread will appear in your direct messages with this app.",
    };

    static void WriteLists(Utf8JsonWriter json, ImmutableArray<FormList> lists)
    {
        if (lists.IsEmpty)
            return;
        var choices = lists.Where(each => each.Id.Length <= MostValue).Take(Blocks.MostOptions - 1).ToList();
        json.StartInput(ListBlock, ListWords.Label, "static_select"u8, ListAction);
        json.WritePlaceholder("A named list of people");
        json.WriteStartArray("options"u8);
        json.WriteOption(ListWords.NoList, NoList, "Pick people one by one");
        foreach (var each in choices)
            json.WriteOption(each.Name, each.Id);
        json.WriteEndArray();
        if (choices.Find(each => each.IsPicked) is { } picked)
        {
            json.WritePropertyName("initial_option"u8);
            json.WriteOption(picked.Name, picked.Id);
        }
        json.EndInput(isOptional: true, sendsChanges: true);
    }

    /// <summary>
    /// The id of the block of people. Slack keeps what is picked in a block with the same id, so a list that was chosen needs another one.
    /// </summary>
    static string PeopleBlockOf(DispatchForm form) =>
        form.Lists.FirstOrDefault(each => each.IsPicked) is { } list ? $"{PeopleBlock}:{PlainWords.Shortened(list.Id, 60)}" : PeopleBlock;

    static void WritePeople(Utf8JsonWriter json, DispatchForm form, OrderedDictionary<EmployeeId, FormPerson> everybody)
    {
        List<FormPerson> picked =
            [.. Choices(form.Picked.Select(id => everybody.GetValueOrDefault(id)).OfType<FormPerson>())];
        var many = everybody.Count > Blocks.MostOptions;
        json.StartInput(
            PeopleBlockOf(form), "Whom to phone", many ? "multi_external_select"u8 : "multi_static_select"u8, PeopleAction);
        json.WritePlaceholder(many ? "Type a name or a skill" : "Pick people in the order to phone them");
        if (many)
            json.WriteNumber("min_query_length"u8, 0);
        else
        {
            json.WritePropertyName("options"u8);
            WriteOptions(json, Choices(everybody.Values));
        }
        if (picked.Count > 0)
        {
            json.WritePropertyName("initial_options"u8);
            WriteOptions(json, picked);
        }
        json.WriteNumber("max_selected_items"u8, ReplyText.MostPeople);
        json.EndInput(sendsChanges: true);
    }

    static string OrderWords(DispatchForm form, OrderedDictionary<EmployeeId, FormPerson> everybody)
    {
        if (form.Picked.IsEmpty)
            return "Nobody is picked yet. We phone people in the order in which you pick them, until one presses 1.";
        var words = new StringBuilder("*Will be phoned in this order*, until one presses 1");
        if (form.ListWords is { } list)
            words.Append('\n').Append(SlackText.Inert(list, MostListWords));
        var doing = form.Picked.Length <= MostWithSentence ? LongestSentence : LongestDoing;
        foreach (var (index, id) in form.Picked.Index())
            words.Append('\n').Append(index + 1).Append(". ").Append(everybody.TryGetValue(id, out var person)
                ? Listed(person, index < MostDoing ? doing : 0)
                : "somebody who is not in the directory any more");
        return words.ToString();
    }

    static string Listed(FormPerson person, int most) => person.CannotBePicked is { } reason
        ? $"⚠ {SlackText.Inert(Named(person), 40)} cannot be phoned: {SlackText.Inert(reason.TrimEnd('.'), 80)}. Leave them out."
        : $"{SlackText.Inert(Named(person), 40)}{(most > 0 && person.Doing is { } doing ? $" ({SlackText.Inert(doing, most)})" : "")}";

    static void WriteNote(Utf8JsonWriter json, string? note)
    {
        json.StartInput(NoteBlock, "Note", "plain_text_input"u8, NoteAction);
        json.WriteNumber("max_length"u8, ReplyText.MostNote);
        if (!string.IsNullOrEmpty(note))
            json.WriteString("initial_value"u8, PlainWords.Shortened(note, ReplyText.MostNote));
        json.WritePlaceholder("As: use gate B");
        json.WriteStartObject("dispatch_action_config"u8);
        json.WriteStartArray("trigger_actions_on"u8);
        json.WriteStringValue("on_enter_pressed"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.EndInput(
            $"Spoken after the ticket. At most {ReplyText.MostNote} characters; the end of a long text is not spoken; you see it below.",
            isOptional: true, sendsChanges: true);
    }

    static void WriteAlsoIn(Utf8JsonWriter json, ImmutableArray<FormPlace> places)
    {
        if (places.IsEmpty)
            return;
        var choices = places.Take(Blocks.MostOptions).ToList();
        json.StartInput(AlsoInBlock, "Also in", "multi_static_select"u8, AlsoInAction);
        json.WritePlaceholder("Nowhere else");
        WritePlaces(json, "options"u8, choices);
        if (choices.FindAll(each => each.IsPicked) is { Count: > 0 } picked)
            WritePlaces(json, "initial_options"u8, picked);
        json.WriteNumber("max_selected_items"u8, Decider.MostMirrors);
        json.EndInput("Also shown there, with its buttons. You must be a member there.", isOptional: true);
    }

    static void WritePlaces(Utf8JsonWriter json, ReadOnlySpan<byte> name, List<FormPlace> places)
    {
        json.WriteStartArray(name);
        foreach (var place in places)
            json.WriteOption(place.Name, place.Name);
        json.WriteEndArray();
    }

    static string SpokenWords(DispatchForm form)
    {
        var phoned = form.People.Where(each => each.CannotBePicked is null).ToImmutableArray();
        if (form.Picked.Select(id => phoned.FirstOrDefault(each => each.Id == id)).OfType<FormPerson>().FirstOrDefault() is not { } first)
            return "Pick somebody to read what they will hear.";
        var preview = PlainWords.Shortened(first.SpokenPreview, MostSpoken);
        var spoken = SlackText.Inert(preview, first.NotSpoken.Length == 0 ? 2800 : 2000).Replace("\n", "\n>", StringComparison.Ordinal);
        var left = SlackText.Inert(PlainWords.Shortened(PlainWords.OneLine(first.NotSpoken), MostLeft), 700);
        return $"*What {SlackText.Inert(Named(first), 60)} will hear*\n>{spoken}"
            + (first.NotSpoken.Length == 0 ? "" : $"\n⚠ *Not spoken, because it is too long:* {left}");
    }

    static string Named(FormPerson person) => PlainWords.OneLine(person.Name).Isolated();
}

/// <summary>
/// Writes a <see cref="DialogContext"/> into a view's private metadata, which Slack shows to nobody and returns with each action.
/// </summary>
internal static class DialogContextCodec
{
    /// <summary>Writes the context as JSON, of which Slack accepts 3000 characters.</summary>
    public static string Write(DialogContext context) => SafeJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("form"u8, context.FormId);
        json.WriteString("channel"u8, context.Channel.Address);
        json.WriteString("ticket"u8, context.Reference);
        json.WriteIfAny("replaces"u8, context.Replaces?.Value);
        json.WriteIfAny("link"u8, context.Link);
        json.WriteEndObject();
    });

    /// <summary>Reads the metadata that Slack returns; null if it is not ours.</summary>
    public static DialogContext? Read(string metadata) => SafeJson.Read(Encoding.UTF8.GetBytes(metadata), json =>
    {
        if (Text(json, "form") is not { } form || Text(json, "channel") is not { } channel || Text(json, "ticket") is not { } ticket)
            return null;
        DispatchId? replaces = DispatchId.TryParse(Text(json, "replaces"), null, out var id) ? id : null;
        return new DialogContext(form, new(SlackAddress.Platform, channel), ticket, replaces, Text(json, "link"));
    });

    static string? Text(JsonElement of, string name) => of.Field(name) is { } field ? SafeJson.TextOf(field) : null;
}
