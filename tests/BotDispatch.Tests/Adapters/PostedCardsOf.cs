using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Adapters;

/// <summary>The cards that a test names, and how often they were read.</summary>
internal sealed class PostedCardsOf(ChatChannel channel, params string[] messages) : IPostedCards
{
    public int Reads { get; private set; }

    public Task<List<PostedCard>> FindCardsAsync(DispatchId dispatch, string platform, CancellationToken ct)
    {
        Reads++;
        return Task.FromResult(messages.Select(message => new PostedCard(channel, message)).ToList());
    }
}
