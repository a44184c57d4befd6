using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotDispatch.Core.Tests;

/// <summary>States and events as a host stores them: web names, enums by name, ids as text, the plan beside the state.</summary>
static class StoredJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(), new IdAsText<AttemptId>(), new IdAsText<DispatchId>(), new IdAsText<EmployeeId>() },
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public static DispatchState ReadState(string json, DispatchPlan plan) => Read<DispatchState>(json).WithPlan(plan);

    sealed class IdAsText<T> : JsonConverter<T> where T : struct, IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Parse(reader.GetString()!, null);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
