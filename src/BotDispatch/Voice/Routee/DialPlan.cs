using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BotDispatch.Voice.Routee;

/// <summary>Routee's list of verbs for one call, done in this order; the call ends after the last.</summary>
internal sealed record DialPlan(ImmutableArray<Verb> Verbs);

/// <summary>One thing that Routee does in a call. Typed, because it swallows a misspelled field without a word.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Say), "SAY")]
[JsonDerivedType(typeof(Play), "PLAY")]
[JsonDerivedType(typeof(Pause), "PAUSE")]
[JsonDerivedType(typeof(Collect), "COLLECT")]
internal abstract record Verb
{
    private Verb() { }

    /// <summary>Speaks. With <paramref name="BargeIn"/> a key stops it and is reported at once.</summary>
    public sealed record Say(Spoken Message, bool BargeIn) : Verb;

    /// <summary>Plays a file, which here is always silence.</summary>
    public sealed record Play([property: JsonPropertyName("fileURL")] Uri FileUrl, bool BargeIn, [property: JsonIgnore] TimeSpan Length) : Verb;

    /// <summary>Waits, deaf to keys.</summary>
    public sealed record Pause(int Duration) : Verb;

    /// <summary>Declares where keys are reported. It takes no time, wherever it stands.</summary>
    public sealed record Collect(Uri EventUrl, int? MaxDigits = null, bool? SubmitOnHash = null) : Verb;
}

/// <summary>What is spoken, in which language.</summary>
internal sealed record Spoken(string Text, string Language, string Gender = "female");
