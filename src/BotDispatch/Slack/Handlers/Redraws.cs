using BotDispatch.Chat;
using BotDispatch.Ports;
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
        var (open, drawn) = (new OpenView("view_id", next.View.Id), FormView.Of(form, next.Context with { FormId = form.FormId }));
        var answer = await dialogs.UpdateAsync(next.Installation, open, drawn, hash ?? next.View.Hash, ct);
        // The person pressed before our last drawing arrived there: this one is newer all the same.
        if (answer is SlackAnswer.Refused { Kind: Refusal.TooLate })
            answer = await dialogs.UpdateAsync(next.Installation, open, drawn, null, ct);
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

/// <summary>Draws somebody's Home when they look at it and after what they did, at most once in a few seconds each.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/views.publish</remarks>
internal sealed class HomePages(Overview overview, Dialogs dialogs, ThreadLinks links, BackgroundWork background, TimeProvider clock)
{
    /// <summary>So long a page stands before it is drawn again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    readonly Lock gate = new();
    readonly Dictionary<(string Installation, string User), DateTimeOffset> drawn = [];
    readonly HashSet<(string Installation, string User)> waiting = [];

    /// <summary>Draws it soon. Several requests meanwhile are one.</summary>
    public void Draw(string installation, string user)
    {
        var page = (installation, user);
        TimeSpan wait;
        lock (gate)
        {
            if (user.Length == 0 || !waiting.Add(page))
                return;
            var now = clock.GetUtcNow();
            foreach (var (old, at) in drawn)
                if (at + Pause <= now)
                    drawn.Remove(old);
            wait = drawn.TryGetValue(page, out var last) ? last + Pause - now : TimeSpan.Zero;
        }
        background.Run(stopping => DrawAsync(page, wait, stopping));
    }

    async Task DrawAsync((string Installation, string User) page, TimeSpan wait, CancellationToken ct)
    {
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, ct);
        lock (gate)
        {
            waiting.Remove(page);
            drawn[page] = clock.GetUtcNow();
        }
        var home = await overview.LookAsync(
            SlackAddress.Channel(page.Installation, page.User), ct, SlackAddress.Person(page.Installation, page.User, ""));
        var threads = await Task.WhenAll(HomeView.Shown(home).Select(card => links.OfAsync(page.Installation, card.Id, ct)));
        await dialogs.PublishAsync(page.Installation, page.User, HomeView.Of(OnWall(home), threads, clock.WallNow), ct);
    }

    HomeContent OnWall(HomeContent home) => home with
    {
        Open = [.. home.Open.Select(card => clock.OnWall(card))],
        Accepted = [.. home.Accepted.Select(job => job with { Card = clock.OnWall(job.Card), Since = clock.OnWall(job.Since) })],
    };
}
