using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>What a button of a dialog asks for.</summary>
internal static class DialogIntent
{
    /// <summary>Open the dialog that the sealed errand is about.</summary>
    public const string Open = "open";
    /// <summary>The dialog that asked what is to be done was sent.</summary>
    public const string Next = "next";
    /// <summary>Draw the dialog with what is filled in.</summary>
    public const string Look = "look";
    /// <summary>Draw it with somebody one place further up.</summary>
    public const string Up = "up";
    /// <summary>Begin.</summary>
    public const string Send = "send";
    /// <summary>Show the card again that the dialog took the place of.</summary>
    public const string Back = "back";
}

/// <summary>What comes back from a dialog: which button, what it kept, and what is filled in. Only what is kept is sealed; all else is whatever a client sends.</summary>
/// <param name="Intent">One of <see cref="DialogIntent"/>, or anything else.</param>
/// <param name="Kept">Sealed.</param>
/// <param name="People">Who is picked, in the order of phoning.</param>
/// <param name="Note">The note as typed.</param>
/// <param name="What">What is to be done, as typed.</param>
/// <param name="AlsoIn">The names of the places where it is to be shown as well.</param>
internal sealed record DialogData(string Intent, string Kept, ImmutableArray<EmployeeId> People, string? Note, string What, ImmutableArray<string> AlsoIn)
{
    public const string PeopleField = "people";
    public const string NoteField = "note";
    public const string WhatField = "what";
    public const string AlsoInField = "alsoIn";

    const string IntentField = "dispatchWish";
    const string KeptField = "dispatchKept";
    const string OrderField = "dispatchOrder";
    const string UpField = "dispatchUp";
    const int MostRead = 1000;

    /// <summary>Reads it; null for what is no dialog of ours.</summary>
    public static DialogData? Read(ImmutableDictionary<string, string> data) => data.GetValueOrDefault(IntentField) is { } intent
        ? new(intent, data.GetValueOrDefault(KeptField) ?? "", Ordered(data, intent), data.GetValueOrDefault(NoteField), data.GetValueOrDefault(WhatField) ?? "",
            Split(data.GetValueOrDefault(AlsoInField)))
        : null;

    /// <summary>As a button carries it.</summary>
    public static JsonObject Button(string intent, string kept) => new() { [IntentField] = intent, [KeptField] = kept };

    /// <summary>As a button of the dialog carries it, with the order that is shown there.</summary>
    public static JsonObject Button(string intent, string kept, IEnumerable<EmployeeId> order)
    {
        var data = Button(intent, kept);
        data[OrderField] = Join(order);
        return data;
    }

    /// <summary>As the button carries it that moves somebody up.</summary>
    public static JsonObject Up(EmployeeId who, string kept, IEnumerable<EmployeeId> order)
    {
        var data = Button(DialogIntent.Up, kept, order);
        data[UpField] = Value(who);
        return data;
    }

    /// <summary>As a button carries it beside what was filled in, where there are no fields.</summary>
    public JsonObject Again(string intent)
    {
        var data = Button(intent, Kept);
        data[PeopleField] = Join(People);
        data[NoteField] = Note ?? "";
        data[AlsoInField] = string.Join(',', AlsoIn.Select(Value));
        return data;
    }

    /// <summary>What is picked travels as one text between commas, so an id must have none.</summary>
    public static string Value(string picked) => Uri.EscapeDataString(picked);

    /// <inheritdoc cref="Value(string)"/>
    public static string Value(EmployeeId id) => Value(id.Value);

    /// <summary>Several, in their order.</summary>
    public static string Join(IEnumerable<EmployeeId> ids) => string.Join(',', ids.Select(Value));

    // Clients send whom one picked in the order of the list, so the order that was shown is kept, and who is new comes after it.
    static ImmutableArray<EmployeeId> Ordered(ImmutableDictionary<string, string> data, string intent)
    {
        var picked = Listed(data, PeopleField).Distinct().ToList();
        var people = Listed(data, OrderField).Intersect(picked).Union(picked).ToImmutableArray();
        return intent == DialogIntent.Up && people.IndexOf(Listed(data, UpField).FirstOrDefault()) is > 0 and var at
            ? people.RemoveAt(at).Insert(at - 1, people[at])
            : people;
    }

    static ImmutableArray<EmployeeId> Listed(ImmutableDictionary<string, string> data, string field) => [.. Split(data.GetValueOrDefault(field)).Select(each => new EmployeeId(each))];

    static ImmutableArray<string> Split(string? joined) =>
        [.. (joined ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostRead).Select(Uri.UnescapeDataString)];
}
