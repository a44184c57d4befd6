using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Posting;

namespace BotDispatch.Slack.Handlers;

/// <summary>Handles whatever Slack delivers, and answers it in the time that Slack waits.</summary>
// Fourteen, for Slack delivers eleven kinds by one way: each is handed to the one of these that handles it.
internal sealed class SlackHandler(
    IInstallations installations, ChatCommands commands, PressHandler presses, Callers callers, Answers answers, Forms forms, Redraws redraws, Asks asks,
    Mentions mentions, HomePages homes, ThreadLinks links, DuplicateCards duplicates, BackgroundWork background, ILogger<SlackHandler> log)
{
    public const string MessageShortcut = "dispatch_message";
    public const string AnywhereShortcut = "dispatch_anywhere";

    const string NotInstalledHere = "This app cannot work in this workspace just now: it is not installed here, or Slack does not answer. Nothing was started. Try again in a moment; if it fails again, ask an administrator to install the app.";

    /// <summary>Takes one delivery.</summary>
    public async Task<SlackReply> HandleAsync(SlackDelivery delivery, CancellationToken ct)
    {
        if (delivery is SlackDelivery.Unknown or SlackDelivery.Closed)
            return new SlackReply.Nothing();
        if (await installations.LocateAsync(delivery.From.Team, delivery.From.Enterprise, ct) is not { } installation)
        {
            log.NotInstalled(delivery.GetType().Name, delivery.From.Team, delivery.From.Enterprise);
            return NotHere(delivery);
        }
        var caller = SlackCaller.Of(delivery, installation);
        switch (delivery)
        {
            case SlackDelivery.Command it:
                return await CommandAsync(caller, it.Text, ct);
            case SlackDelivery.Press it:
                return await PressAsync(caller, it, ct);
            case SlackDelivery.Submission { View: { CallbackId: FormView.CallbackId } view }:
                return await forms.SubmitAsync(caller, view, ct);
            case SlackDelivery.Submission { View: { CallbackId: AskView.CallbackId } view }:
                return await asks.SubmitAsync(caller, view, ct);
            case SlackDelivery.Suggestion it:
                return await forms.SuggestAsync(caller, it.ActionId, it.Typed);
            case SlackDelivery.MessageShortcut { CallbackId: MessageShortcut } it:
                return await answers.WithDialogAsync(caller, answers.AskAsync(stopping => MessageAsync(caller, it, stopping)), mayReply: false, ct);
            case SlackDelivery.Shortcut { CallbackId: AnywhereShortcut }:
                asks.Open(caller);
                break;
            case SlackDelivery.HomeOpened:
                homes.Draw(installation, caller.UserId);
                break;
            case SlackDelivery.Mentioned it:
                await mentions.HandleAsync(caller, it, ct);
                break;
            case SlackDelivery.Uninstalled or SlackDelivery.TokensRevoked when !IsOf(installation, delivery.From):
                break;
            case SlackDelivery.Uninstalled:
                await ForgetAsync(installation, ct);
                break;
            case SlackDelivery.TokensRevoked it when await installations.FindAsync(installation, ct) is { } app && (app.BotUserId.Length == 0 ? it.BotUsers.Length > 0 : it.BotUsers.Contains(app.BotUserId)):
                await ForgetAsync(installation, ct);
                break;
        }
        return new SlackReply.Nothing();
    }

    // Whoever waits must not believe that it was done, and a dialog that nobody takes stays open.
    static SlackReply NotHere(SlackDelivery delivery) => delivery switch
    {
        SlackDelivery.Command => new SlackReply.Message(NoticeView.Message(new(NotInstalledHere))),
        SlackDelivery.Submission => new SlackReply.Failed(),
        _ => new SlackReply.Nothing(),
    };

    // A workspace that removes the app does not speak for the organisation that has it as well.
    static bool IsOf(string installation, SlackOrigin from) => from.Team is null || from.Team == installation;

    async Task<SlackReply> CommandAsync(SlackCaller caller, string escaped, CancellationToken ct)
    {
        var asking = answers.AskAsync(async stopping =>
        {
            var who = await callers.WhoAsync(caller, stopping);
            var (text, mentioned) = await callers.ReadAsync(caller, escaped, stopping);
            return await commands.CommandAsync(who, caller.Where, text, mentioned, caller.WithoutHurry, stopping);
        });
        // Names matter only to the answer: a mention stays one, whoever it is of.
        var typed = SlackMarkup.Read(escaped);
        var mayOpen = ChatCommands.MayOpenForm(typed.Text, [.. typed.Mentions.Select(each => new Mention(each.Token, SlackAddress.Person(caller.Installation, each.UserId, each.Name)))]);
        return mayOpen
            ? await answers.WithDialogAsync(caller, asking, mayReply: true, ct)
            : await answers.WithWordsAsync(caller, asking, SlackDeadlines.LoadingView, mayReply: true, ct);
    }

    async Task<SlackReply> PressAsync(SlackCaller caller, SlackDelivery.Press it, CancellationToken ct)
    {
        switch (it)
        {
            case { ActionId: FormView.PeopleAction or FormView.NoteAction, View: { CallbackId: FormView.CallbackId } view }:
                redraws.Want(caller, view);
                return new SlackReply.Nothing();
            case { ActionId: HomeView.BeginAction }:
                asks.Open(caller);
                return new SlackReply.Nothing();
            case { ActionId: Mentions.OpenAction, Value: { } written }:
                return await mentions.OpenAsync(caller, written, ct);
        }
        if (CardPressCodec.Read(it.ActionId, it.Value) is not { } press)
            return new SlackReply.Nothing();
        var reply = await CardAsync(caller, press, ct);
        if (it.Message is { } message)
            background.Run(stopping => duplicates.DeleteAsync(caller.Installation, press.Dispatch, message, stopping));
        return reply;
    }

    async Task<SlackReply> CardAsync(SlackCaller caller, CardPress press, CancellationToken ct)
    {
        var opens = press.Action is CardAction.Redispatch;
        var asking = answers.AskAsync(async stopping =>
        {
            var who = await callers.WhoAsync(caller, stopping);
            var answer = await presses.HandleAsync(
                new(who, caller.Where, press.Dispatch, press.Action, press.Callee, press.Round, opens ? caller.WithoutHurry : caller.Briefly), stopping);
            homes.Draw(caller.Installation, caller.UserId);
            return answer;
        });
        return opens
            ? await answers.WithDialogAsync(caller, asking, mayReply: false, ct)
            : await answers.WithWordsAsync(caller, asking, SlackDeadlines.Answer, mayReply: false, ct);
    }

    async Task<ChatReply> MessageAsync(SlackCaller caller, SlackDelivery.MessageShortcut it, CancellationToken ct)
    {
        var linking = links.OfAsync(caller.Installation, it.Message, ct);
        var who = await callers.WhoAsync(caller, ct);
        return await commands.MessageAsync(who, caller.Where, await callers.PlainAsync(caller, it.Text, ct), await linking, caller.WithoutHurry, ct);
    }

    async Task ForgetAsync(string installation, CancellationToken ct)
    {
        await installations.ForgetAsync(installation, ct);
        log.Forgotten(installation);
    }
}
