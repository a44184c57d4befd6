using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;

namespace BotDispatch.Slack.Handlers;

/// <summary>Takes what is written to the bot in a channel as a command, and answers in private at that place. No dialog opens from a message, so a button is offered that opens it.</summary>
internal sealed class Mentions(ChatCommands commands, IInstallations installations, Callers callers, Answers answers, EphemeralMessages ephemerals, ThreadLinks links, BackgroundWork background)
{
    /// <summary>The button that opens the dialog; its value is what was written.</summary>
    public const string OpenAction = "mention_open";

    const int MostValue = 2000;

    /// <summary>Somebody wrote to the bot.</summary>
    public async Task HandleAsync(SlackCaller caller, SlackDelivery.Mentioned it, CancellationToken ct)
    {
        if (caller.UserId.Length == 0 || await installations.FindAsync(caller.Installation, ct) is not { } app || caller.UserId == app.BotUserId)
            return;
        // Who is only quoted, or named in what a preview shows, is not spoken to.
        if (SlackMarkup.WrittenTo(app.BotUserId, it.Text) is not { } written)
            return;
        background.Run(async stopping =>
        {
            var answer = await answers.AskAsync(token => CommandAsync(caller, written, token));
            await ephemerals.SayAsync(caller, answer switch
            {
                ChatReply.OpenForm when written.Length > MostValue => new("This is too long to dispatch from a message. Shorten it, or type /dispatch in the channel."),
                ChatReply.OpenForm(var form) => new(
                    $"{PlainWords.Shortened(PlainWords.OneLine(form.Ticket.IsFreeText ? form.Ticket.Title : $"{form.Ticket.Reference} {form.Ticket.Title}"), 150).Isolated()}: choose whom to phone.",
                    Button: Blocks.Button(OpenAction, "Open the dialog", written, "primary")),
                ChatReply.Private words => new(words.Text, await links.OfAsync(caller.Installation, words.About, stopping)),
                _ => new EphemeralMessage("This was already done."),
            }, stopping);
        });
    }

    /// <summary>The button was pressed: the same as the command typed there.</summary>
    public Task<SlackReply> OpenAsync(SlackCaller caller, string written, CancellationToken ct) =>
        answers.WithDialogAsync(caller, answers.AskAsync(stopping => CommandAsync(caller, written, stopping)), mayReply: false, ct);

    async Task<ChatReply> CommandAsync(SlackCaller caller, string written, CancellationToken ct)
    {
        var who = await callers.WhoAsync(caller, ct);
        var (text, mentions) = await callers.ReadAsync(caller, written, ct);
        return await commands.CommandAsync(who, caller.Where, CommandText.Of(text), mentions, caller.WithoutHurry, ct);
    }
}
