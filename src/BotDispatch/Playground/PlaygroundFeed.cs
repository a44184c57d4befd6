using System.Threading.Channels;

namespace BotDispatch.Playground;

/// <summary>An event for the open pages: its name and its JSON.</summary>
internal sealed record PageEvent(string Name, string Json);

/// <summary>
/// Sends each change to every open page. A page that is too slow is disconnected; it reconnects and gets everything again.
/// </summary>
internal sealed class PlaygroundFeed
{
    const int LongestQueue = 512;

    readonly Lock gate = new();
    readonly List<Channel<PageEvent>> pages = [];

    /// <summary>Sends an event to all pages.</summary>
    public void Send(PageEvent news)
    {
        lock (gate)
            pages.RemoveAll(page =>
            {
                if (page.Writer.TryWrite(news))
                    return false;
                page.Writer.TryComplete();
                return true;
            });
    }

    /// <summary>Returns every event from now on, until <paramref name="until"/>.</summary>
    public Listening Listen(CancellationToken until)
    {
        var page = Channel.CreateBounded<PageEvent>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
        lock (gate)
            pages.Add(page);
        return new(this, page, until.Register(() => page.Writer.TryComplete()));
    }

    /// <summary>The subscription of one page.</summary>
    internal sealed class Listening(PlaygroundFeed feed, Channel<PageEvent> page, CancellationTokenRegistration end) : IDisposable
    {
        public ChannelReader<PageEvent> News => page.Reader;

        public void Dispose()
        {
            end.Dispose();
            lock (feed.gate)
                feed.pages.Remove(page);
        }
    }
}
