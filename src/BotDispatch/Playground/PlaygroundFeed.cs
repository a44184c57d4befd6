using System.Threading.Channels;

namespace BotDispatch.Playground;

/// <summary>Something the page must know at once: its name and its JSON.</summary>
internal sealed record PageEvent(string Name, string Json);

/// <summary>Tells every open page what has just changed. A page too slow to follow is cut off; it comes back and is told everything anew.</summary>
internal sealed class PlaygroundFeed
{
    const int Patience = 512;

    readonly Lock gate = new();
    readonly List<Channel<PageEvent>> pages = [];

    /// <summary>Tells all pages.</summary>
    public void Tell(PageEvent news)
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

    /// <summary>Everything told from now on, until <paramref name="until"/>.</summary>
    public Listening Listen(CancellationToken until)
    {
        var page = Channel.CreateBounded<PageEvent>(new BoundedChannelOptions(Patience) { SingleReader = true });
        lock (gate)
            pages.Add(page);
        return new(this, page, until.Register(() => page.Writer.TryComplete()));
    }

    /// <summary>One page's ear.</summary>
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
