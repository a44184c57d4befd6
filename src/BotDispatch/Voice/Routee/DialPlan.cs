using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BotDispatch.Voice.Routee;

/// <summary>Routee's list of verbs for one call. Routee runs them in this order and ends the call after the last.</summary>
internal sealed record DialPlan(ImmutableArray<Verb> Verbs);

/// <summary>
/// One thing that Routee does in a call. The fields are typed because Routee ignores a misspelled field without an error.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Say), "SAY")]
[JsonDerivedType(typeof(Play), "PLAY")]
[JsonDerivedType(typeof(Pause), "PAUSE")]
[JsonDerivedType(typeof(Collect), "COLLECT")]
internal abstract record Verb
{
    private Verb() { }

    /// <summary>Speaks a text. With <paramref name="BargeIn"/> a key stops the speech and is reported at once.</summary>
    public sealed record Say(Spoken Message, bool BargeIn) : Verb;

    /// <summary>Plays a file. We play only silence.</summary>
    public sealed record Play([property: JsonPropertyName("fileURL")] string FileUrl, bool BargeIn, [property: JsonIgnore] TimeSpan Length)
        : Verb;

    /// <summary>Waits. Keys are not reported during a pause.</summary>
    public sealed record Pause(int Duration) : Verb;

    /// <summary>Sets the address that receives keys. The verb takes no time, wherever it stands.</summary>
    public sealed record Collect(string EventUrl, int? MaxDigits = null, bool? SubmitOnHash = null) : Verb;
}

/// <summary>A text to speak, and its language.</summary>
internal sealed record Spoken(string Text, string Language, string Gender = "female");
