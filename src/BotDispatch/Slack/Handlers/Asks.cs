using BotDispatch.Chat;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>Opens the view that asks what and where, and handles it when it is sent: it becomes the dialog.</summary>
internal sealed class Asks(ChatCommands commands, Callers callers, Answers answers, Dialogs dialogs, BackgroundWork background, TimeProvider clock)
{
    const int MostAtField = 250;

    /// <summary>Opens the view.</summary>
    public void Open(SlackCaller caller) => background.Run(stopping => dialogs.OpenAsync(caller, AskView.Draw(), stopping));

    /// <summary>The view was sent.</summary>
    public async Task<SlackReply> SubmitAsync(SlackCaller caller, SlackView view, CancellationToken ct)
    {
        var what = CommandText.Of(view.State.TryGetValue((AskView.WhatBlock, AskView.WhatAction), out var typed) ? typed.Text ?? "" : "");
        var channel = view.State.TryGetValue((AskView.WhereBlock, AskView.WhereAction), out var where) ? where.Text : null;
        if (channel is { Length: > 0 } && !channel.StartsWith('D'))
            caller = caller with { Where = SlackAddress.Channel(caller.Installation, channel) };

        var asking = answers.AskAsync(async stopping => await commands.CommandAsync(await callers.WhoAsync(caller, stopping), caller.Where, what, caller.WithoutHurry, stopping));
        if (await answers.IsInTimeAsync(SlackDeadlines.AskedView, asking))
            return await asking is ChatReply.Private { About: null, Text: { Length: <= MostAtField } mistake } && ChatCommands.MayOpenForm(what, [])
                ? Forms.Errors(AskView.WhatBlock, mistake)
                : new SlackReply.Update(await answers.ViewOfAsync(caller, await asking, ct));

        background.Run(async stopping =>
        {
            await Task.WhenAll(asking, Task.Delay(SlackDeadlines.ToBeShown, clock, stopping));
            await dialogs.ReplaceAsync(caller, new("view_id", view.Id), await answers.ViewOfAsync(caller, await asking, stopping), stopping);
        });
        return new SlackReply.Update(LoadingView.Of());
    }
}
