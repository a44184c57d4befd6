using System.Text.Json.Serialization;
using BotDispatch.Http;

namespace BotDispatch.Voice.Routee;

/// <summary>The body of an order.</summary>
internal sealed record PlaceCall(string From, Recipient To, DialPlan DialPlan, StatusCallbackTo Callback, int HangupDelay, int MaxDuration,
    MachineDetection? MachineDetection);

/// <summary>One way to reach a person.</summary>
internal sealed record Recipient(string Phone);

/// <summary>The address for status webhooks, and which statuses Routee reports.</summary>
internal sealed record StatusCallbackTo(string Url, string Strategy);

/// <summary>What Routee does when a machine answers.</summary>
internal sealed record MachineDetection(string Strategy);

/// <summary>Rejects or hangs up a live call.</summary>
internal sealed record CallAction(string Action);

/// <summary>Speaks into a live call.</summary>
internal sealed record Talk(string Text, string Language, string Gender = "female");

/// <summary>One condition of a search in the records.</summary>
internal sealed record TrackingFilter(string FieldName, string SearchOperator, string SearchTerm);

/// <summary>The JSON of requests to Routee.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlaceCall))]
[JsonSerializable(typeof(DialPlan))]
[JsonSerializable(typeof(CallAction))]
[JsonSerializable(typeof(Talk))]
[JsonSerializable(typeof(TrackingFilter[]))]
internal sealed partial class RouteeJson : JsonSerializerContext
{
    /// <summary>The JSON never stands in a web page, so Greek letters and plus signs are not escaped.</summary>
    public static RouteeJson Wire => field ??= new(SafeJson.AsWritten(Default.Options));
}
