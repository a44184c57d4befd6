using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BotDispatch.Hosting;

namespace BotDispatch.Playground;

/// <summary>The one stream of a page: first everything as it is, then each change. It is told anew on each connection, so a page is right whatever it missed.</summary>
internal sealed class PlaygroundStream(
    PlaygroundFeed feed, PlaygroundMessages messages, PlaygroundPhones phones, PretendPeople people, IHostApplicationLifetime lifetime,
    [FromKeyedServices("story")] TimeProvider story)
{
    /// <summary>Lasts until the page leaves or the program stops.</summary>
    public IResult Open(CancellationToken ct) => TypedResults.ServerSentEvents(ReadAsync(ct));

    /// <summary>Tells every page the story's time and speed.</summary>
    public void TellTime() => feed.Tell(new("clock", JsonSerializer.Serialize(Clock(), PlaygroundJson.Default.ClockView)));

    async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken page)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(page, lifetime.ApplicationStopping);
        // Listening first: what happens while the state is gathered is told after it, and telling it twice does no harm.
        using var listening = feed.Listen(end.Token);
        yield return Item(new("state", JsonSerializer.Serialize(await StateAsync(page), PlaygroundJson.Default.PageState)));
        await foreach (var news in listening.News.ReadAllAsync(CancellationToken.None))
            yield return Item(news);
    }

    async Task<PageState> StateAsync(CancellationToken ct) => new(
        Clock(), PlaygroundPlatform.Channel.Address, await people.ListAsync(ct), PlaygroundPhones.Habits, await phones.ListAsync(ct), await messages.ListAsync(ct));

    ClockView Clock() => new(story.GetUtcNow().ToUnixTimeMilliseconds(), story is SimulatedClock clock ? clock.Speed : 1);

    static SseItem<string> Item(PageEvent news) => new(news.Json, news.Name);
}
