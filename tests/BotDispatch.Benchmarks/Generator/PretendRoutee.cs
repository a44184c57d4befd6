using System.Text;
using System.Text.Json;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>Routee's address: gives a token, takes calls, and answers at once. The call begins when the answer is out.</summary>
internal sealed class PretendRoutee(PretendWorld world)
{
    static readonly byte[] Token = """{"access_token":"0f5a6c1e-8f3b-4f1e-9a55-5d1c0f8e7a11","token_type":"bearer","expires_in":3599,"scope":"voice"}"""u8.ToArray();

    public static Task TokenAsync(HttpContext http) => GeneratorApp.AnswerAsync(http, Token);

    public async Task PlaceAsync(HttpContext http)
    {
        using var order = await JsonDocument.ParseAsync(http.Request.Body);
        var root = order.RootElement;
        var trackingId = Guid.NewGuid().ToString();
        var call = new PretendCall(
            world, root.GetProperty("to").GetProperty("phone").GetString()!, trackingId,
            new Uri(root.GetProperty("callback").GetProperty("url").GetString()!), KeysOf(root.GetProperty("dialPlan")));
        http.Response.OnCompleted(() =>
        {
            if (world.Held is { } held)
                held.Enqueue(call);
            else
                _ = RunAsync(call);
            return Task.CompletedTask;
        });
        await GeneratorApp.AnswerAsync(http, Encoding.UTF8.GetBytes($$"""{"trackingId":"{{trackingId}}","direction":"Outbound","from":"302111234567","createdAt":"2024-05-01T10:00:00.123Z"}"""));
    }

    /// <summary>Lets a call happen, and says if the product fails over it.</summary>
    public static async Task RunAsync(PretendCall call)
    {
        await Task.Yield();
        try
        {
            await call.RunAsync();
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"call: {broken.Message}");
        }
    }

    static Uri KeysOf(JsonElement plan)
    {
        foreach (var verb in plan.GetProperty("verbs").EnumerateArray())
            if (verb.TryGetProperty("eventUrl", out var address))
                return new(address.GetString()!);
        throw new InvalidOperationException("a call that collects no keys");
    }
}
