using System.Text;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>Routee's address: gives a token, takes calls, and answers at once. The call begins when the answer is out.</summary>
internal sealed class PretendRoutee(PretendWorld world)
{
    static readonly byte[] Token = """{"access_token":"0f5a6c1e-8f3b-4f1e-9a55-5d1c0f8e7a11","token_type":"bearer","expires_in":3599,"scope":"voice"}"""u8.ToArray();

    public static Task TokenAsync(HttpContext http) => GeneratorApp.AnswerAsync(http, Token);

    public async Task PlaceAsync(HttpContext http)
    {
        var trackingId = Guid.NewGuid().ToString();
        var call = await BodyText.ReadAsync(http, order => new PretendCall(
            world,
            order.After("\"to\":"u8).After("\"phone\":"u8).JsonText(),
            trackingId,
            status: new Uri(order.After("\"callback\":"u8).After("\"url\":"u8).JsonText()),
            keys: new Uri(order.After("\"verbs\":"u8).After("\"eventUrl\":"u8).JsonText())));
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
        try
        {
            await call.RunAsync();
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"call: {broken.Message}");
        }
    }
}
