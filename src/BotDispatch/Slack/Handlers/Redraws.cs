using BotDispatch.Chat;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>Draws the dialog again when people or the note change, so that the order and what will be heard follow. One drawing at a time for each view, and only the newest.</summary>
internal sealed class Redraws(FormRedrawing redrawing, Dialogs dialogs, BackgroundWork background)
{
    readonly Lock gate = new();
    readonly Dictionary<string, (SlackCaller Caller, SlackView View)?> wanted = [];

    /// <summary>Draws this view as it is filled in now.</summary>
    public void Want(SlackCaller caller, SlackView view)
    {
        lock (gate)
        {
            var isDrawing = wanted.ContainsKey(view.Id);
            wanted[view.Id] = (caller, view);
            if (isDrawing)
                return;
        }
        background.Run(stopping => DrawAsync(view.Id, stopping));
    }

    async Task DrawAsync(string viewId, CancellationToken ct)
    {
        string? hash = null;
        try
        {
            while (Next(viewId) is var (caller, view))
                hash = await DrawAsync(caller, view, hash, ct);
        }
        catch
        {
            lock (gate)
                wanted.Remove(viewId);
            throw;
        }
    }

    async Task<string?> DrawAsync(SlackCaller caller, SlackView view, string? hash, CancellationToken ct)
    {
        if (DialogContextCodec.Read(view.PrivateMetadata) is not { } kept)
            return hash;
        var (picked, note, alsoIn) = Forms.FilledIn(view);
        var wish = new FormRedraw(kept.FormId, kept.Reference, picked, note, kept.Replaces, kept.Link, kept.Channel, alsoIn);
        if (await redrawing.AgainAsync(SlackAddress.Platform, wish, caller.WithoutHurry, ct) is not { } form)
            return hash;
        var (open, drawn) = (new OpenView("view_id", view.Id), FormView.Of(form, kept));
        var answer = await dialogs.UpdateAsync(caller.Installation, open, drawn, hash ?? view.Hash, ct);
        // Pressed before our last drawing had arrived there: this one is the newer all the same.
        if (answer is SlackAnswer.Refused { Kind: Refusal.TooLate })
            answer = await dialogs.UpdateAsync(caller.Installation, open, drawn.DeepClone().AsObject(), null, ct);
        return Dialogs.HashOf(answer) ?? hash;
    }

    /// <summary>What waits; null if nothing does, and then nobody draws this view any more.</summary>
    (SlackCaller Caller, SlackView View)? Next(string viewId)
    {
        lock (gate)
        {
            if (wanted.GetValueOrDefault(viewId) is not { } next)
            {
                wanted.Remove(viewId);
                return null;
            }
            wanted[viewId] = null;
            return next;
        }
    }
}
