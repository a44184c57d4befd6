using System.Globalization;
using System.Text.Json;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Playground;

/// <summary>What was posted in the pretend channel: each message once per key, in the order it came, kept over restarts.</summary>
internal sealed class PlaygroundMessages(Database database, DispatchEngine engine) : IDisposable
{
    /// <summary>What a page shows; older messages stay stored and are not shown any more.</summary>
    const int Shown = 600;

    const string Columns = "seq AS Seq, root AS Root, kind AS Kind, author AS Author, at AS At, body AS Body";

    // One page on one machine posts here, so one post at a time is plenty, and the numbers stay in order.
    readonly SemaphoreSlim gate = new(1);
    readonly SortedDictionary<long, MessageView> tail = [];
    long last = -1;

    /// <summary>Keeps a message. A key that was kept before gives that message back, and nothing is added.</summary>
    public Task<(MessageView Message, bool IsNew)> AddAsync(NewMessage wanted, CancellationToken ct) => AloneAsync(async () =>
    {
        if (await FindAsync("post_key = @key", new { key = wanted.Key }, ct) is { } first)
            return (first, false);
        var at = wanted.At.ToUnixTimeMilliseconds();
        var row = new MessageRow { Seq = last + 1, Root = wanted.Root, Kind = wanted.Kind, Author = wanted.Author, At = at, Body = wanted.Body };
        await engine.WriteAsync(default,
        [
            new("INSERT INTO playground_messages (seq, post_key, root, kind, author, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                row.Seq, wanted.Key, row.Root, row.Kind, row.Author, row.At, row.Body),
        ], CancellationToken.None);
        last = row.Seq;
        return (Remember(View(row)), true);
    }, ct);

    /// <summary>Redraws a message in place; null if it is not there any more.</summary>
    public Task<MessageView?> ReplaceAsync(string id, string body, CancellationToken ct) => AloneAsync(async () =>
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || await FindAsync("seq = @seq", new { seq }, ct) is not { } message)
            return null;
        await engine.WriteAsync(default, [new("UPDATE playground_messages SET body = $1 WHERE seq = $2", body, seq)], CancellationToken.None);
        return (MessageView?)Remember(message with { Body = JsonElement.Parse(body) });
    }, ct);

    /// <summary>The newest messages, the oldest of them first.</summary>
    public Task<IReadOnlyList<MessageView>> ListAsync(CancellationToken ct) => AloneAsync(() => Task.FromResult<IReadOnlyList<MessageView>>([.. tail.Values]), ct);

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
            // Whether it was kept is not known: the database will say.
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
        await using var connection = await database.OpenAsync(ct);
        tail.Clear();
        var rows = await connection.QueryAsync<MessageRow>($"SELECT {Columns} FROM playground_messages ORDER BY seq DESC LIMIT {Shown}");
        foreach (var row in rows)
            tail[row.Seq] = View(row);
        last = tail.Count > 0 ? tail.Keys.Last() : 0;
    }

    async Task<MessageView?> FindAsync(string condition, object values, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<MessageRow>($"SELECT {Columns} FROM playground_messages WHERE {condition}", values) is { } row ? View(row) : null;
    }

    MessageView Remember(MessageView message)
    {
        tail[message.Seq] = message;
        while (tail.Count > Shown)
            tail.Remove(tail.Keys.First());
        return message;
    }

    static MessageView View(MessageRow row) =>
        new(row.Seq.ToString(CultureInfo.InvariantCulture), row.Seq, row.Root, row.Kind, row.Author, row.At, JsonElement.Parse(row.Body));

    sealed class MessageRow
    {
        public long Seq { get; init; }
        public string? Root { get; init; }
        public string Kind { get; init; } = "";
        public string Author { get; init; } = "";
        public long At { get; init; }
        public string Body { get; init; } = "";
    }
}

/// <summary>A message to be posted.</summary>
/// <param name="Key">The same for the same post, so that a repeated one is recognised.</param>
/// <param name="Root">The message whose thread it stands in; null for one of the channel.</param>
/// <param name="Kind"><c>card</c>, <c>reply</c> or <c>said</c>.</param>
/// <param name="Author">Who is shown as having said it.</param>
/// <param name="At">When, in the story.</param>
/// <param name="Body">JSON by its kind.</param>
internal sealed record NewMessage(string Key, string? Root, string Kind, string Author, DateTimeOffset At, string Body);
