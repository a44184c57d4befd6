using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.Delivery;

/// <summary>Carries activities to the app, signed, and waits for its answer as long as Teams does.</summary>
public sealed class Courier
{
    /// <summary>How long Teams waits for any answer.</summary>
    /// <remarks>https://learn.microsoft.com/azure/bot-service/bot-builder-basics</remarks>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);

    const int MostTries = 3;

    readonly TeamsStandIn teams;
    readonly List<Delivered> deliveries = [];
    readonly HashSet<Task> underWay = [];
    readonly List<ITimer> timers = [];
    readonly Lock gate = new();

    internal Courier(TeamsStandIn teams) => this.teams = teams;

    /// <summary>Everything that was sent, and what came of it.</summary>
    public IReadOnlyList<Delivered> Deliveries
    {
        get
        {
            lock (gate)
                return [.. deliveries];
        }
    }

    /// <summary>Sends an activity as it is, with its own signature or any other; none for an empty one.</summary>
    public Task<AppAnswer> SendAsync(JsonObject activity, string? authorization = null) => TrackedAsync(PostAsync(activity.DeepClone().AsObject(), authorization));

    /// <summary>Sends it, twice where disorder says so, and a message again that nobody took.</summary>
    internal async Task<AppAnswer> DeliverAsync(JsonObject activity)
    {
        var twin = teams.Disorder.DuplicateDeliveries ? SendAsync(activity) : null;
        var answer = await SendAsync(activity);
        if (twin is not null)
            await twin;
        if (!answer.WasAccepted && activity.Word("type") != "invoke" && answer.Status is 0 or >= 500)
            AgainLater(activity, tries: 2);
        return answer;
    }

    internal async Task QuietAsync()
    {
        while (true)
        {
            Task[] waiting;
            lock (gate)
                waiting = [.. underWay];
            if (waiting.Length == 0)
                return;
            await Task.WhenAll(waiting);
        }
    }

    // It is on its way in the very moment when its time has come, so a test that moves the clock waits for it.
    void AgainLater(JsonObject activity, int tries)
    {
        lock (gate)
            timers.Add(teams.Clock.CreateTimer(_ => _ = TrackedAsync(AgainAsync(activity, tries)), null, AnswerTimeout, Timeout.InfiniteTimeSpan));
    }

    async Task<AppAnswer> AgainAsync(JsonObject activity, int tries)
    {
        var answer = await SendAsync(activity);
        if (!answer.WasAccepted && tries < MostTries)
            AgainLater(activity, tries + 1);
        return answer;
    }

    Task<AppAnswer> TrackedAsync(Task<AppAnswer> work)
    {
        lock (gate)
            underWay.Add(work);
        _ = work.ContinueWith(done =>
        {
            lock (gate)
                underWay.Remove(done);
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }

    async Task<AppAnswer> PostAsync(JsonObject activity, string? authorization)
    {
        var begun = teams.Clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(teams.Options.AppAddress, teams.Options.MessagesPath))
        {
            Content = new StringContent(activity.Written(), Encoding.UTF8, "application/json"),
        };
        var signed = authorization ?? (teams.Options.Tokens ? teams.Signing.For(activity) : "");
        if (signed.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", signed);
        request.Headers.TryAddWithoutValidation("User-Agent", "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)");
        request.Headers.TryAddWithoutValidation("x-ms-conversation-id", activity["conversation"].Word("id"));
        request.Headers.TryAddWithoutValidation("x-ms-tenant-id", activity["conversation"].Word("tenantId"));
        var answer = await ReceiveAsync(request, begun, activity.Word("type") == "invoke" ? teams.Options.InvokeTimeout : AnswerTimeout);
        lock (gate)
            deliveries.Add(new(begun, activity, answer));
        return answer;
    }

    async Task<AppAnswer> ReceiveAsync(HttpRequestMessage request, DateTimeOffset begun, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, teams.Clock);
        try
        {
            using var sender = new HttpMessageInvoker(teams.Options.AppHandler(), disposeHandler: false);
            // A server in the same process runs on the caller's thread until it waits; the clock must be free meanwhile.
            using var response = await Task.Run(() => sender.SendAsync(request, timeout.Token), CancellationToken.None).WaitAsync(timeout.Token);
            var text = await response.Content.ReadAsStringAsync(timeout.Token);
            return new((int)response.StatusCode, text, Json.TryParse(text.Length > 0 ? text : "null"), teams.Clock.GetUtcNow() - begun);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new(0, "", null, limit, "it did not answer in time");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            return new(0, "", null, teams.Clock.GetUtcNow() - begun, "it could not be reached");
        }
    }
}
