using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Teams.Drawing;

/// <summary>The request that a button of a dialog makes.</summary>
internal static class DialogIntent
{
    /// <summary>Open the dialog of the protected request.</summary>
    public const string Open = "open";
    /// <summary>Send the dialog that asked what to dispatch.</summary>
    public const string Next = "next";
    /// <summary>Draw the dialog again with its current values.</summary>
    public const string Look = "look";
    /// <summary>Draw the dialog with one person moved up by one place.</summary>
    public const string Up = "up";
    /// <summary>Start the dispatch.</summary>
    public const string Send = "send";
    /// <summary>Show the card again that the dialog replaced.</summary>
    public const string Back = "back";
}

/// <summary>
/// The data that a dialog sends: the button, its protected payload, and the values of the fields. Only the payload is protected; a client
/// can send anything else.
/// </summary>
/// <param name="Intent">One of <see cref="DialogIntent"/>, or anything else.</param>
/// <param name="Kept">The protected payload.</param>
/// <param name="People">The picked people, in the order of phoning.</param>
/// <param name="Note">The note as typed.</param>
/// <param name="What">The subject as typed.</param>
/// <param name="AlsoIn">The names of the other channels that show the dispatch.</param>
internal sealed record DialogData(
    string Intent, string Kept, ImmutableArray<EmployeeId> People, string? Note, string What, ImmutableArray<string> AlsoIn)
{
    public const string ListField = "list";
    /// <summary>The value of the choice that is no list.</summary>
    public const string NoList = "-";

    public const string PeopleField = "people";
    public const string NoteField = "note";
    public const string WhatField = "what";
    public const string AlsoInField = "alsoIn";

    const string IntentField = "dispatchWish";
    const string KeptField = "dispatchKept";
    const string OrderField = "dispatchOrder";
    const string UpField = "dispatchUp";
    const int MostRead = 1000;

    /// <summary>Reads the data; null if it is not from a dialog of ours.</summary>
    public static DialogData? Read(ImmutableDictionary<string, string> data) => data.GetValueOrDefault(IntentField) is { } intent
        ? new(
            intent, data.GetValueOrDefault(KeptField) ?? "", Ordered(data, intent),
            data.GetValueOrDefault(NoteField), data.GetValueOrDefault(WhatField) ?? "", Split(data.GetValueOrDefault(AlsoInField)))
        {
            List = data.GetValueOrDefault(ListField) switch { null => null, "" or NoList => "", var list => Uri.UnescapeDataString(list) },
        }
        : null;

    /// <summary>The id of the named list that is chosen; empty for none, null if the dialog offers none.</summary>
    public string? List { get; init; }

    /// <summary>The data of a button.</summary>
    public static WriteJson Button(string intent, string kept) => Of(intent, kept);

    /// <summary>The data of a button with the order of people that the dialog shows.</summary>
    public static WriteJson Button(string intent, string kept, IEnumerable<EmployeeId> order) =>
        Of(intent, kept, (OrderField, Join(order)));

    /// <summary>The data of the button that moves a person up.</summary>
    public static WriteJson Up(EmployeeId who, string kept, IEnumerable<EmployeeId> order) =>
        Of(DialogIntent.Up, kept, (OrderField, Join(order)), (UpField, Value(who)));

    /// <summary>The data of a button with the values of the fields, for a card that has no fields.</summary>
    public WriteJson Again(string intent) => Of(
        intent, Kept,
        [
            (PeopleField, Join(People)), (NoteField, Note ?? ""), (AlsoInField, string.Join(',', AlsoIn.Select(Value))),
            .. List is null ? [] : (ReadOnlySpan<(string, string)>)[(ListField, List.Length == 0 ? NoList : Value(List))],
        ]);

    /// <summary>Writes the intent and the protected context, which every button of a dialog has.</summary>
    public static void WriteFields(Utf8JsonWriter json, string intent, string kept)
    {
        json.WriteString(IntentField, intent);
        json.WriteString(KeptField, kept);
    }

    /// <summary>Escapes a picked value, because clients join the values with commas.</summary>
    public static string Value(string picked) => Uri.EscapeDataString(picked);

    /// <inheritdoc cref="Value(string)"/>
    public static string Value(EmployeeId id) => Value(id.Value);

    /// <summary>Joins picked people in their order.</summary>
    public static string Join(IEnumerable<EmployeeId> ids) => string.Join(',', ids.Select(Value));

    static WriteJson Of(string intent, string kept, params (string Name, string Text)[] more) => json =>
    {
        json.WriteStartObject();
        WriteFields(json, intent, kept);
        foreach (var (name, text) in more)
            json.WriteString(name, text);
        json.WriteEndObject();
    };

    // Clients send the picked people in the order of the list. So keep the order that was shown and put new people after it.
    static ImmutableArray<EmployeeId> Ordered(ImmutableDictionary<string, string> data, string intent)
    {
        var picked = Listed(data, PeopleField).Distinct().ToList();
        var people = Listed(data, OrderField).Intersect(picked).Union(picked).ToImmutableArray();
        return intent == DialogIntent.Up && people.IndexOf(Listed(data, UpField).FirstOrDefault()) is > 0 and var at
            ? people.RemoveAt(at).Insert(at - 1, people[at])
            : people;
    }

    static ImmutableArray<EmployeeId> Listed(ImmutableDictionary<string, string> data, string field) =>
        [.. Split(data.GetValueOrDefault(field)).Select(each => new EmployeeId(each))];

    static ImmutableArray<string> Split(string? joined)
    {
        var values = (joined ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. values.Take(MostRead).Select(Uri.UnescapeDataString)];
    }
}
