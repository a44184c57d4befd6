using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Handlers;

/// <summary>
/// Shows an answer where it can be shown: as the reply, in a view, or as a message to the person alone. A trigger opens a view for three
/// seconds, so while the answer is slow a view that waits is opened in its place.
/// </summary>
internal sealed class Answers(
    BackgroundWork background, Dialogs dialogs, EphemeralMessages ephemerals, ThreadLinks links, TimeProvider clock, ILogger<Answers> log)
{
    const int MostValue = 2000;
    const string Again = "Press Dispatch again";

    /// <summary>Logs that answering broke.</summary>
    public void LogBroken(string exception, string? place) => log.AnsweringBroken(exception, place);

    /// <summary>A deadline that begins now.</summary>
    public ResponseDeadline Deadline(TimeSpan limit) => background.Deadline(limit);

    /// <summary>Goes on with this after the delivery was answered.</summary>
    public SlackReply Later(Func<CancellationToken, Task> work)
    {
        background.Run(work);
        return new SlackReply.Nothing();
    }

    /// <summary>A link to this message; null if Slack does not give it in time.</summary>
    public Task<string?> LinkAsync(SlackCaller caller, SlackMessageId message, CancellationToken ct) =>
        links.OfAsync(caller.Installation, message, ct);

    /// <summary>Opens the view that asks what is to be dispatched.</summary>
    public SlackReply Ask(SlackCaller caller) => Later(stopping => dialogs.OpenAsync(caller, AskView.Draw, stopping));

    /// <summary>Shows an answer that is ready. <paramref name="mayReply"/>: words can be the reply itself.</summary>
    public async Task<SlackReply> ShowAsync(SlackCaller caller, ChatReply answer, bool mayReply, CancellationToken ct)
    {
        switch (answer)
        {
            case ChatReply.OpenForm:
                var view = await ViewOfAsync(caller, answer, ct);
                return Later(stopping => dialogs.OpenAsync(caller, view, stopping));
            case ChatReply.Private words when mayReply:
                return new SlackReply.Message(NoticeView.Message(new(words.Text, await LinkAsync(caller, words.About, ct))));
            case ChatReply.Private words:
                return Later(stopping => SendEphemeralAsync(caller, words, stopping));
            default:
                return new SlackReply.Nothing();
        }
    }

    /// <summary>Opens a view that waits, and shows the answer in it once it is known.</summary>
    public SlackReply Load(SlackCaller caller, Func<Task<ChatReply>> asking) => Later(async stopping =>
    {
        var (open, opening) = await dialogs.OpenLoadingAsync(caller, stopping);
        var answer = await asking();
        if (open is not null)
            await dialogs.ReplaceAsync(caller, open, await ViewOfAsync(caller, answer, stopping), stopping);
        else if (answer is ChatReply.Private words)
            await SendEphemeralAsync(caller, words, stopping);
        else if (answer is ChatReply.OpenForm)
            await ephemerals.SayAsync(caller, Dialogs.WhyNotOpened(opening), null, stopping);
    });

    /// <summary>Says to the person alone what there is to say, once it is known.</summary>
    public SlackReply SayLater(SlackCaller caller, Func<Task<ChatReply>> asking) => Later(async stopping =>
    {
        if (await asking() is ChatReply.Private words)
            await SendEphemeralAsync(caller, words, stopping);
    });

    /// <summary>
    /// Answers what was written to the bot in a message, once it is known. No dialog opens from a message, so a button is offered that
    /// opens it; <paramref name="written"/> is what the button carries.
    /// </summary>
    public SlackReply OfferLater(SlackCaller caller, string written, Func<Task<ChatReply>> asking) => Later(async stopping =>
        await ephemerals.SayAsync(caller, await asking() switch
        {
            ChatReply.OpenForm when written.Length > MostValue =>
                new("This is too long to dispatch from a message. Shorten it, or type /dispatch in the channel."),
            ChatReply.OpenForm(var form) => new(
                $"{Subject(form.Ticket)}: choose whom to phone.",
                Opens: written),
            ChatReply.Private words => new(words.Text, await LinkAsync(caller, words.About, stopping)),
            _ => new EphemeralMessage(ReplyText.DoneAlready),
        }, stopping));

    /// <summary>The view that asked was sent: it becomes the dialog, or words.</summary>
    public async Task<SlackReply> AskedAsync(SlackCaller caller, ChatReply answer, CancellationToken ct) =>
        new SlackReply.Update(await ViewOfAsync(caller, answer, ct));

    /// <summary>The view that asked was sent, and the answer is slow: it becomes a view that waits, and then the dialog.</summary>
    public SlackReply AskedLater(SlackCaller caller, string viewId, Func<Task<ChatReply>> asking)
    {
        background.Run(async stopping =>
        {
            await Task.WhenAll(asking(), Task.Delay(SlackDeadlines.ToBeShown, clock, stopping));
            await dialogs.ReplaceAsync(caller, new("view_id", viewId), await ViewOfAsync(caller, await asking(), stopping), stopping);
        });
        return new SlackReply.Update(LoadingView.Of());
    }

    /// <summary>The dialog was sent: it closes, shows what is wrong at its fields, or says why nothing was started.</summary>
    /// <param name="caller">Who sent it.</param>
    /// <param name="answer">What became of it.</param>
    /// <param name="deadline">Until when the reply may wait for a link. A link that is late is left out: without a reply the dialog would
    /// be lost.</param>
    /// <param name="ct">Stops the wait.</param>
    public async Task<SlackReply> SentAsync(SlackCaller caller, ChatReply answer, ResponseDeadline deadline, CancellationToken ct)
    {
        switch (answer)
        {
            case ChatReply.Failed:
                return Errors(FormView.PeopleBlock, LateText.Failed(Again));
            case ChatReply.FieldErrors wrong:
                return new SlackReply.Errors(wrong.Errors);
            case ChatReply.Private no:
                var linking = LinkAsync(caller, no.About, ct);
                var isInTime = await deadline.IsMetByAsync(linking, ct);
                var link = isInTime && linking.IsCompletedSuccessfully ? await linking : null;
                return new SlackReply.Update(NoticeView.Modal(new(no.Text, link)));
            default:
                return new SlackReply.Nothing();
        }
    }

    /// <summary>
    /// Says what became of a sent dialog whose reply comes or may come too late: in the place of the dialog where it still stands open,
    /// else in private.
    /// </summary>
    public void TellLater(SlackCaller caller, SlackView view, Func<Task<ChatReply>> sending) => background.Run(async stopping =>
    {
        var answer = await sending();
        if (LateText.OfSent(answer) is not { } words)
            return;
        // What is wrong at a field is corrected in the dialog, so that stays as it is.
        if (answer is ChatReply.FieldErrors)
            await dialogs.SayAsideAsync(caller, words, stopping);
        else
            await dialogs.SayInPlaceAsync(
                caller, view, words, await LinkAsync(caller, (answer as ChatReply.Private)?.About, stopping), stopping);
    });

    /// <summary>It is not known yet whether the sent dialog is accepted, so it stays open.</summary>
    public static SlackReply SentLater() => Errors(FormView.PeopleBlock, LateText.StillUnknown("Slack", Again));

    /// <summary>The dialog stays open with these words; <paramref name="block"/> is the id of a field.</summary>
    public static SlackReply Errors(string block, string words) =>
        new SlackReply.Errors(ImmutableDictionary<string, string>.Empty.Add(block, words));

    Task<string?> LinkAsync(SlackCaller caller, DispatchId? about, CancellationToken ct) => links.OfAsync(caller.Installation, about, ct);

    async Task<WriteJson> ViewOfAsync(SlackCaller caller, ChatReply answer, CancellationToken ct) => answer switch
    {
        ChatReply.OpenForm(var form) => FormView.Of(form, DialogContext.Of(form, caller.Where)),
        ChatReply.Private words => NoticeView.Modal(new(words.Text, await LinkAsync(caller, words.About, ct))),
        _ => NoticeView.Modal(new(ReplyText.DoneAlready)),
    };

    async Task SendEphemeralAsync(SlackCaller caller, ChatReply.Private words, CancellationToken ct) =>
        await ephemerals.SayAsync(caller, words.Text, await LinkAsync(caller, words.About, ct), ct);

    static string Subject(Ticket ticket) =>
        PlainWords.Shortened(PlainWords.OneLine(ticket.IsFreeText ? ticket.Title : $"{ticket.Reference} {ticket.Title}"), 150).Isolated();
}

