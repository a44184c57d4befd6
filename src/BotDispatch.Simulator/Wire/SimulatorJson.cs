using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Simulator.Endpoints;

namespace BotDispatch.Simulator.Wire;

/// <summary>The JSON of what tests and pages inspect and steer.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<PhoneSnapshot>))]
[JsonSerializable(typeof(IReadOnlyList<CallSnapshot>))]
[JsonSerializable(typeof(IReadOnlyList<RecordedRequest>))]
[JsonSerializable(typeof(IReadOnlyList<RecordedDelivery>))]
[JsonSerializable(typeof(IEnumerable<InspectionEndpoints.ScriptShown>))]
[JsonSerializable(typeof(InspectionEndpoints.Pressed))]
[JsonSerializable(typeof(InspectionEndpoints.Habit))]
[JsonSerializable(typeof(InspectionEndpoints.Money))]
[JsonSerializable(typeof(InspectionEndpoints.Gate))]
[JsonSerializable(typeof(InspectionEndpoints.Refusal))]
[JsonSerializable(typeof(SimulatorSwitches))]
[JsonSerializable(typeof(DisorderSwitches))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SimulatorJson : JsonSerializerContext
{
    // Plus signs of telephone numbers stay readable for people who inspect requests.
    static SimulatorJson Readable =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How values of a type are read and written.</summary>
    /// <exception cref="NotSupportedException">The type is not listed above.</exception>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Readable.Options.GetTypeInfo(typeof(T));

    /// <summary>Returns the JSON of a body; null if the body is not JSON.</summary>
    public static JsonNode? Parse(string body)
    {
        try { return JsonNode.Parse(body, null, new JsonDocumentOptions { AllowDuplicateProperties = false }); }
        catch (JsonException) { return null; }
    }

    /// <summary>Returns the text of a node.</summary>
    public static string Write(JsonNode node) => node.ToJsonString(Readable.Options);
}
