using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.Cards;

/// <summary>A card before somebody who fills it in.</summary>
public sealed class CardForm
{
    readonly Dictionary<string, string> values = [];
    readonly Dictionary<string, List<(string Title, string Value)>> offers = [];
    readonly HashSet<string> unfolded = [];

    internal CardForm(JsonObject card)
    {
        Card = card;
        foreach (var input in CardReading.Inputs(card))
            if (input["value"] is JsonValue value && value.ToString() is { Length: > 0 } text)
                values[Id(input)] = text;
    }

    public JsonObject Card { get; }

    /// <summary>What can be read in it.</summary>
    public string Words => CardReading.Words(Card);

    /// <summary>The titles of the buttons that can be pressed now, in order, with those that were unfolded.</summary>
    public IReadOnlyList<string> Buttons => CardReading.Titles(Actions);

    /// <summary>What is filled in at that field, as it would be sent; null for nothing.</summary>
    public string? this[string id] => values.GetValueOrDefault(id);

    /// <summary>The titles of what is chosen at that field, in their order.</summary>
    public IReadOnlyList<string> Chosen(string id) => [.. Split(id).Select(value => Offers(id).FirstOrDefault(each => each.Value == value).Title ?? value)];

    /// <summary>Types into a field; what is too long for it is cut, as the field does.</summary>
    public void Fill(string id, string text)
    {
        var input = Input(id);
        if (input.Word("type") is not ("Input.Text" or "Input.Number" or "Input.Date" or "Input.Time"))
            throw new InvalidOperationException($"{id} is no field to type into");
        values[id] = (int?)input["maxLength"] is { } most && text.Length > most ? text[..most] : text;
    }

    internal IEnumerable<JsonObject> Actions => CardReading.Actions(Card).SelectMany(Unfolded);

    internal JsonObject Action(string title) => Actions.FirstOrDefault(each => each.Word("title") == title)
        ?? throw new InvalidOperationException($"there is no button '{title}', but {string.Join(", ", Buttons.Select(each => $"'{each}'"))}");

    internal void Unfold(string title) => unfolded.Add(title);

    internal JsonObject Input(string id) => CardReading.Inputs(Card).FirstOrDefault(each => Id(each) == id)
        ?? throw new InvalidOperationException($"there is no field '{id}', but {string.Join(", ", CardReading.Inputs(Card).Select(Id))}");

    /// <summary>What can be chosen there as far as it is known.</summary>
    internal IEnumerable<(string Title, string Value)> Offers(string id) =>
        Input(id).Objects("choices").Select(each => (each.Word("title") ?? "", each.Word("value") ?? "")).Concat(offers.GetValueOrDefault(id) ?? []);

    internal void Offer(string id, IEnumerable<(string, string)> found) => offers[id] = [.. (offers.GetValueOrDefault(id) ?? []).Concat(found)];

    internal void Choose(string id, string value)
    {
        var input = Input(id);
        values[id] = input.Flag("isMultiSelect") ? string.Join(',', Split(id).Where(each => each != value).Append(value)) : value;
    }

    internal void Unchoose(string id, string value) => values[id] = string.Join(',', Split(id).Where(each => each != value));

    /// <summary>What keeps it from being sent: the fields that must be filled in.</summary>
    internal IReadOnlyList<string> Missing => [.. CardReading.Inputs(Card).Where(each => each.Flag("isRequired") && string.IsNullOrEmpty(this[Id(each)])).Select(Id)];

    /// <summary>A button's data with what is filled in, all of it texts: an empty choice, number or date is left out, an empty text is not.</summary>
    internal JsonObject Sent(JsonObject action)
    {
        var data = action["data"] is JsonObject own ? own.DeepClone().AsObject() : [];
        foreach (var input in CardReading.Inputs(Card))
        {
            var (id, text) = (Id(input), this[Id(input)] ?? "");
            if (input.Word("type") == "Input.Toggle")
                data[id] = text == (input.Word("valueOn") ?? "true") ? text : input.Word("valueOff") ?? "false";
            else if (text.Length > 0 || input.Word("type") == "Input.Text")
                data[id] = text;
        }
        return data;
    }

    IEnumerable<JsonObject> Unfolded(JsonObject action) =>
        action.Word("type") == "Action.ShowCard" && unfolded.Contains(action.Word("title") ?? "") && action["card"] is JsonObject inner ? CardReading.Actions(inner).Prepend(action) : [action];

    string[] Split(string id) => (this[id] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    static string Id(JsonObject input) => input.Word("id") ?? "";
}
