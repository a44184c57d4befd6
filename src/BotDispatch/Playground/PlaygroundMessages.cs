using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Playground;

/// <summary>Stores the messages of the pretend channel over restarts: one message for each key, in the order of their posts.</summary>
internal sealed class PlaygroundMessages(Database database, DispatchEngine engine) : IDisposable
{
    /// <summary>The number of messages that a page shows. Older messages stay stored.</summary>
    const int Shown = 600;

    const string Columns = "SELECT seq, root, kind, author, at, body FROM playground_messages";

    // One page on one machine posts here, so one post at a time is fast enough and keeps the numbers in order.
    readonly SemaphoreSlim gate = new(1);
    readonly SortedDictionary<long, MessageView> tail = [];
    long last = -1;

    /// <summary>Stores a message. If the key was stored before, returns the earlier message and adds nothing.</summary>
    public Task<(MessageView Message, bool IsNew)> AddAsync(NewMessage wanted, CancellationToken ct) => AloneAsync(async () =>
    {
        if (await FindAsync("post_key = $1", wanted.Key, ct) is { } first)
            return (first, false);
        var at = wanted.At.ToUnixTimeMilliseconds();
        var message = View(last + 1, wanted.Root, wanted.Kind, wanted.Author, at, wanted.Body);
        await engine.WriteAsync(default,
        [
            new("INSERT INTO playground_messages (seq, post_key, root, kind, author, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                message.Seq, wanted.Key, wanted.Root, wanted.Kind, wanted.Author, at, wanted.Body),
        ], CancellationToken.None);
        last = message.Seq;
        return (Remember(message), true);
    }, ct);

    /// <summary>Redraws a message in place. Returns null if the message no longer exists.</summary>
    public Task<MessageView?> ReplaceAsync(string id, string body, CancellationToken ct) => AloneAsync(async () =>
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || await FindAsync("seq = $1", seq, ct) is not { } message)
            return null;
        await engine.WriteAsync(default, [new("UPDATE playground_messages SET body = $1 WHERE seq = $2", body, seq)],
            CancellationToken.None);
        return (MessageView?)Remember(message with { Body = JsonElement.Parse(body) });
    }, ct);

    /// <summary>Returns the newest messages, oldest first.</summary>
    public Task<IReadOnlyList<MessageView>> ListAsync(CancellationToken ct) =>
        AloneAsync(() => Task.FromResult<IReadOnlyList<MessageView>>([.. tail.Values]), ct);

    public void Dispose() => gate.Dispose();

    async Task<T> AloneAsync<T>(Func<Task<T>> act, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (last < 0)
                await LoadAsync(ct);
            return await act();
        }
        catch
        {
            // We do not know whether the message was stored, so the number is read from the database again.
            last = -1;
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    async Task LoadAsync(CancellationToken ct)
    {
        tail.Clear();
        foreach (var view in await database.ReadAsync(new($"{Columns} ORDER BY seq DESC LIMIT $1", (long)Shown), View, ct))
            tail[view.Seq] = view;
        last = tail.Count > 0 ? tail.Keys.Last() : 0;
    }

    async Task<MessageView?> FindAsync(string condition, object value, CancellationToken ct) =>
        (await database.ReadAsync(new($"{Columns} WHERE {condition}", value), View, ct)).SingleOrDefault();

    MessageView Remember(MessageView message)
    {
        tail[message.Seq] = message;
        while (tail.Count > Shown)
            tail.Remove(tail.Keys.First());
        return message;
    }

    static MessageView View(DbDataReader row) =>
        View(row.GetInt64(0), row.TextAt(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5));

    static MessageView View(long seq, string? root, string kind, string author, long at, string body) =>
        new(seq.ToString(CultureInfo.InvariantCulture), seq, root, kind, author, at, JsonElement.Parse(body));
}

/// <summary>A message to be posted.</summary>
/// <param name="Key">Identifies the post, so that a repeated one is recognised.</param>
/// <param name="Root">The message whose thread contains it; null for a message of the channel.</param>
/// <param name="Kind"><c>card</c>, <c>reply</c> or <c>said</c>.</param>
/// <param name="Author">The name shown as its author.</param>
/// <param name="At">When it was posted, in dispatch time.</param>
/// <param name="Body">JSON whose shape depends on the kind.</param>
internal sealed record NewMessage(string Key, string? Root, string Kind, string Author, DateTimeOffset At, string Body);
