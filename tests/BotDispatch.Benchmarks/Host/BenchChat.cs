using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Benchmarks.Host;

/// <summary>A chat as an adapter for a real one would draw it: the card as blocks, each reply as its lines, over HTTP, and the answer is read.</summary>
internal sealed class BenchChat(Uri address) : IChatPlatform, IDisposable
{
    public const string Platform = "bench";

    readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    public string Name => Platform;

    public Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, $"chat/cards/{card.Id}", Drawn(channel, card), BenchChatJson.Default.CardView, ct);

    public Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, $"chat/cards/{thread.RootMessage}", Drawn(thread.Channel, card), BenchChatJson.Default.CardView, ct);

    public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, $"chat/threads/{thread.RootMessage}", new(thread.Channel.Address, update.Key, [.. update.Lines.Select(line => line.Text)], update.AlsoInChannel),
            BenchChatJson.Default.ReplyMessage, ct);

    async Task<Posted> SendAsync<T>(HttpMethod method, string path, T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(message, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        using var response = await http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode)
            return new Posted.TryLater($"answered {(int)response.StatusCode}", TimeSpan.FromSeconds(1));
        var answer = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), BenchChatJson.Default.ChatAnswer);
        return new Posted.Done(answer!.Ts);
    }

    public void Dispose() => http.Dispose();

    static CardView Drawn(ChatChannel channel, DispatchCard card) => new(
        channel.Address, card.Status.ToString(),
        [$"*{card.Ticket.Reference}: {card.Ticket.Title}*", card.Headline, card.Note ?? "", card.Next ?? "", .. card.People.Select(person => $"{person.Name}: {person.State} {string.Join(" ", person.Calls)}")],
        [.. card.Buttons.Select(button => $"{button.Action}|{card.Id}|{button.Label}")]);
}

/// <summary>A card on the wire.</summary>
internal sealed record CardView(string Channel, string Status, string[] Blocks, string[] Buttons);

/// <summary>A reply on the wire.</summary>
internal sealed record ReplyMessage(string Channel, string Key, string[] Lines, bool AlsoInChannel);

/// <summary>The message that was posted or changed.</summary>
internal sealed record ChatAnswer(bool Ok, string Ts);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CardView))]
[JsonSerializable(typeof(ReplyMessage))]
[JsonSerializable(typeof(ChatAnswer))]
internal sealed partial class BenchChatJson : JsonSerializerContext;
