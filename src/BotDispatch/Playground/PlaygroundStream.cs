using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BotDispatch.Hosting;

namespace BotDispatch.Playground;

/// <summary>
/// The one stream of a page: first the whole state, then each change. Every connection begins with the whole state, so a page is right
/// whatever it missed.
/// </summary>
internal sealed class PlaygroundStream(
    PlaygroundFeed feed, PlaygroundMessages messages, PlaygroundPhones phones, PretendPeople people, IHostApplicationLifetime lifetime,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    /// <summary>Streams until the page leaves or the program stops.</summary>
    public IResult Open(CancellationToken ct) => TypedResults.ServerSentEvents(ReadAsync(ct));

    /// <summary>Sends the dispatch time and its speed to every page.</summary>
    public void SendTime() => feed.Send(new("clock", JsonSerializer.Serialize(Clock(), PlaygroundJson.Default.ClockView)));

    async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken page)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(page, lifetime.ApplicationStopping);
        // We subscribe before we read the state. An event in between is then sent twice, which does no harm.
        using var listening = feed.Listen(end.Token);
        yield return Item(new("state", JsonSerializer.Serialize(await StateAsync(page), PlaygroundJson.Default.PageState)));
        await foreach (var news in listening.News.ReadAllAsync(CancellationToken.None))
            yield return Item(news);
    }

    async Task<PageState> StateAsync(CancellationToken ct) => new(
        Clock(), PlaygroundPlatform.Channel.Address, await people.ListAsync(ct), PlaygroundPhones.Habits, await phones.ListAsync(ct),
        await messages.ListAsync(ct));

    ClockView Clock() => new(dispatchClock.GetUtcNow().ToUnixTimeMilliseconds(), dispatchClock is SimulatedClock clock ? clock.Speed : 1);

    static SseItem<string> Item(PageEvent news) => new(news.Json, news.Name);
}
