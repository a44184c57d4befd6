using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Delivery;

/// <summary>Carries what happens to the app, signed over HTTP or in an envelope over a socket, and waits three seconds for its answer.</summary>
internal sealed class Courier(SlackStandIn slack)
{
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    readonly HashSet<Task> underWay = [];
    readonly Lock gate = new();

    public Task<AppAnswer> CommandAsync(JsonObject fields) => SendAsync(slack.Options.CommandsPath, "slash_commands", fields, Form(fields.Select(each => (each.Key, (string)each.Value!))));

    public Task<AppAnswer> InteractAsync(JsonObject payload) => SendAsync(slack.Options.InteractivityPath, "interactive", payload, Form([("payload", payload.Written())]));

    public Task<AppAnswer> AskOptionsAsync(JsonObject payload) => SendAsync(slack.Options.OptionsPath, "interactive", payload, Form([("payload", payload.Written())]));

    public Task<AppAnswer> EventAsync(JsonObject outer, int retry, string reason) => Track(slack.Options.SocketMode
        ? slack.Sockets.SendAsync("events_api", outer, acceptsPayload: false, retry, retry == 0 ? "" : "timeout")
        : PostAsync(slack.Options.EventsPath, outer.Written(), "application/json",
            retry == 0 ? [] : [("x-slack-retry-num", retry.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("x-slack-retry-reason", reason)]));

    /// <summary>A delivery with any body and any signature, to see whether the app minds.</summary>
    public Task<AppAnswer> PostRawAsync(string path, string body, string contentType, string? signature = null) => Track(PostAsync(path, body, contentType, [], signature));

    public async Task QuietAsync()
    {
        while (true)
        {
            Task[] waiting;
            lock (gate) waiting = [.. underWay];
            if (waiting.Length == 0) return;
            await Task.WhenAll(waiting);
        }
    }

    /// <summary>Makes it part of what is waited for.</summary>
    public Task<T> Track<T>(Task<T> work)
    {
        lock (gate) underWay.Add(work);
        _ = work.ContinueWith(done =>
        {
            lock (gate) underWay.Remove(done);
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }

    Task<AppAnswer> SendAsync(string path, string type, JsonObject payload, string form) => Track(slack.Options.SocketMode
        ? slack.Sockets.SendAsync(type, payload, acceptsPayload: true)
        : PostAsync(path, form, "application/x-www-form-urlencoded", []));

    // Heads and signature as https://docs.slack.dev/authentication/verifying-requests-from-slack has them.
    async Task<AppAnswer> PostAsync(string path, string body, string contentType, IEnumerable<(string, string)> more, string? signature = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(slack.Options.AppAddress, path)) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        request.Headers.TryAddWithoutValidation("Accept", "application/json,*/*");
        var timestamp = slack.Clock.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature ?? Sign(timestamp, bytes));
        foreach (var (name, value) in more) request.Headers.TryAddWithoutValidation(name, value);
        using var limit = new CancellationTokenSource(AnswerTimeout, slack.Clock);
        try
        {
            using var sender = new HttpMessageInvoker(slack.Options.AppHandler(), disposeHandler: false);
            // A server in the same process runs on the caller's thread until it waits; the clock must be free meanwhile.
            using var response = await Task.Run(() => sender.SendAsync(request, limit.Token), CancellationToken.None).WaitAsync(limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            var headers = response.Headers.ToDictionary(each => each.Key.ToLowerInvariant(), each => string.Join(',', each.Value));
            var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
            return new(text, isJson ? Json.TryParse(text) : null, response.IsSuccessStatusCode ? null : "dispatch_failed", (int)response.StatusCode, headers);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return AppAnswer.Failed("operation_timeout");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            return AppAnswer.Failed("dispatch_failed");
        }
    }

    string Sign(long timestamp, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(slack.Options.SigningSecret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    static string Form(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value).Replace("%20", "+", StringComparison.Ordinal)}"));
}