/// <summary>Links to messages, where Slack tells them soon enough: an answer never waits long for one.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.getPermalink</remarks>
internal sealed class ThreadLinks(IPostedCards cards, ISlackApi slack, TimeProvider clock)
{
    const int MostKnown = 2000;

    readonly ConcurrentDictionary<(string Installation, SlackMessageId Message), string> known = [];

    /// <summary>The thread of a dispatch; null if there is none in this installation, or Slack does not give it now.</summary>
    public Task<string?> OfAsync(string installation, DispatchId? dispatch, CancellationToken ct) =>
        dispatch is not { } id ? Task.FromResult<string?>(null) : SoonAsync(async () =>
        await cards.FindCardsAsync(id, SlackAddress.Platform, ct) is [var (channel, root), ..]
        && SlackAddress.Split(channel.Address).Installation == installation
            ? await FindAsync(installation, SlackMessageId.Parse(root), ct)
            : null, ct);

    /// <summary>A message; null if Slack does not give it now.</summary>
    public Task<string?> OfAsync(string installation, SlackMessageId message, CancellationToken ct) =>
        SoonAsync(() => FindAsync(installation, message, ct), ct);

    async Task<string?> FindAsync(string installation, SlackMessageId message, CancellationToken ct)
    {
        if (known.TryGetValue((installation, message), out var link))
            return link;
        var answer = await slack.CallAsync(
            new(installation, "chat.getPermalink", new() { ["channel"] = message.Channel, ["message_ts"] = message.Ts }), ct);
        if (answer is not SlackAnswer.Ok(var body)
            || !body.TryGetProperty("permalink", out var found)
            || found.GetString() is not { Length: > 0 } address)
            return null;
        if (known.Count >= MostKnown)
            known.Clear();
        return known[(installation, message)] = address;
    }

    // Not cancelled by the limit: what comes late is known the next time.
    Task<string?> SoonAsync(Func<Task<string?>> find, CancellationToken ct) =>
        new ResponseDeadline(SlackDeadlines.Link, clock).AnswerAsync(find(), null, ct);
}
