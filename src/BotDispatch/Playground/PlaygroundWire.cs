using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Chat;

namespace BotDispatch.Playground;

/// <summary>Everything that the page shows. It is sent whole on each connection, so a page is right whatever it missed.</summary>
internal sealed record PageState(
    ClockView Clock, string Channel, IReadOnlyList<PersonaView> Personas, IReadOnlyList<HabitView> Habits, IReadOnlyList<PhoneView> Phones,
    IReadOnlyList<MessageView> Messages);

/// <summary>The dispatch time (milliseconds since 1970) and its speed.</summary>
internal sealed record ClockView(long Now, double Speed);

/// <summary>A person whom the visitor can play.</summary>
internal sealed record PersonaView(string Id, string Name, string Role);

/// <summary>A habit that can be chosen for a phone.</summary>
internal sealed record HabitView(string Name, string Label, string Description);

/// <summary>A pretend phone. <paramref name="Problem"/> says why its owner cannot be called; null if they can.</summary>
internal sealed record PhoneView(
    string Id, string Name, string? Number, string Language, string? Problem, string State, string? Habit, string? Speaking,
    string? SpokenLanguage, string? Gender,
    long SpeechId, bool Listening, string? Call, long? Since, string? LastEnded);

/// <summary>A message of the channel or, if it has a root, of the thread below that message.</summary>
internal sealed record MessageView(string Id, long Seq, string? Root, string Kind, string Author, long At, JsonElement Body);

/// <summary>The body of a card.</summary>
internal sealed record CardBody(
    string Dispatch, string Reference, string Title, string? Description, string? Priority, string? Place, string? Link, bool IsFreeText,
    string? Note, string AskedBy,
    string Status, string Headline, long? Until, string? Next, IReadOnlyList<CardPersonBody> People, IReadOnlyList<CardButtonBody> Buttons,
    bool IsClosed, IReadOnlyList<string> AlsoIn);

/// <summary>A callee on the card. A call that is under way has no outcome.</summary>
internal sealed record CardPersonBody(string Name, bool IsCurrent, IReadOnlyList<string?> Calls, string State);

/// <summary>A button of a card.</summary>
internal sealed record CardButtonBody(string Action, string Label, int? Callee, int Round);

/// <summary>The body of a reply. If it says who has the job, it is also shown in the channel.</summary>
internal sealed record ReplyBody(IReadOnlyList<ReplyLine> Lines, bool AlsoInChannel);

/// <summary>A line of a reply.</summary>
internal sealed record ReplyLine(string Tone, string Text, string? Mention);

/// <summary>The body of what a person typed.</summary>
internal sealed record SaidBody(string Text);

/// <summary>A text that was typed and sent.</summary>
internal sealed record CommandRequest(string As, string Text, string Delivery);

/// <summary>A press on a button.</summary>
internal sealed record PressRequest(string As, string Dispatch, string Action, int? Callee, int Round);

/// <summary>The dialog as it is filled in: it was sent, or another list was chosen in it.</summary>
internal sealed record SubmitRequest(string As, string FormId, string Ticket, IReadOnlyList<string> Picked, string? Note, string? Replaces,
    IReadOnlyList<string>? AlsoIn = null, string? List = null);

/// <summary>A question for the spoken text of a call.</summary>
internal sealed record PreviewRequest(string Ticket, bool IsFreeText, string Employee, string? Note);

/// <summary>The spoken text of a call.</summary>
internal sealed record PreviewView(string Text, string Language, string NotSpoken);

/// <summary>
/// The answer to a command or a press: <c>private</c> words, a <c>form</c> to open, a dispatch that <c>started</c>, <c>errors</c> at
/// fields, or <c>nothing</c>.
/// </summary>
internal sealed record AnswerView(string Kind, string? Text = null, string? About = null, FormView? Form = null,
    IReadOnlyDictionary<string, string>? Errors = null) : IWireReply
{
    /// <summary>Nothing to show.</summary>
    internal static readonly AnswerView Nothing = new("nothing");
}

/// <summary>The dialog.</summary>
internal sealed record FormView(
    string FormId, TicketView Ticket, string? Note, IReadOnlyList<FormPersonView> People, IReadOnlyList<string> Picked, string? Replaces,
    IReadOnlyList<PlaceView> Places, int MostNote,
    string Notices, IReadOnlyList<ListView> Lists, string? ListWords);

/// <summary>A named list that can be chosen.</summary>
internal sealed record ListView(string Id, string Name, bool IsPicked);

/// <summary>A further place that can show the dispatch.</summary>
internal sealed record PlaceView(string Name, bool IsPicked);

/// <summary>A ticket as the dialog shows it.</summary>
internal sealed record TicketView(string Reference, string Title, string? Description, string? Priority, string? Place, string? Link,
    bool IsFreeText);

/// <summary>A person who can be picked in the dialog.</summary>
internal sealed record FormPersonView(string Id, string Name, string Hint, string? CannotBePicked, string SpokenPreview, string NotSpoken);

/// <summary>A completion: the text for the composer, and the text for the list.</summary>
internal sealed record SuggestionView(string Insert, string Label, string Hint);

/// <summary>Keys to press on a phone.</summary>
internal sealed record KeysRequest(string Keys);

/// <summary>A habit to give to a phone.</summary>
internal sealed record HabitRequest(string Habit);

/// <summary>A speed for the dispatch clock.</summary>
internal sealed record SpeedRequest(double Speed);

/// <summary>The source-generated JSON of the page's messages.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PageState))]
[JsonSerializable(typeof(CardBody))]
[JsonSerializable(typeof(ReplyBody))]
[JsonSerializable(typeof(SaidBody))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(AnswerView))]
[JsonSerializable(typeof(IReadOnlyList<SuggestionView>))]
[JsonSerializable(typeof(KeysRequest))]
[JsonSerializable(typeof(HabitRequest))]
[JsonSerializable(typeof(SpeedRequest))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class PlaygroundJson : JsonSerializerContext;
