using System.Text.Json;
using System.Text.Json.Serialization;

namespace BotDispatch.Benchmarks.Generator;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DispatchStage))]
[JsonSerializable(typeof(DispatchOutcome))]
[JsonSerializable(typeof(WebhookStage))]
[JsonSerializable(typeof(HeldStage))]
[JsonSerializable(typeof(WebhookOutcome))]
[JsonSerializable(typeof(HangStage))]
[JsonSerializable(typeof(OpenStage))]
internal sealed partial class GeneratorJson : JsonSerializerContext;
