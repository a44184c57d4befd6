using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>How plans, states and events are written. The names are promises: what was stored yesterday is read tomorrow.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ParsableConverter<DispatchId>), typeof(ParsableConverter<AttemptId>), typeof(ParsableConverter<EmployeeId>)])]
[JsonSerializable(typeof(DispatchState))]
[JsonSerializable(typeof(DispatchPlan))]
[JsonSerializable(typeof(DispatchEvent))]
[JsonSerializable(typeof(Resolution.Accepted), TypeInfoPropertyName = "ResolutionAccepted")]
[JsonSerializable(typeof(Resolution.Taken), TypeInfoPropertyName = "ResolutionTaken")]
[JsonSerializable(typeof(Resolution.Cancelled), TypeInfoPropertyName = "ResolutionCancelled")]
[JsonSerializable(typeof(Resolution.Exhausted), TypeInfoPropertyName = "ResolutionExhausted")]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static string Write(DispatchState state) => JsonSerializer.Serialize(state, Default.DispatchState);

    public static string Write(DispatchPlan plan) => JsonSerializer.Serialize(plan, Default.DispatchPlan);

    public static string Write(DispatchEvent happened) => JsonSerializer.Serialize(happened, Default.DispatchEvent);

    public static DispatchState ReadState(string state, string plan) =>
        JsonSerializer.Deserialize(state, Default.DispatchState)! with { Plan = JsonSerializer.Deserialize(plan, Default.DispatchPlan)! };

    public static DispatchEvent ReadEvent(string happened) => JsonSerializer.Deserialize(happened, Default.DispatchEvent)!;
}

/// <summary>Writes an id as its text.</summary>
internal sealed class ParsableConverter<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Parse(reader.GetString()!, null);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
