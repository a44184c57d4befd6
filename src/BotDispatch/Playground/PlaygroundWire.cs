using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotDispatch.Playground;

/// <summary>Everything the page shows, as it is now; sent whole on each connection, so that a page is right whatever it missed.</summary>
internal sealed record PageState(
    ClockView Clock, string Channel, IReadOnlyList<PersonaView> Personas, IReadOnlyList<HabitView> Habits, IReadOnlyList<PhoneView> Phones, IReadOnlyList<MessageView> Messages);

/// <summary>The story's time (milliseconds since 1970) and how fast it runs.</summary>
internal sealed record ClockView(long Now, double Speed);

/// <summary>Someone the visitor can be.</summary>
internal sealed record PersonaView(string Id, string Name, string Role);

/// <summary>A habit to choose for a phone.</summary>
internal sealed record HabitView(string Name, string Label, string Description);

/// <summary>A pretend phone; <paramref name="Problem"/> says why its owner cannot be phoned at all.</summary>
internal sealed record PhoneView(
    string Id, string Name, string? Number, string Language, string? Problem, string State, string? Habit, string? Speaking, string? SpokenLanguage, string? Gender,
    long SpeechId, bool Listening, string? Call, long? Since, string? LastEnded);

/// <summary>A message of the channel or, with a root, of the thread under that message.</summary>
internal sealed record MessageView(string Id, long Seq, string? Root, string Kind, string Author, long At, JsonElement Body);

/// <summary>The body of a card.</summary>
internal sealed record CardBody(
    string Dispatch, string Reference, string Title, string? Description, string? Priority, string? Place, string? Link, bool IsFreeText, string? Note, string AskedBy,
    string Status, string Headline, long? Until, string? Next, IReadOnlyList<CardPersonBody> People, IReadOnlyList<CardButtonBody> Buttons, bool IsClosed, IReadOnlyList<string> AlsoIn);

/// <summary>One of the roster; a call that is under way has no outcome.</summary>
internal sealed record CardPersonBody(string Name, bool IsCurrent, IReadOnlyList<string?> Calls, string State);

/// <summary>A button of a card.</summary>
internal sealed record CardButtonBody(string Action, string Label, int? Callee, int Round);

/// <summary>The body of a reply; one that says who has the job stands in the channel too.</summary>
internal sealed record ReplyBody(IReadOnlyList<ReplyLine> Lines, bool AlsoInChannel);

/// <summary>A line of a reply.</summary>
internal sealed record ReplyLine(string Tone, string Text, string? Mention);

/// <summary>The body of what a person typed.</summary>
internal sealed record SaidBody(string Text);

/// <summary>What was typed and sent in the composer.</summary>
internal sealed record CommandWish(string As, string Text, string Delivery);

/// <summary>A button that was pressed.</summary>
internal sealed record PressWish(string As, string Dispatch, string Action, int? Callee, int Round);

/// <summary>The dialog as it was sent.</summary>
internal sealed record SubmitWish(string As, string FormId, string Ticket, IReadOnlyList<string> Picked, string? Note, string? Replaces, IReadOnlyList<string>? AlsoIn = null);

/// <summary>Asks what somebody would hear.</summary>
internal sealed record PreviewWish(string Ticket, bool IsFreeText, string Employee, string? Note);

/// <summary>What somebody would hear.</summary>
internal sealed record PreviewView(string Text, string Language, string NotSpoken);

/// <summary>What a command or a press came to: <c>private</c> words, a <c>form</c> to open, something <c>started</c>, <c>errors</c> at fields, or <c>nothing</c>.</summary>
internal sealed record AnswerView(string Kind, string? Text = null, string? About = null, FormView? Form = null, IReadOnlyDictionary<string, string>? Errors = null);

/// <summary>The dialog.</summary>
internal sealed record FormView(
    string FormId, TicketView Ticket, string? Note, IReadOnlyList<FormPersonView> People, IReadOnlyList<string> Picked, string? Replaces, IReadOnlyList<PlaceView> Places, int MostNote,
    string Notices);

/// <summary>A place that it can be shown in as well.</summary>
internal sealed record PlaceView(string Name, bool IsPicked);

/// <summary>A ticket as the dialog shows it.</summary>
internal sealed record TicketView(string Reference, string Title, string? Description, string? Priority, string? Place, string? Link, bool IsFreeText);

/// <summary>A choice of the dialog.</summary>
internal sealed record FormPersonView(string Id, string Name, string Hint, string? CannotBePicked, string SpokenPreview, string NotSpoken);

/// <summary>A completion: what it writes into the composer, and what it shows.</summary>
internal sealed record SuggestionView(string Insert, string Label, string Hint);

/// <summary>Keys pressed on a phone.</summary>
internal sealed record KeysWish(string Keys);

/// <summary>A habit chosen for a phone.</summary>
internal sealed record HabitWish(string Habit);

/// <summary>A speed chosen for the story.</summary>
internal sealed record SpeedWish(double Speed);

/// <summary>Source-generated JSON of the page's own wire.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PageState))]
[JsonSerializable(typeof(CardBody))]
[JsonSerializable(typeof(ReplyBody))]
[JsonSerializable(typeof(SaidBody))]
[JsonSerializable(typeof(CommandWish))]
[JsonSerializable(typeof(PressWish))]
[JsonSerializable(typeof(SubmitWish))]
[JsonSerializable(typeof(PreviewWish))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(AnswerView))]
[JsonSerializable(typeof(IReadOnlyList<SuggestionView>))]
[JsonSerializable(typeof(KeysWish))]
[JsonSerializable(typeof(HabitWish))]
[JsonSerializable(typeof(SpeedWish))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class PlaygroundJson : JsonSerializerContext;
