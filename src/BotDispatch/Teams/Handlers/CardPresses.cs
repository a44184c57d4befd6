using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>How a dispatch stands; null if there is none.</summary>
internal delegate Task<StoredDispatch?> FindDispatch(DispatchId dispatch, CancellationToken ct);

/// <summary>Has the card in the dispatch's <paramref name="n"/>th thread drawn for everybody once more, as it is then.</summary>
internal delegate Task DrawAgain(DispatchId dispatch, int n, CancellationToken ct);

/// <summary>Takes presses on a dispatch's card: whoever pressed sees the card as it is now, or why nothing was done.</summary>
// Ten, for it answers with the card as it is now too, and has it drawn for everybody where more happened meanwhile.
internal sealed class CardPresses(
    PressHandler presses, Answers answers, Dialogs dialogs, FindDispatch find, DrawAgain drawAgain, Tenancy tenancy, Workload workload,
    BackgroundWork background, Messages messages, [FromKeyedServices("dispatch-clock")] TimeProvider story)
{
    const string GoesOn = "This takes longer than Teams waits. It continues: the card will show the result.";
    const string Done = "It is done. The card shows it.";

    /// <summary>Somebody pressed it.</summary>
    public async Task<TeamsReply> HandleAsync(TeamsCaller caller, CardPress press)
    {
        if (press.Action is CardAction.Redispatch)
            return await dialogs.OpenAsync(caller, new DialogRequest(DialogRequestKind.Redispatch, press.Dispatch.Value, []));
        var asking = answers.AskAsync(stopping => presses.HandleAsync(
            new(caller.Who, caller.Where.Channel, press.Dispatch, press.Action, press.Callee, press.Round, new Delivery(caller.DeliveryId)), stopping));
        if (!await answers.IsInTimeAsync(caller, asking))
        {
            answers.SayAloneLater(caller, async () => (await asking as ChatReply.Private)?.Text);
            return await answers.SayAsync(caller, GoesOn);
        }
        return (await asking, caller.Surface) switch
        {
            // A message stands under the card, where everybody reads it.
            (ChatReply.Private words, Surface.Message) => await SayAloneAsync(caller, words.Text, background.Stopping),
            (ChatReply.Private words, _) => await answers.SayAsync(caller, words.Text),
            (_, Surface.Card) => await ShowAsync(caller, press.Dispatch),
            (_, Surface.Dialog) => await answers.SayAsync(caller, Done),
            _ => new TeamsReply.Nothing(),
        };
    }

    /// <summary>The card as it is now, for whoever looks at it; nothing where it cannot be told soon or is not theirs to see.</summary>
    public async Task<TeamsReply> ShowAsync(TeamsCaller caller, DispatchId dispatch)
    {
        var finding = answers.UnbrokenAsync(stopping => find(dispatch, stopping));
        if (!await answers.IsInTimeAsync(caller, finding) || await finding is not { State: var state } shown || !tenancy.IsKnownIn(state, caller.Where.Channel))
            return new TeamsReply.Nothing();
        var thread = state.ThreadIn(caller.Where.Channel);
        var card = await workload.CardOfAsync(state, thread ?? 0, background.Stopping);
        // One that its place did not take is followed elsewhere, and is the first thread's.
        background.RunAfter(TeamsDeadlines.HasArrived, stopping => MendAsync(shown, thread ?? 0, stopping));
        return new TeamsReply.CardAnswer(CardView.Draw(story.OnWall(card), story.WallNow, isElsewhere: thread is null));
    }

    /// <summary>The answer draws one client's card, an update everybody's, and a newer update may have come before an older answer.</summary>
    async Task MendAsync(StoredDispatch shown, int n, CancellationToken ct)
    {
        var id = shown.State.Plan.Id;
        if (await find(id, ct) is { } newest && newest.Seq > shown.Seq)
            await drawAgain(id, n, ct);
    }

    async Task<TeamsReply> SayAloneAsync(TeamsCaller caller, string words, CancellationToken ct)
    {
        await messages.SayAloneAsync(caller, words, ct);
        return new TeamsReply.Nothing();
    }
}
