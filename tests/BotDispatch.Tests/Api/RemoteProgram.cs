using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BotDispatch.Api;
using BotDispatch.Storage;
using BotDispatch.Tests.Flows;

namespace BotDispatch.Tests.Api;

/// <summary>A program that uses the HTTP API of a world with a key of its own.</summary>
internal sealed class RemoteProgram : IDisposable
{
    readonly HttpClient http;

    RemoteProgram(World world, string key)
    {
        Key = key;
        http = new(world.App.Server.CreateHandler()) { BaseAddress = new(BotDispatchApp.Address), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
    }

    public string Key { get; }

    /// <summary>What is set in a world for programs.</summary>
    public static Dictionary<string, string> Settings => new() { ["Api:Channel"] = $"{RecordingChat.Platform}:operations" };

    public static async Task<RemoteProgram> WithKeyAsync(
        World world, string name = "lifts", string may = "start,read,cancel,alerts", string lists = "", string channels = "", TimeSpan? expires = null)
    {
        var (id, text) = ApiKey.Create();
        var now = world.App.Get<TimeProvider>().GetUtcNow();
        (await world.App.Get<ApiKeyStore>().TryAddAsync(new(id, name, ApiKey.HashOf(text), may, lists, channels, now, now + expires), default)).ShouldBeTrue();
        return new(world, text);
    }

    /// <summary>A program with a text that need not be a key.</summary>
    public static RemoteProgram WithText(World world, string key) => new(world, key);

    public HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public Task<(int Status, JsonElement Body, HttpResponseMessage Answer)> StartAsync(object body, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, "/api/dispatches", body, idempotencyKey);

    public Task<(int Status, JsonElement Body, HttpResponseMessage Answer)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(int Status, JsonElement Body, HttpResponseMessage Answer)> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Sends a request; text is sent as it is, anything else as JSON.</summary>
    public async Task<(int Status, JsonElement Body, HttpResponseMessage Answer)> SendAsync(
        HttpMethod method, string path, object? body, string? idempotencyKey = null, string mediaType = "application/json", string? encoding = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, mediaType);
        if (encoding is not null)
            request.Content!.Headers.ContentEncoding.Add(encoding);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), answer);
    }

    public void Dispose() => http.Dispose();
}
