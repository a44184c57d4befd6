using System.Diagnostics;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>One phone call as Routee would report it: each webhook waits for the answer to the one before.</summary>
internal sealed class PretendCall(PretendWorld world, string phone, string trackingId, Uri status, Uri keys)
{
    // Whose number ends so picks up; nobody else does.
    public const string Answers = "3";

    readonly string messageId = Guid.NewGuid().ToString();
    readonly Journey journey = world.Journey(DispatchIn(status));

    /// <summary>The whole call, from Queued to its end.</summary>
    public async Task RunAsync()
    {
        journey.CountCall();
        await StatusAsync("Queued");
        await StatusAsync("Initiated");
        await StatusAsync("Ringing");
        if (world.Ring > TimeSpan.Zero)
            await Task.Delay(world.Ring);
        if (!phone.EndsWith(Answers, StringComparison.Ordinal))
        {
            await StatusAsync("NoAnswer");
            return;
        }
        await StatusAsync("InProgress");
        await KeysAsync("9", "key press to answer");
        journey.AcceptedAt = Stopwatch.GetTimestamp();
        await KeysAsync("91", "key press to answer");
        // The tones once more at the end of the call: nobody is on the phone any more.
        await KeysAsync("91", "keys at the end of the call");
        await StatusAsync("Completed");
        journey.EndLastCall();
    }

    public Task StatusAsync(string name) => SendAsync(status, Wire.Status(messageId, trackingId, phone, name), "status webhook");

    Task KeysAsync(string tones, string measure) => SendAsync(keys, Wire.Keys(messageId, trackingId, phone, tones), measure);

    async Task SendAsync(Uri address, byte[] body, string measure)
    {
        journey.CountWebhook();
        var begin = Stopwatch.GetTimestamp();
        var answer = await world.Wire.PostAsync(address, Wire.Json, body);
        if (!answer.IsGood)
            throw new InvalidOperationException($"a webhook was not taken: {address.AbsolutePath}");
        world.Timings.Add(measure, begin);
    }

    // The callback address begins with the attempt's id, which begins with the dispatch's.
    static string DispatchIn(Uri callback) => callback.AbsolutePath.Split('/')[2].Split('-')[0];
}
