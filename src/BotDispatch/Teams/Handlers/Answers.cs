using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>
/// Shows an answer where it can be shown: in the dialog, in the place of the pressed card, or as a message. A person who waits for an
/// answer sees an error if none comes, so this also knows how much of their time is left.
/// </summary>
internal sealed class Answers(BackgroundWork background, Messages messages, TimeProvider clock, ILogger<Answers> log)
{
    const string Title = "Dispatch";

    /// <summary>Logs that answering broke.</summary>
    public void LogBroken(string exception, string? place) => log.AnsweringBroken(exception, place);

    /// <summary>Returns what the work returns; null, and a line in the log, where it throws.</summary>
    public Task<T?> UnbrokenAsync<T>(Func<CancellationToken, Task<T>> ask) where T : class? =>
        ResponseDeadline.UnbrokenAsync(() => ask(background.Stopping), log.AnsweringBroken, background.Stopping);

    /// <summary>Until when this person waits for an answer; null where a message answers them, for which there is time.</summary>
    public ResponseDeadline? DeadlineOf(TeamsCaller caller) =>
        caller.Surface is Surface.Message ? null : new(TeamsDeadlines.Answer, clock, caller.Begun);

    /// <summary>Waits for the work while this person can be left waiting, and says whether it is done. It goes on either way.</summary>
    public async Task<bool> IsInTimeAsync(TeamsCaller caller, Task work)
    {
        if (DeadlineOf(caller) is { } deadline)
            return await deadline.IsMetByAsync(work);
        await work;
        return true;
    }

    /// <summary>
    /// Whether what is decided now may come to Teams after the time that it waits. A message is posted whenever it is ready.
    /// </summary>
    public bool IsPerhapsTooLate(TeamsCaller caller) =>
        caller.Surface is not Surface.Message && new ResponseDeadline(TeamsDeadlines.PerhapsTooLate, clock, caller.Begun).HasPassed;

    /// <summary>Goes on with this after the delivery was answered.</summary>
    public TeamsReply Later(Func<CancellationToken, Task> work)
    {
        background.Run(work);
        return new TeamsReply.Nothing();
    }

    /// <summary>Says it to this person alone as soon as it is known; nothing where there is nothing to say.</summary>
    public void SayAloneLater(TeamsCaller caller, Func<Task<string?>> words) => background.Run(async stopping =>
    {
        if (await words() is { } text)
            await messages.SayAloneAsync(caller, text, stopping);
    });

    /// <summary>Says it to this person alone, by a message.</summary>
    public async Task<TeamsReply> SayAloneAsync(TeamsCaller caller, string text)
    {
        await messages.SayAloneAsync(caller, text, background.Stopping);
        return new TeamsReply.Nothing();
    }

    /// <summary>Shows a card: as the dialog, in the place of the card that was pressed, or as a message.</summary>
    public async Task<TeamsReply> ShowAsync(TeamsCaller caller, string title, WriteJson card)
    {
        switch (caller.Surface)
        {
            case Surface.Dialog:
                return new TeamsReply.Dialog(title, card);
            case Surface.Card:
                return new TeamsReply.CardAnswer(card);
            default:
                await messages.ShowAsync(caller, card, title, background.Stopping);
                return new TeamsReply.Nothing();
        }
    }

    /// <summary>Says something.</summary>
    public async Task<TeamsReply> SayAsync(TeamsCaller caller, string text)
    {
        switch (caller.Surface)
        {
            case Surface.Dialog:
                return new TeamsReply.Dialog(Title, NoticeDialog.Of(caller.Surface, text));
            case Surface.Card:
                return new TeamsReply.CardMessage(DialogParts.Message(text));
            default:
                await messages.SayAsync(caller, text, background.Stopping);
                return new TeamsReply.Nothing();
        }
    }

    /// <summary>Says something that can be answered by a button.</summary>
    public Task<TeamsReply> OfferAsync(TeamsCaller caller, string text, params IReadOnlyCollection<(string Title, WriteJson Data)> ways) =>
        ShowAsync(caller, Title, NoticeDialog.Of(caller.Surface, text, ways));
}
