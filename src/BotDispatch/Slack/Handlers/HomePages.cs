using BotDispatch.Chat;
using BotDispatch.Ports;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Handlers;

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
