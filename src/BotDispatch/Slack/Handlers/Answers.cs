using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>
/// Brings what the room Chat says to whoever asked. What is known at once is shown at once; else a view that waits is opened while it may be opened,
/// since a trigger lives three seconds and a slow ticket system takes longer.
/// </summary>
internal sealed class Answers(BackgroundWork background, Dialogs dialogs, EphemeralMessages ephemerals, ThreadLinks links, ILogger<Answers> log)
{
    const string WentWrong = "Something went wrong, and we do not know whether it worked. Check with /dispatch list before you repeat it. An administrator can find the reason in the log.";

    /// <summary>Asks the room Chat. What breaks there is said too, and logged.</summary>
    public async Task<ChatReply> AskAsync(Func<CancellationToken, Task<ChatReply>> ask) =>
        await UnbrokenAsync(ask) ?? new ChatReply.Private(WentWrong);

    /// <summary>What that returns; null, and a line in the log, where it throws.</summary>
    public Task<T?> UnbrokenAsync<T>(Func<CancellationToken, Task<T>> ask) where T : class? =>
        ResponseDeadline.UnbrokenAsync(() => ask(background.Stopping), log.Broken, background.Stopping);

    /// <summary>Whether it is done within that time. It goes on either way.</summary>
    public Task<bool> IsInTimeAsync(TimeSpan limit, Task work) => background.Deadline(limit).IsMetByAsync(work);

    /// <summary>Answers something that may open the dialog. <paramref name="mayReply"/>: words that are ready can be the reply itself.</summary>
    public async Task<SlackReply> WithDialogAsync(SlackCaller caller, Task<ChatReply> asking, bool mayReply, CancellationToken ct)
    {
        if (await IsInTimeAsync(SlackDeadlines.LoadingView, asking))
            return await AtOnceAsync(caller, await asking, mayReply, ct);
        background.Run(stopping => LoadAsync(caller, asking, stopping));
        return new SlackReply.Nothing();
    }

    /// <summary>Answers something that never opens a dialog, within the time that Slack waits or later.</summary>
    public async Task<SlackReply> WithWordsAsync(SlackCaller caller, Task<ChatReply> asking, TimeSpan longest, bool mayReply, CancellationToken ct)
    {
        if (await IsInTimeAsync(longest, asking))
            return await AtOnceAsync(caller, await asking, mayReply, ct);
        background.Run(async stopping =>
        {
            if (await asking is ChatReply.Private words)
                await SendEphemeralAsync(caller, words, stopping);
        });
        return new SlackReply.Nothing();
    }

    /// <summary>A link to the thread of the dispatch that an answer is about; null if it is about none, or there is no link in time.</summary>
    public Task<string?> LinkAsync(SlackCaller caller, DispatchId? about, CancellationToken ct) => links.OfAsync(caller.Installation, about, ct);

    /// <summary>What stands in a dialog's place for that answer.</summary>
    public async Task<JsonObject> ViewOfAsync(SlackCaller caller, ChatReply answer, CancellationToken ct) => answer switch
    {
        ChatReply.OpenForm(var form) => FormView.Of(form, DialogContext.Of(form, caller.Where)),
        ChatReply.Private words => NoticeView.Modal(new(words.Text, await LinkAsync(caller, words.About, ct))),
        _ => NoticeView.Modal(new("This was already done.")),
    };

    async Task<SlackReply> AtOnceAsync(SlackCaller caller, ChatReply answer, bool mayReply, CancellationToken ct)
    {
        switch (answer)
        {
            case ChatReply.OpenForm:
                var view = await ViewOfAsync(caller, answer, ct);
                background.Run(stopping => dialogs.OpenAsync(caller, view, stopping));
                break;
            case ChatReply.Private words when mayReply:
                return new SlackReply.Message(NoticeView.Message(new(words.Text, await LinkAsync(caller, words.About, ct))));
            case ChatReply.Private words:
                background.Run(stopping => SendEphemeralAsync(caller, words, stopping));
                break;
        }
        return new SlackReply.Nothing();
    }

    async Task LoadAsync(SlackCaller caller, Task<ChatReply> asking, CancellationToken ct)
    {
        var (open, opening) = await dialogs.OpenLoadingAsync(caller, ct);
        var answer = await asking;
        if (open is not null)
            await dialogs.ReplaceAsync(caller, open, await ViewOfAsync(caller, answer, ct), ct);
        else if (answer is ChatReply.Private words)
            await SendEphemeralAsync(caller, words, ct);
        else if (answer is ChatReply.OpenForm)
            await ephemerals.SayAsync(caller, Dialogs.WhyNotOpened(opening), null, ct);
    }

    async Task SendEphemeralAsync(SlackCaller caller, ChatReply.Private words, CancellationToken ct) =>
        await ephemerals.SayAsync(caller, words.Text, await LinkAsync(caller, words.About, ct), ct);
}
