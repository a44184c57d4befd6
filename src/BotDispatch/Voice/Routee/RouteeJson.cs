using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotDispatch.Voice.Routee;

/// <summary>What Routee is asked for.</summary>
internal sealed record PlaceCall(string From, Recipient To, DialPlan DialPlan, StatusCallbackTo Callback, int HangupDelay, int MaxDuration, MachineDetection? MachineDetection);

/// <summary>Exactly one way to reach somebody.</summary>
internal sealed record Recipient(string Phone);

/// <summary>Where, and how often, Routee reports a call's status.</summary>
internal sealed record StatusCallbackTo(Uri Url, string Strategy);

/// <summary>What Routee does when a machine answers.</summary>
internal sealed record MachineDetection(string Strategy);

/// <summary>Takes back or hangs up a live call.</summary>
internal sealed record CallAction(string Action);

/// <summary>Speaks into a live call.</summary>
internal sealed record Talk(string Text, string Language, string Gender = "female");

/// <summary>One condition of a search in the records.</summary>
internal sealed record TrackingFilter(string FieldName, string SearchOperator, string SearchTerm);

/// <summary>How our words are spelled on Routee's wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlaceCall))]
[JsonSerializable(typeof(DialPlan))]
[JsonSerializable(typeof(CallAction))]
[JsonSerializable(typeof(Talk))]
[JsonSerializable(typeof(TrackingFilter[]))]
internal sealed partial class RouteeJson : JsonSerializerContext
{
    /// <summary>Nothing of it stands in a web page, so Greek stays Greek and a plus sign a plus sign.</summary>
    public static RouteeJson Wire => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
