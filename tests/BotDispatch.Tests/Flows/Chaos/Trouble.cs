using System.Net;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>One kind of trouble. It writes into the stage what it will do, drawn from the stage's own lot.</summary>
/// <param name="Name">One word, as <c>tests/run chaos --trouble</c> takes it.</param>
/// <param name="What">What it is, in a few words.</param>
/// <param name="Plan">Writes it down.</param>
internal sealed record Trouble(string Name, string What, Action<Stage> Plan)
{
    static readonly Trouble[] Simple =
    [
        new("tokens", "the token server or an order hangs for 1 to 150 s, people press meanwhile", Tokens),
        new("records", "keys and ends are lost, and the records fail, hang, lie behind or are garbage", Records),
        new("callbacks", "callbacks are lost, doubled, late and in disorder", Callbacks),
        new("floods", "floods of unsigned requests to every address", Floods.Plan),
        new("clocks", "the machine's clock is set ahead and back, by seconds to days, at any moment", Clocks),
        new("disks", "the database's disk is full, read-only, unsure or down, for seconds to minutes", Disks.Plan),
        new("links", "the database's path leads through symbolic links, which are changed under the process", Links.Plan),
        new("shifts", "people are away, and shifts begin and end while others are called", Shifts.Plan),
        new("crowds", "several dispatches at once to lists with people and telephones in common", Crowds.Plan),
        new("alerts", "Alertmanager repeats itself, for lists and for people, until each message is taken", Machines.Alerts),
        new("webhooks", "programs that get events fail, lose their answers or are not reached", Machines.Webhooks),
        new("tickets", "a ticket system goes down, loses answers and ignores changes, and somebody works on the ticket", Machines.Tickets),
        new("absences", "people go away, come back and take over from others in chat, while they are called", Absences.Plan),
        new("hangs", "webhooks and a ticket system take requests and never answer them", Machines.Hangs),
        new("storms", "many alerts begin and end within seconds, and the process dies again and again", Machines.Storms),
        new("deaths", "the process dies at any step, also twice in a row, and stays dead for a while", Deaths),
    ];

    /// <summary>Every kind, in the order of the table's rows.</summary>
    public static IReadOnlyList<Trouble> All { get; } =
    [
        .. Simple,
        new("mixed", "two or three of these together", stage =>
        {
            foreach (var trouble in Simple.OrderBy(_ => stage.Lot.Next()).Take(stage.Lot.Next(2, 4)).ToList())
                trouble.Plan(stage);
        }),
    ];

    static void Tokens(Stage stage)
    {
        for (var hangs = stage.Lot.Next(1, 3); hangs > 0; hangs--)
        {
            var (begins, lasts) = (stage.Between(0, 90), stage.Between(1, 150));
            if (stage.Chance(0.7))
            {
                // A token is held until it is refused or old; some find that out only with a call under way.
                stage.At(begins, $"the token server hangs for {lasts} s", () => (stage.World.Routee.HoldTokens, _) = (true, Revoke(stage)));
                stage.At(begins + lasts, "the token server answers", () => stage.World.Routee.HoldTokens = false);
            }
            else
            {
                stage.At(begins, $"orders hang for {lasts} s", () => stage.World.Routee.HoldOrders = true);
                stage.At(begins + lasts, "orders are taken", () => stage.World.Routee.HoldOrders = false);
            }
            for (var requests = stage.Lot.Next(0, 3); requests > 0; requests--)
                Scenario.PressSomething(stage, stage.Between(begins, begins + lasts));
        }
    }

    static bool Revoke(Stage stage)
    {
        if (stage.Chance(0.8))
            stage.World.Routee.RevokeTokens();
        return true;
    }

