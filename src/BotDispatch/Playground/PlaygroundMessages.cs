using System.Text.Json;

namespace BotDispatch.Playground;

/// <summary>What was posted in the pretend channel: each message once per key, in the order it came.</summary>
internal sealed class PlaygroundMessages
{
    const int Kept = 600;

    readonly Lock gate = new();
    readonly List<MessageView> messages = [];
    readonly Dictionary<string, string> idOfKey = [];
    long seq;

    /// <summary>Keeps a message. A key that was kept before gives that message back, and nothing is added.</summary>
    public Task<(MessageView Message, bool IsNew)> AddAsync(NewMessage wanted, CancellationToken ct)
    {
        lock (gate)
        {
            if (idOfKey.TryGetValue(wanted.Key, out var known) && messages.FirstOrDefault(each => each.Id == known) is { } first)
                return Task.FromResult((first, false));
            seq++;
            var message = new MessageView($"m{seq}", seq, wanted.Root, wanted.Kind, wanted.Author, wanted.At.ToUnixTimeMilliseconds(), Read(wanted.Body));
            messages.Add(message);
            idOfKey[wanted.Key] = message.Id;
            return Task.FromResult((message, true));
        }
    }

    /// <summary>Redraws a message in place; null if it is not there any more.</summary>
    public Task<MessageView?> ReplaceAsync(string id, string body, CancellationToken ct)
    {
        lock (gate)
        {
            var at = messages.FindIndex(each => each.Id == id);
            if (at < 0)
                return Task.FromResult<MessageView?>(null);
            return Task.FromResult<MessageView?>(messages[at] = messages[at] with { Body = Read(body) });
        }
    }

    /// <summary>The newest messages, the oldest of them first.</summary>
    public Task<IReadOnlyList<MessageView>> ListAsync(CancellationToken ct)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<MessageView>>([.. messages.TakeLast(Kept)]);
    }

    static JsonElement Read(string body) => JsonElement.Parse(body);
}

/// <summary>A message to be posted.</summary>
/// <param name="Key">The same for the same post, so that a repeated one is recognised.</param>
/// <param name="Root">The message whose thread it stands in; null for one of the channel.</param>
/// <param name="Kind"><c>card</c>, <c>reply</c> or <c>said</c>.</param>
/// <param name="Author">Who is shown as having said it.</param>
/// <param name="At">When, in the story.</param>
/// <param name="Body">JSON by its kind.</param>
internal sealed record NewMessage(string Key, string? Root, string Kind, string Author, DateTimeOffset At, string Body);
