using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Posting;

namespace BotDispatch.Slack.Handlers;

/// <summary>Makes the surfaces of what Slack delivers, by HTTP and by sockets alike.</summary>
internal sealed class SlackSurfaces(
    IInstallations installations, Callers callers, Answers answers, HomePages homes, Redraws redraws, DuplicateCards duplicates,
    ILogger<SlackSurfaces> log) : ISurfaces<SlackDelivery, SlackReply>
{
    public IReplySurface<SlackReply> Of(SlackDelivery delivery) =>
        new SlackSurface(delivery, installations, callers, answers, homes, redraws, duplicates, log);
}

/// <summary>
/// How one delivery of Slack is answered: within the three seconds that Slack waits, or later in a view or a message to the person alone.
/// </summary>
// Seven classes and the delivery: each of the seven answers one kind of action, or finds out who did it.
internal sealed class SlackSurface(
    SlackDelivery delivery, IInstallations installations, Callers callers, Answers answers, HomePages homes, Redraws redraws,
    DuplicateCards duplicates, ILogger log) : IReplySurface<SlackReply>
{
    const int MostAtField = 250;
    const string NotInstalledHere =
        "This app cannot work in this workspace just now: it is not installed here, or Slack does not answer. Nothing was started. "
        + "Try again in a moment; if it fails again, ask an administrator to install the app.";

    const string OwnPeopleOnly =
        "This app answers only people of the organisation that installed it, and Slack does not show that you belong to it. "
        + "Nothing was done. Ask somebody of that organisation.";

    SlackCaller caller = null!;
    string written = "";
    ResponseDeadline? waits;
    ResponseDeadline? certain;

    public ChatChannel Where => caller.Where;

    public async Task<Prepared<SlackReply>> PrepareAsync(ChatAction action, CancellationToken ct)
    {
        if (action is ChatAction.Unknown)
            return new SlackReply.Nothing();
        if (await installations.LocateAsync(delivery.From.Team, delivery.From.Enterprise, ct) is not { } installation)
        {
            if (installations.Trouble is { } trouble)
                log.WorkspaceNotKnown(action.GetType().Name, delivery.From.Team, delivery.From.Enterprise, trouble);
            else
                log.NotInstalledThere(action.GetType().Name, delivery.From.Team, delivery.From.Enterprise);
            return NotHere();
        }
        caller = SlackCaller.Of(delivery, installation);
        var prepared = action is ChatAction.Mentioned it ? await WrittenToBotAsync(it, ct) : action;
        if (prepared.Action is null || !await callers.IsRefusedAsync(caller, delivery, ct))
            return prepared;
        log.OfAnotherOrganisation(action.GetType().Name, installation, delivery.HomeTeam);
        return OwnPeople();
    }

    public async Task<(Person Who, ChatAction Action)> ReadAsync(ChatAction action, CancellationToken ct)
    {
        // Nothing of the rest is ever signed with a name.
        if (action is not (ChatAction.Command or ChatAction.Mentioned or ChatAction.MessageChosen or ChatAction.Asked or ChatAction.Press
            or ChatAction.Submit))
            return (SlackAddress.Person(caller.Installation, caller.UserId, caller.UserName), action);
        var linking = action is ChatAction.MessageChosen && delivery.Message is { } message
            ? answers.LinkAsync(caller, message, ct)
            : Task.FromResult<string?>(null);
        var who = await callers.WhoAsync(caller, ct);
        return (who, action switch
        {
            ChatAction.Command it => it with { Mentions = await callers.NamedAsync(caller, it.Mentions, ct) },
            ChatAction.Mentioned it => it with { Mentions = await callers.NamedAsync(caller, it.Mentions, ct) },
            ChatAction.MessageChosen it => it with { Text = await NamedAsync(it, ct), Mentions = [], Link = await linking },
            _ => action,
        });
    }

    public Delivery DeliveryOf(ChatAction action) => action.IsPlainPress ? new(delivery.Id) : new(delivery.Id, Delivery.WithoutHurry);

    public ResponseDeadline? Waits(ChatAction action)
    {
        certain = answers.Deadline(SlackDeadlines.PerhapsTooLate);
        return waits = action switch
        {
            // They are answered by a message, and by a view that is drawn again.
            ChatAction.Mentioned or ChatAction.Redraw => null,
            ChatAction.Asked => answers.Deadline(SlackDeadlines.AskedView),
            _ when OpensDialog(action) => answers.Deadline(SlackDeadlines.LoadingView),
            ChatAction.Command => answers.Deadline(SlackDeadlines.LoadingView),
            _ => answers.Deadline(SlackDeadlines.Answer),
        };
    }

    public async Task<SlackReply> ShowAsync(ChatAction action, ChatReply answer, CancellationToken ct)
    {
        switch (action)
        {
            case ChatAction.Submit or ChatAction.Unreadable:
                return AtItsBlock(await SentAsync(answer, ct));
            case ChatAction.Asked asked:
                return answer is ChatReply.Private { Text: { Length: <= MostAtField } mistake } && ChatCommands.IsMistake(asked, answer)
                    ? Answers.Errors(AskView.WhatBlock, mistake)
                    : await answers.AskedAsync(caller, answer, ct);
            case ChatAction.Search:
                return new SlackReply.Options(FormView.Options(answer is ChatReply.People(var found) ? found : []));
            case ChatAction.Ask:
                return answers.Ask(caller);
            case ChatAction.HomeOpened:
                homes.Draw(caller.Installation, caller.UserId);
                return new SlackReply.Nothing();
            case ChatAction.Removed:
                await RemovedAsync(ct);
                return new SlackReply.Nothing();
            case ChatAction.Press press:
                homes.Draw(caller.Installation, caller.UserId);
                var reply = await answers.ShowAsync(caller, answer, mayReply: false, ct);
                DeleteDuplicate(press);
                return reply;
            default:
                return await answers.ShowAsync(caller, answer, mayReply: delivery.Kind is PayloadKind.Command, ct);
        }
    }

    public Task<SlackReply> NotReadyAsync(ChatAction action, Func<Task<ChatReply>> answer) => Task.FromResult(NotReady(action, answer));

    public void LogBroken(string exception, string? place) => answers.LogBroken(exception, place);

    SlackReply NotReady(ChatAction action, Func<Task<ChatReply>> answer)
    {
        switch (action)
        {
            case ChatAction.Mentioned:
                return answers.OfferLater(caller, written, answer);
            case ChatAction.Redraw it:
                redraws.Want(caller.Installation, delivery.View!, it.Context, answer);
                return new SlackReply.Nothing();
            case ChatAction.Submit:
                answers.TellLater(caller, delivery.View!, answer);
                return AtItsBlock(Answers.SentLater());
            case ChatAction.Asked:
                return answers.AskedLater(caller, delivery.View!.Id, answer);
            case ChatAction.Search:
                return new SlackReply.Options(FormView.Options([]));
            case ChatAction.Press press:
                DeleteDuplicate(press);
                answer = AndDrawHome(answer());
                break;
        }
        return OpensDialog(action) ? answers.Load(caller, answer) : answers.SayLater(caller, answer);
    }

    // Slack shows an error at the block with that id, and drops the whole answer if there is none.
    SlackReply AtItsBlock(SlackReply reply) => reply is SlackReply.Errors(var errors) && delivery.View is { } view
        ? new SlackReply.Errors(errors.ToImmutableDictionary(
            each => each.Key == FormView.PeopleBlock ? ViewReader.PeopleBlockOf(view) : each.Key, each => each.Value))
        : reply;

    async Task<SlackReply> SentAsync(ChatReply answer, CancellationToken ct)
    {
        var reply = await answers.SentAsync(caller, answer, waits!, ct);
        // A reply that was decided so late may come to Slack too late, so it is said once more.
        if (certain!.HasPassed && delivery.View is { } view)
            answers.TellLater(caller, view, () => Task.FromResult(answer));
        if (answer is ChatReply.Started)
            homes.Draw(caller.Installation, caller.UserId);
        return reply;
    }

    Func<Task<ChatReply>> AndDrawHome(Task<ChatReply> asking)
    {
        var drawing = DrawAsync();
        return () => drawing;

        async Task<ChatReply> DrawAsync()
        {
            var answer = await asking;
            homes.Draw(caller.Installation, caller.UserId);
            return answer;
        }
    }

    // The person must not believe that it was done, and a dialog that nobody handles stays open.
    SlackReply NotHere() => delivery.Kind switch
    {
        PayloadKind.Command => new SlackReply.Message(NoticeView.Message(new(NotInstalledHere))),
        PayloadKind.Submission => new SlackReply.Failed(),
        _ => new SlackReply.Nothing(),
    };

    SlackReply OwnPeople() => delivery switch
    {
        { Kind: PayloadKind.Submission } => new SlackReply.Update(NoticeView.Modal(new(OwnPeopleOnly))),
        { Kind: PayloadKind.Suggestion } => new SlackReply.Options(FormView.Options([])),
        { View: not null } => new SlackReply.Nothing(),
        _ => answers.SayLater(caller, static () => Task.FromResult<ChatReply>(new ChatReply.Private(OwnPeopleOnly))),
    };

    // A person who is only quoted, or named in what a preview shows, is not spoken to.
    async Task<Prepared<SlackReply>> WrittenToBotAsync(ChatAction.Mentioned it, CancellationToken ct)
    {
        if (caller.UserId.Length == 0
            || await installations.FindAsync(caller.Installation, ct) is not { } app
            || caller.UserId == app.BotUserId
            || SlackMarkup.WrittenTo(app.BotUserId, delivery.Text) is not { } own)
            return new SlackReply.Nothing();
        written = own;
        var typed = SlackMarkup.Read(own);
        return it with { Text = typed.Text, Mentions = typed.Mentions };
    }

    async Task<string> NamedAsync(ChatAction.MessageChosen it, CancellationToken ct) =>
        (await callers.NamedAsync(caller, it.Mentions, ct)).Aggregate(
            it.Text, (text, each) => text.Replace(each.Token, "@" + each.Person.Name, StringComparison.Ordinal));

    async Task RemovedAsync(CancellationToken ct)
    {
        var installation = caller.Installation;
        // A workspace that removes the app does not speak for the organisation that has it as well.
        if (delivery.From.Team is { } team && team != installation)
            return;
        if (delivery.RevokedBots is { } bots
            && (await installations.FindAsync(installation, ct) is not { } app
                || (app.BotUserId.Length == 0 ? bots.IsEmpty : !bots.Contains(app.BotUserId))))
            return;
        await installations.ForgetAsync(installation, ct);
        log.Forgotten(installation);
    }

    void DeleteDuplicate(ChatAction.Press press)
    {
        if (delivery.Message is { } message)
            answers.Later(stopping => duplicates.DeleteAsync(caller.Installation, press.Button.Dispatch, message, stopping));
    }

    bool OpensDialog(ChatAction action) => action switch
    {
        ChatAction.Command it => delivery.Kind is not PayloadKind.Command || ChatCommands.MayOpenForm(it.Text, it.Mentions),
        ChatAction.Press => !action.IsPlainPress,
        _ => action is ChatAction.MessageChosen,
    };
}
