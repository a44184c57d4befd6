using System.Globalization;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>A view that stands open: by Slack's id of it, or by ours where Slack's never arrived.</summary>
internal sealed record OpenView(string Key, string Id);

/// <summary>Opens and changes views. A person who cannot be shown one gets words instead, which say what to do.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/views.open and https://docs.slack.dev/reference/methods/views.update</remarks>
internal sealed class Dialogs(ISlackApi slack, EphemeralMessages ephemerals, TimeProvider clock, ILogger<Dialogs> log)
{
    const int MostTries = 3;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Opens a view that is ready.</summary>
    public async Task OpenAsync(SlackCaller caller, WriteJson view, CancellationToken ct)
    {
        var answer = await CallOpenAsync(caller, view, ct);
        if (answer is not SlackAnswer.Ok)
            await ephemerals.SayAsync(caller, WhyNotOpened(answer), null, ct);
    }

    /// <summary>Opens the view that waits for another one; null, and why, if it does not stand there.</summary>
    public async Task<(OpenView? View, SlackAnswer Answer)> OpenLoadingAsync(SlackCaller caller, CancellationToken ct)
    {
        var external = DispatchId.From("slack view", caller.DeliveryId).Value;
        var answer = await CallOpenAsync(caller, LoadingView.Of(external), ct);
        return (answer switch
        {
            SlackAnswer.Ok(var body) when Part(body, "id") is { } id => new("view_id", id),
            // It may stand there: our own id finds it.
            SlackAnswer.Ok or SlackAnswer.Lost => new OpenView("external_id", external),
            _ => null,
        }, answer);
    }

    /// <summary>Puts another view in the place of an open one. A hash that is not the newest one is refused.</summary>
    public Task<SlackAnswer> UpdateAsync(string installation, OpenView open, WriteJson view, string? hash, CancellationToken ct) =>
        PersistAsync(new(installation, "views.update", new() { [open.Key] = open.Id, ["view"] = view, ["hash"] = hash }), ct);

    /// <summary>Draws somebody's Home.</summary>
    public Task<SlackAnswer> PublishAsync(string installation, string user, WriteJson view, CancellationToken ct) =>
        PersistAsync(new(installation, "views.publish", new() { ["user_id"] = user, ["view"] = view }), ct);

    /// <summary>
    /// As <see cref="UpdateAsync"/>, and tells the person if the view cannot be shown, unless they closed it.
    /// </summary>
    public async Task ReplaceAsync(SlackCaller caller, OpenView open, WriteJson view, CancellationToken ct)
    {
        var answer = await UpdateAsync(caller.Installation, open, view, null, ct);
        var wasClosed = answer is SlackAnswer.Refused { Kind: Refusal.Gone } && open.Key == "view_id";
        if (answer is not SlackAnswer.Ok && !wasClosed)
            await ephemerals.SayAsync(caller, WhyNotOpened(answer), null, ct);
    }

    /// <summary>
    /// Says it in the place of the view where that still stands open, else in private. <paramref name="link"/> leads to the thread that
    /// it is about.
    /// </summary>
    public async Task SayInPlaceAsync(SlackCaller caller, SlackView view, string words, string? link, CancellationToken ct)
    {
        var drawn = NoticeView.Modal(new(words, link));
        if (await UpdateAsync(caller.Installation, new("view_id", view.Id), drawn, null, ct) is not SlackAnswer.Ok)
            await ephemerals.SayAsync(caller, words, link, ct);
    }

    /// <summary>Says it in private; the dialog stays as it is.</summary>
    public Task SayAsideAsync(SlackCaller caller, string words, CancellationToken ct) => ephemerals.SayAsync(caller, words, null, ct);

    /// <summary>The hash of a view that was changed; null where the answer has none.</summary>
    public static string? HashOf(SlackAnswer answer) => answer is SlackAnswer.Ok(var body) ? Part(body, "hash") : null;

    /// <summary>What to do where no dialog could be shown.</summary>
    public static string WhyNotOpened(SlackAnswer answer) => answer switch
    {
        SlackAnswer.Refused { Kind: Refusal.TooLate or Refusal.Gone } =>
            "The dialog did not open within the three seconds that Slack allows. Nothing was started: try again.",
        SlackAnswer.Refused { Kind: Refusal.Content } =>
            "Slack rejected the dialog. Nothing was started. An administrator can find the reason in the log.",
        SlackAnswer.Refused no =>
            $"Slack does not let this app open a dialog ({no.Error}). Nothing was started. "
            + "An administrator must check the app's installation.",
        SlackAnswer.Throttled(var after) => string.Create(CultureInfo.InvariantCulture,
            $"Slack asks us to wait {Math.Max(1, Math.Ceiling(after.TotalSeconds))} seconds before the next dialog. "
            + $"Nothing was started: try again then."),
        _ => "We could not reach Slack to open the dialog. If you see no dialog, nothing was started: try again.",
    };

    async Task<SlackAnswer> CallOpenAsync(SlackCaller caller, WriteJson view, CancellationToken ct)
    {
        var answer = await slack.CallAsync(
            new(caller.Installation, "views.open", new() { ["trigger_id"] = caller.TriggerId, ["view"] = view }), ct);
        Note("views.open", answer);
        return answer;
    }

    // For calls that come to the same when they are done twice.
    async Task<SlackAnswer> PersistAsync(SlackCall wanted, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await slack.CallAsync(wanted, ct);
            Note(wanted.Method, answer);
            TimeSpan? pause = answer switch
            {
                SlackAnswer.Throttled(var after) when after <= LongestPause => after,
                SlackAnswer.NotReached or SlackAnswer.Lost => Pause,
                _ => null,
            };
            if (pause is not { } wait || tries == MostTries)
                return answer;
            await Task.Delay(wait, clock, ct);
        }
    }

    void Note(string method, SlackAnswer answer)
    {
        switch (answer)
        {
            case SlackAnswer.Refused { Kind: not (Refusal.Gone or Refusal.TooLate) } no:
                log.AnswerRefused(method, no.Error, no.Detail);
                break;
            case SlackAnswer.Lost lost:
                log.NotThrough(method, lost.Because);
                break;
            case SlackAnswer.NotReached no:
                log.NotThrough(method, no.Because);
                break;
        }
    }

    static string? Part(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty("view", out var view) && view.ValueKind is JsonValueKind.Object
        && view.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.String ? part.GetString() : null;
}
