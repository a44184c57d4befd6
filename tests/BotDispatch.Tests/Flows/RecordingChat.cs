using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Flows;

/// <summary>A chat that remembers: it lives on while the app dies and comes back, and recognises a post that it already has.</summary>
internal sealed class RecordingChat : IChatPlatform
{
    readonly Lock gate = new();
    readonly List<(string Root, ThreadUpdate Update)> replies = [];
    readonly Dictionary<string, DispatchCard> cards = [];

    public const string Platform = "test";

    public string Name => Platform;

    /// <summary>What the next calls come to instead of being done; each is used once.</summary>
    public Queue<Posted> Instead { get; } = new();

    public int Posts { get; private set; }

    /// <summary>False for a chat that shows a repeated post twice.</summary>
    public bool RecognisesRepeats { get; set; } = true;

    /// <summary>Posts that stood there already, although the app said that they could not.</summary>
    public List<string> Surprises { get; } = [];

    /// <summary>The lines of one thread.</summary>
    public IReadOnlyList<string> LinesOf(string root)
    {
        lock (gate)
            return [.. replies.Where(reply => reply.Root == root).SelectMany(reply => reply.Update.Lines).Select(line => line.Text)];
    }

    /// <summary>The replies to a dispatch in one of its places, under any card.</summary>
    public IReadOnlyList<ThreadUpdate> RepliesIn(DispatchId dispatch, string? mirror = null)
    {
        lock (gate)
            return [.. replies.Where(reply => IsOf(reply.Root, StemOf(dispatch, mirror))).Select(reply => reply.Update)];
    }

    /// <summary>The cards of a dispatch in one of its places.</summary>
    public IReadOnlyList<DispatchCard> CardsIn(DispatchId dispatch, string? mirror = null)
    {
        lock (gate)
            return [.. cards.Where(card => IsOf(card.Key, StemOf(dispatch, mirror))).Select(card => card.Value)];
    }

    public IReadOnlyList<ThreadUpdate> Replies
    {
        get
        {
            lock (gate)
                return [.. replies.Select(reply => reply.Update)];
        }
    }

    /// <summary>Every line of every thread, in order.</summary>
    public IReadOnlyList<string> Lines => [.. Replies.SelectMany(update => update.Lines).Select(line => line.Text)];

    public IReadOnlyList<DispatchCard> Cards
    {
        get
        {
            lock (gate)
                return [.. cards.Values];
        }
    }

    public Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct) => DoAsync(() =>
    {
        var stem = StemOf(card.Id, card.Thread == 0 ? null : channel.Address);
        if (earlierTries == 0 && cards.Keys.Any(each => IsOf(each, stem)))
            Surprises.Add("card " + stem);
        var root = RecognisesRepeats || !cards.ContainsKey(stem) ? stem : $"{stem}-{cards.Count}";
        cards[root] = card;
        return root;
    });

    public Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct) => DoAsync(() =>
    {
        cards[thread.RootMessage] = card;
        return thread.RootMessage;
    });

    public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct) => DoAsync(() =>
    {
        var isRepeated = replies.Any(reply => reply.Root == thread.RootMessage && reply.Update.Key == update.Key);
        if (earlierTries == 0 && isRepeated)
            Surprises.Add("reply " + update.Key);
        if (!RecognisesRepeats || !isRepeated)
            replies.Add((thread.RootMessage, update));
        return update.Key;
    });

    static string StemOf(DispatchId dispatch, string? mirror) => $"card-{dispatch}{(mirror is null ? "" : $"@{mirror}")}";

    static bool IsOf(string root, string stem) => root == stem || root.StartsWith(stem + "-", StringComparison.Ordinal);

    Task<Posted> DoAsync(Func<string> act)
    {
        lock (gate)
        {
            Posts++;
            return Task.FromResult(Instead.TryDequeue(out var instead) ? instead : new Posted.Done(act()));
        }
    }
}
