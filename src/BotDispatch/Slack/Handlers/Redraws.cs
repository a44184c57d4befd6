using BotDispatch.Chat;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>
/// Draws an open dialog again when people or the note change, so that the order and the spoken words follow. Each view is drawn once at a
/// time, and only as it is filled in last.
/// </summary>
internal sealed class Redraws(Dialogs dialogs, BackgroundWork background)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Wanted?> wanted = [];

    /// <summary>Draws this view as it is filled in now.</summary>
    /// <param name="installation">The installation whose token draws it.</param>
    /// <param name="view">The view as it came back.</param>
    /// <param name="context">What it belongs to.</param>
    /// <param name="answer">Decides what the dialog shows now.</param>
    public void Want(string installation, SlackView view, DialogContext context, Func<Task<ChatReply>> answer)
    {
        lock (gate)
        {
            var isDrawing = wanted.ContainsKey(view.Id);
            wanted[view.Id] = new(installation, view, context, answer);
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
            while (Next(viewId) is { } next)
                hash = await DrawAsync(next, hash, ct);
        }
        catch
        {
            lock (gate)
                wanted.Remove(viewId);
            throw;
        }
    }

    async Task<string?> DrawAsync(Wanted next, string? hash, CancellationToken ct)
    {
        if (await next.Answer() is not ChatReply.OpenForm(var form))
            return hash;
        var (open, drawn) = (new OpenView("view_id", next.View.Id), FormView.Of(form, next.Context));
        var answer = await dialogs.UpdateAsync(next.Installation, open, drawn, hash ?? next.View.Hash, ct);
        // The person pressed before our last drawing arrived there: this one is newer all the same.
        if (answer is SlackAnswer.Refused { Kind: Refusal.TooLate })
            answer = await dialogs.UpdateAsync(next.Installation, open, drawn.DeepClone().AsObject(), null, ct);
        return Dialogs.HashOf(answer) ?? hash;
    }

    /// <summary>The drawing that waits; null if none does, and then nobody draws this view any more.</summary>
    Wanted? Next(string viewId)
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

    sealed record Wanted(string Installation, SlackView View, DialogContext Context, Func<Task<ChatReply>> Answer);
}
