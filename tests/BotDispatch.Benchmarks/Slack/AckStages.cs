using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>One kind of delivery, sent again and again to one app for so many seconds.</summary>
/// <param name="Address">Where the app takes it.</param>
/// <param name="Kind">Which one.</param>
/// <param name="Dispatch">What a button of the card carries.</param>
/// <param name="InFlight">Over so many connections, each with one request at a time.</param>
/// <param name="Seconds">For how long.</param>
internal sealed record AckStage(Uri Address, AckKind Kind, string Dispatch, int InFlight, double Seconds);

/// <summary>What became of it.</summary>
/// <param name="Micros">How long each acknowledgement took, in microseconds.</param>
/// <param name="Wrong">So many of them were no acknowledgement, or not the right one.</param>
/// <param name="Seconds">How long it was measured.</param>
internal sealed record AckOutcome(int[] Micros, int Wrong, double Seconds);

/// <summary>What is delivered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AckKind>))]
internal enum AckKind
{
    /// <summary><c>/dispatch help</c>, answered with words.</summary>
    Command,
    /// <summary><c>/dispatch LOAD-2</c>, after which a dialog opens.</summary>
    DialogCommand,
    /// <summary>Somebody opens the app's Messages tab.</summary>
    Event,
    /// <summary>Somebody types into the field that finds people.</summary>
    Suggestion,
    /// <summary>A button that the app knows nothing to do for.</summary>
    OtherPress,
    /// <summary>Cancel, on the card of a dispatch that is cancelled already.</summary>
    CardPress,
    /// <summary>The same button, for an app that also says in private what came of it.</summary>
    PressWithMessage,
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AckStage))]
[JsonSerializable(typeof(AckOutcome))]
internal sealed partial class AckJson : JsonSerializerContext;
