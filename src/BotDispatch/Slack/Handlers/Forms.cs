using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>Takes the dialog when it is sent, and what is typed into its fields that ask us.</summary>
internal sealed class Forms(
    FormSubmitting submitting, Overview overview, Callers callers, Answers answers, Dialogs dialogs, HomePages homes, BackgroundWork background)
{
    /// <summary>Told afterwards, where the dialog's own answer came too late or may have.</summary>
    public const string Begun = "It has started. Its card shows how it goes.";

    const string NotHeard = "We do not know yet whether this has started: it took longer than Slack waits. Press Dispatch again; nothing starts twice.";
    const string Failed = "Something went wrong, and we do not know whether this has started. An administrator can find the reason in the log. Press Dispatch again; nothing starts twice.";

    /// <summary>The dialog was sent: it closes, shows what is wrong at its fields, or says why nothing was started.</summary>
    public async Task<SlackReply> SubmitAsync(SlackCaller caller, SlackView view, CancellationToken ct)
    {
        if (DialogContextCodec.Read(view.PrivateMetadata) is not { } kept)
            return new SlackReply.Update(NoticeView.Modal(new(ReplyText.FormIsForeign)));
        var certain = background.Deadline(SlackDeadlines.PerhapsTooLate);
        var sending = SendAsync(caller, kept, FilledIn(view));
        var linking = LinkAsync(caller, sending, ct);
        // A link that is not there in time is left out: without an answer the dialog would be lost.
        await answers.IsInTimeAsync(SlackDeadlines.Answer, linking);
        if (!sending.IsCompleted || certain.HasPassed)
            background.Run(stopping => TellAsync(caller, view, sending, stopping));
        if (!sending.IsCompleted)
            return Errors(FormView.PeopleBlock, NotHeard);
        if (await sending is not { } answer)
            return Errors(FormView.PeopleBlock, Failed);
        switch (answer)
        {
            case ChatReply.FieldErrors wrong:
                return new SlackReply.Errors(wrong.Errors);
            case ChatReply.Private no:
                return new SlackReply.Update(NoticeView.Modal(new(no.Text, linking.IsCompletedSuccessfully ? await linking : null)));
            default:
                homes.Draw(caller.Installation, caller.UserId);
                return new SlackReply.Nothing();
        }
    }

    /// <summary>Who may be meant by what was typed so far; nobody if that is not known soon.</summary>
    public async Task<SlackReply> SuggestAsync(SlackCaller caller, string actionId, string typed)
    {
        if (actionId != FormView.PeopleAction)
            return new SlackReply.Options([]);
        var finding = answers.UnbrokenAsync(stopping => overview.FindPeopleAsync(caller.Where, typed, Blocks.MostOptions, stopping));
        return new SlackReply.Options(await answers.IsInTimeAsync(SlackDeadlines.Answer, finding) && await finding is { } people ? FormView.Options(people) : []);
    }

    /// <summary>What stands in the fields.</summary>
    public static (ImmutableArray<EmployeeId> Picked, string? Note, ImmutableArray<string> AlsoIn) FilledIn(SlackView view) => (
        [.. Chosen(view, FormView.PeopleBlock, FormView.PeopleAction).Select(id => new EmployeeId(id))],
        view.State.TryGetValue((FormView.NoteBlock, FormView.NoteAction), out var note) ? note.Text : null,
        Chosen(view, FormView.AlsoInBlock, FormView.AlsoInAction));

    /// <summary>The keys of <paramref name="block"/> are ids of fields.</summary>
    public static SlackReply.Errors Errors(string block, string words) => new(ImmutableDictionary<string, string>.Empty.Add(block, words));

    static ImmutableArray<string> Chosen(SlackView view, string block, string action) =>
        view.State.TryGetValue((block, action), out var field) ? [.. field.Chosen.Where(each => each.Length > 0)] : [];

    // Goes on when Slack does not wait any more: the dialog sent again is then answered at once.
    Task<ChatReply?> SendAsync(SlackCaller caller, DialogContext kept, (ImmutableArray<EmployeeId> Picked, string? Note, ImmutableArray<string> AlsoIn) filled) =>
        answers.UnbrokenAsync<ChatReply?>(async stopping =>
        {
            var who = await callers.WhoAsync(caller, stopping);
            return await submitting.SubmitAsync(new(kept.FormId, who, kept.Channel, kept.Reference, filled.Picked, filled.Note, kept.Replaces, kept.Link, filled.AlsoIn), stopping);
        });

    // In the place of the dialog where it still stands open, else in private: whoever sent it must not stay in doubt whether phones ring.
    async Task TellAsync(SlackCaller caller, SlackView view, Task<ChatReply?> sending, CancellationToken ct)
    {
        if (await sending is not { } answer)
            return;
        // What is wrong at a field is corrected in the dialog, so that stays as it is.
        if (answer is ChatReply.FieldErrors wrong)
            await dialogs.SayAsideAsync(caller, string.Join('\n', wrong.Errors.Values), ct);
        else if (answer is ChatReply.Private no)
            await dialogs.SayInPlaceAsync(caller, view, no.Text, await answers.LinkAsync(caller, no.About, ct), ct);
        else
            await dialogs.SayInPlaceAsync(caller, view, Begun, null, ct);
    }

    async Task<string?> LinkAsync(SlackCaller caller, Task<ChatReply?> sending, CancellationToken ct) =>
        await sending is ChatReply.Private { About: { } about } ? await answers.LinkAsync(caller, about, ct) : null;
}
