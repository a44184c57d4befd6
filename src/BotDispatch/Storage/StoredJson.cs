using System.Collections.Immutable;
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
[JsonSerializable(typeof(ImmutableArray<DispatchEvent>))]
[JsonSerializable(typeof(ImmutableArray<ImmutableArray<DispatchEvent>>))]
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(Resolution.Accepted), TypeInfoPropertyName = "ResolutionAccepted")]
[JsonSerializable(typeof(Resolution.Taken), TypeInfoPropertyName = "ResolutionTaken")]
[JsonSerializable(typeof(Resolution.Cancelled), TypeInfoPropertyName = "ResolutionCancelled")]
[JsonSerializable(typeof(Resolution.Exhausted), TypeInfoPropertyName = "ResolutionExhausted")]
[JsonSerializable(typeof(Resolution.CalledOff), TypeInfoPropertyName = "ResolutionCalledOff")]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static Utf8Text Write(DispatchState state) => new(JsonSerializer.SerializeToUtf8Bytes(state, Default.DispatchState));

    public static Utf8Text Write(DispatchPlan plan) => new(JsonSerializer.SerializeToUtf8Bytes(plan, Default.DispatchPlan));

    /// <summary>The events of one commit, as one row holds them.</summary>
    public static Utf8Text Write(ImmutableArray<DispatchEvent> events) =>
        new(JsonSerializer.SerializeToUtf8Bytes(events, Default.ImmutableArrayDispatchEvent));

    public static DispatchState ReadState(string state, string plan) =>
        JsonSerializer.Deserialize(state, Default.DispatchState)!.WithPlan(JsonSerializer.Deserialize(plan, Default.DispatchPlan)!);

    public static DispatchPlan ReadPlan(string plan) => JsonSerializer.Deserialize(plan, Default.DispatchPlan)!;

    public static DispatchEvent ReadEvent(string happened) => JsonSerializer.Deserialize(happened, Default.DispatchEvent)!;

    /// <summary>The events of one row. Until version 9 of the database each row held one event, and no array.</summary>
    public static ImmutableArray<DispatchEvent> ReadEvents(string row) =>
        row.StartsWith('[') ? JsonSerializer.Deserialize(row, Default.ImmutableArrayDispatchEvent) : [ReadEvent(row)];

    /// <summary>The events of several rows, which are written one after the other with commas between them.</summary>
    public static IEnumerable<DispatchEvent> ReadRows(string rows) =>
        JsonSerializer.Deserialize($"[{rows}]", Default.ImmutableArrayImmutableArrayDispatchEvent).SelectMany(row => row);
}

/// <summary>Writes an id as its text.</summary>
internal sealed class ParsableConverter<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Parse(reader.GetString()!, null);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
