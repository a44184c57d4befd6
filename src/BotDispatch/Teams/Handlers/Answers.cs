using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>Brings what the room Chat says to whoever asked, in the way that is open there, and watches the time: who waits for an answer sees an error when none comes.</summary>
internal sealed class Answers(BackgroundWork background, Messages messages, TimeProvider clock, ILogger<Answers> log)
{
    /// <summary>Said where something broke.</summary>
    public const string WentWrong = "Something went wrong, and we do not know whether it worked. Check with /dispatch list before you repeat it. An administrator can find the reason in the log.";

    const string Title = "Dispatch";

    /// <summary>Asks the room Chat. What breaks there is said too, and logged.</summary>
    public async Task<ChatReply> AskAsync(Func<CancellationToken, Task<ChatReply>> ask) =>
        await UnbrokenAsync(ask) ?? new ChatReply.Private(WentWrong);

    /// <summary>What that returns; null, and a line in the log, where it throws.</summary>
    public Task<T?> UnbrokenAsync<T>(Func<CancellationToken, Task<T>> ask) where T : class? =>
        ResponseDeadline.UnbrokenAsync(() => ask(background.Stopping), log.Broken, background.Stopping);

    /// <summary>Whether it is done while they can be left waiting. It goes on either way. For what is answered by a message there is time.</summary>
    public async Task<bool> IsInTimeAsync(TeamsCaller caller, Task task)
    {
        if (caller.Surface is not Surface.Message)
            return await new ResponseDeadline(TeamsDeadlines.Answer, clock, caller.Begun).IsMetByAsync(task);
        await task;
        return true;
    }

    /// <summary>Whether what is decided now may come to Teams after the time that it waits. A message is posted whenever it is ready.</summary>
    public bool IsPerhapsTooLate(TeamsCaller caller) =>
        caller.Surface is not Surface.Message && new ResponseDeadline(TeamsDeadlines.PerhapsTooLate, clock, caller.Begun).HasPassed;

    /// <summary>Says it to them alone as soon as it is known; nothing where there is nothing to say.</summary>
    public void SayAloneLater(TeamsCaller caller, Func<Task<string?>> words) => background.Run(async stopping =>
    {
        if (await words() is { } text)
            await messages.SayAloneAsync(caller, text, stopping);
    });

    /// <summary>Shows a card: as the dialog, in the place of the card that was pressed, or as a message.</summary>
    public async Task<TeamsReply> ShowAsync(TeamsCaller caller, string title, JsonObject card)
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

    /// <summary>Says something that can be answered.</summary>
    public Task<TeamsReply> OfferAsync(TeamsCaller caller, string text, params IEnumerable<(string Title, JsonObject Data)> ways) =>
        ShowAsync(caller, Title, NoticeDialog.Of(caller.Surface, text, ways));
}