    static void Records(Stage stage)
    {
        var lost = stage.OneOf(LostKeyPosts.All, LostKeyPosts.All, LostKeyPosts.DuringCall, LostKeyPosts.EndOfCall);
        var isEndLost = stage.Chance(0.4);
        stage.At(0, $"lost: keys {lost}, final webhooks {isEndLost}", () =>
            (stage.World.Routee.Disorder.LoseKeyPosts, stage.World.Routee.Disorder.LoseFinalWebhook) = (lost, isEndLost));
        for (var times = stage.Lot.Next(1, 4); times > 0; times--)
        {
            var (kind, begins) = (stage.OneOf("503", "hang", "garbage", "not found", "behind"), stage.Between(0, 120));
            stage.At(begins, $"records: {kind}", () => SetRecords(stage.World, kind));
            stage.At(begins + stage.Between(5, 420), "records: as they should", () => SetRecords(stage.World, "good"));
        }
    }

    static void SetRecords(World world, string kind)
    {
        world.Routee.RecordsUnavailable = kind == "503";
        world.Routee.HoldRecords = kind == "hang";
        world.InsteadOfRoutee = kind != "garbage" ? null : request => request.RequestUri!.AbsolutePath.StartsWith("/voice/tracking", StringComparison.Ordinal)
            ? new(HttpStatusCode.OK) { Content = new StringContent("<html>Bad gateway</html>") }
            : null;
        world.Routee.Disorder.TrackingNotFoundFirst = kind == "not found" ? 1000 : 0;
        world.Routee.Disorder.TrackingLag = TimeSpan.FromSeconds(kind == "behind" ? 100_000 : 0);
    }

    static void Callbacks(Stage stage)
    {
        for (var second = 0.0; second < 150; second += stage.Between(3, 30))
        {
            var settings = string.Join(", ", Enumerable.Range(0, stage.Lot.Next(1, 4)).Select(_ => stage.OneOf(Flows.Settings.OfDisorder)));
            stage.At(second, settings, () =>
            {
                stage.World.Routee.Disorder = new();
                Flows.Settings.Apply(settings, stage.World.Routee);
            });
        }
        stage.At(400, "callbacks: as they should", () => stage.World.Routee.Disorder = new());
    }

    static void Clocks(Stage stage)
    {
        // The app's clock follows by half a percent: what it stores is not to the millisecond what the simulated clock shows.
        (stage.Precision, stage.LongestRun) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        for (var times = stage.Lot.Next(1, 5); times > 0; times--)
        {
            var (second, size) = (stage.Between(0, 180), stage.OneOf(stage.Between(1, 60), stage.Between(60, 3600), stage.Between(3600, 86_400)));
            var step = TimeSpan.FromSeconds(stage.Chance(0.5) ? size : -size);
            stage.At(second, $"the clock is set by {step}", () => stage.World.Machine.Set(step));
        }
    }

    static void Deaths(Stage stage)
    {
        for (var times = stage.Lot.Next(1, 5); times > 0; times--)
        {
            var second = stage.Between(0, 120);
            if (stage.Chance(0.25))
            {
                var dead = stage.Lot.Next(1, 90);
                stage.At(second, $"dead for {dead} s", () => DieForAsync(stage.World, dead));
                continue;
            }
            int[] lives = [stage.Lot.Next(1, 80), .. stage.Chance(0.5) ? [stage.Lot.Next(1, 40)] : Array.Empty<int>()];
            stage.At(second, $"dies in {string.Join(" steps, and the next life in ", lives)} steps", () => EndLives(stage, new(lives)));
        }
    }

    static void EndLives(Stage stage, Queue<int> lives)
    {
        stage.World.Life.EndIn(lives.Dequeue());
        stage.World.Begun = life =>
        {
            stage.Note("begins anew");
            if (lives.TryDequeue(out var steps))
                life.EndIn(steps);
        };
    }

    // While the process is dead only Routee and its phones go on.
    static async Task DieForAsync(World world, int seconds)
    {
        world.Life.Kill();
        for (var second = 0; second < seconds; second++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Routee.RunDueAsync();
        }
        await world.RestartAsync();
    }
}
