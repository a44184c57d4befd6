using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

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

    static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
    public static JsonObject Of(DispatchForm form, DialogContext kept)
    {
        form = form with { Picked = [.. form.Picked.Take(ReplyText.MostPeople)] };
        var again = form.Replaces is not null;
        return Blocks.Of(
            ("type", "modal"), ("callback_id", CallbackId), ("private_metadata", DialogContextCodec.Write(kept)),
            ("title", Blocks.Plain(again ? "Re-dispatch" : "Dispatch", 24)),
            ("submit", Blocks.Plain("Dispatch", 24)), ("close", Blocks.Plain("Close", 24)),
            ("blocks", new JsonArray([
                .. TicketBlocks(form.Ticket), Blocks.Context(PlaceWords(kept.Channel, again), "place"),
                .. Lists(form), People(form), Blocks.Section(OrderWords(form), "order"),
                Note(form.Note), .. AlsoIn(form.Places), .. ToMend(form), Blocks.Section(SpokenWords(form), "heard"),
            ])));
    }

    /// <summary>The choices of people, each with the reason if they cannot be phoned. An id too long for Slack is left out.</summary>
    // A hundred of them are drawn for each letter that somebody types. Written as text they take a third of the time of nodes.
    public static JsonArray Options(IEnumerable<FormPerson> people)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Written))
        {
            json.WriteStartArray();
            foreach (var person in people.Where(each => each.Id.Value.Length <= MostValue).DistinctBy(each => each.Id)
                .Take(Blocks.MostOptions))
                if (person.CannotBePicked is { } reason)
                    Blocks.WriteOption(json, $"⚠ {Named(person)}", person.Id.Value, $"Cannot be phoned: {reason}");
                else
                    Blocks.WriteOption(json, Named(person), person.Id.Value, person.Hint);
            json.WriteEndArray();
        }
        return JsonArray.Create(JsonElement.Parse(bytes.WrittenSpan))!;
    }

    static IEnumerable<JsonObject> TicketBlocks(Ticket ticket)
    {
        var title = SlackText.Inert(PlainWords.OneLine(ticket.Title), 1500);
        var reference = SlackText.Inert(PlainWords.OneLine(ticket.Reference), 300).Isolated();
        yield return Blocks.Section(ticket.IsFreeText ? $"*{title}*" : $"*{reference}*  {title.Isolated()}", "ticket");
        string[] small =
        [
            Labelled("Priority", ticket.Priority), Labelled("Place", ticket.Place),
            NoticeView.LinkTo(ticket.Link, ticket.IsFreeText ? "The message" : "Open the ticket"),
        ];
        if (small.Any(each => each.Length > 0))
            yield return Blocks.Context(string.Join("  ·  ", small.Where(each => each.Length > 0)), "facts");
        if (!string.IsNullOrWhiteSpace(ticket.Description))
            yield return Blocks.Section(
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

    static IEnumerable<JsonObject> Lists(DispatchForm form)
    {
        if (form.Lists.IsEmpty)
            yield break;
        var choices = form.Lists.Where(each => each.Id.Length <= MostValue).Take(Blocks.MostOptions - 1)
            .Select(each => (Option: Blocks.Option(each.Name, each.Id, ""), each.IsPicked))
            .Prepend((Option: Blocks.Option(ListWords.NoList, NoList, "Pick people one by one"), IsPicked: false)).ToList();
        yield return Blocks.Input(ListBlock, ListWords.Label, Blocks.Of(
            ("type", "static_select"), ("action_id", ListAction), ("placeholder", Blocks.Plain("A named list of people", 150)),
            ("options", new JsonArray([.. choices.Select(each => each.Option)])),
            ("initial_option", choices.Find(each => each.IsPicked).Option?.DeepClone())), isOptional: true, sendsChanges: true);
    }

    /// <summary>
    /// The id of the block of people. Slack keeps what is picked in a block with the same id, so a list that was chosen needs another one.
    /// </summary>
    static string PeopleBlockOf(DispatchForm form) =>
        form.Lists.FirstOrDefault(each => each.IsPicked) is { } list ? $"{PeopleBlock}:{PlainWords.Shortened(list.Id, 60)}" : PeopleBlock;

    static JsonObject People(DispatchForm form)
    {
        var everybody = form.People.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        var picked = Options(form.Picked.Where(everybody.ContainsKey).Select(id => everybody[id]));
        var many = everybody.Count > Blocks.MostOptions;
        return Blocks.Input(PeopleBlockOf(form), "Whom to phone", Blocks.Of(
            ("type", many ? "multi_external_select" : "multi_static_select"), ("action_id", PeopleAction),
            ("placeholder", Blocks.Plain(many ? "Type a name or a skill" : "Pick people in the order to phone them", 150)),
            ("options", many ? null : Options(everybody.Values)), ("min_query_length", many ? 0 : null),
            ("initial_options", picked.Count == 0 ? null : picked), ("max_selected_items", ReplyText.MostPeople)), sendsChanges: true);
    }

    static string OrderWords(DispatchForm form)
    {
        if (form.Picked.IsEmpty)
            return "Nobody is picked yet. We phone people in the order in which you pick them, until one presses 1.";
        var everybody = form.People.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
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

    static JsonObject Note(string? note) => Blocks.Input(NoteBlock, "Note", Blocks.Of(
        ("type", "plain_text_input"), ("action_id", NoteAction), ("max_length", ReplyText.MostNote),
        ("initial_value", string.IsNullOrEmpty(note) ? null : PlainWords.Shortened(note, ReplyText.MostNote)),
        ("placeholder", Blocks.Plain("As: use gate B", 150)),
        ("dispatch_action_config", Blocks.Of(("trigger_actions_on", new JsonArray("on_enter_pressed"))))),
        hint: $"Spoken after the ticket. At most {ReplyText.MostNote} characters; the end of a long text is not spoken; you see it below.",
        isOptional: true, sendsChanges: true);

    static IEnumerable<JsonObject> AlsoIn(ImmutableArray<FormPlace> places)
    {
        var choices = places.Take(Blocks.MostOptions).ToList();
        if (choices.Count == 0)
            yield break;
        var picked = choices.Where(each => each.IsPicked).Select(Choice).ToList();
        yield return Blocks.Input(AlsoInBlock, "Also in", Blocks.Of(
            ("type", "multi_static_select"), ("action_id", AlsoInAction), ("placeholder", Blocks.Plain("Nowhere else", 150)),
            ("options", new JsonArray([.. choices.Select(Choice)])),
            ("initial_options", picked.Count == 0 ? null : new JsonArray([.. picked])), ("max_selected_items", Decider.MostMirrors)),
            hint: "Also shown there, with its buttons. You must be a member there.", isOptional: true);
    }

    static IEnumerable<JsonObject> ToMend(DispatchForm form) =>
        form.Notices.IsEmpty ? [] : [Blocks.Context(SlackText.Inert(ReplyText.ToMendInDialog(form.Notices), 1200), "to_mend")];

    static JsonObject Choice(FormPlace place) => Blocks.Option(place.Name, place.Name, "");

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
    // Slack accepts 3000 characters, and the default encoder writes six for each character that it escapes.
    static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the context as JSON.</summary>
    public static string Write(DialogContext context) => Blocks.Of(
        ("form", context.FormId), ("channel", context.Channel.Address), ("ticket", context.Reference),
        ("replaces", context.Replaces?.Value), ("link", context.Link)).ToJsonString(Short);

    /// <summary>Reads the metadata that Slack returns; null if it is not ours.</summary>
    public static DialogContext? Read(string metadata)
    {
        try
        {
            if (JsonNode.Parse(metadata) is not JsonObject json
                || Text(json, "form") is not { } form
                || Text(json, "channel") is not { } channel
                || Text(json, "ticket") is not { } ticket)
                return null;
            DispatchId? replaces = DispatchId.TryParse(Text(json, "replaces"), null, out var id) ? id : null;
            return new(form, new(SlackAddress.Platform, channel), ticket, replaces, Text(json, "link"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonObject of, string name) =>
        of[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
