using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Alerts;
using BotDispatch.Api;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;
using BotDispatch.Tests.Flows.Tickets;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>The programs around the dispatches: a monitoring system that repeats itself, webhooks that fail, a ticket system that goes down.</summary>
internal static partial class Machines
{
    const string NewTitle = "Lift 3 is stuck";

    /// <summary>Returns a line of a thread as it was before the ticket got another title.</summary>
    public static string BeforeRenaming(string line) => line.Replace(NewTitle, "Lift 2 is stuck", StringComparison.Ordinal);

    /// <summary>Alertmanager announces alerts again and again, and their ends, until each message is taken.</summary>
    public static void Alerts(Stage stage) => Alerts(stage, stage.Lot.Next(1, 4), within: 60);

    static void Alerts(Stage stage, int alerts, double within)
    {
        var monitoring = stage.Only(() => BeginAlerts(stage));
        for (var number = alerts; number > 0; number--)
        {
            var (fingerprint, team) = ($"f{++monitoring.Alerts}", stage.OneOf("lifts", "doors"));
            var begins = stage.Between(1, within);
            stage.At(begins, $"alert {fingerprint} of {team} fires", () => monitoring.SetAsync(fingerprint, team, isFiring: true));
            for (var times = stage.Lot.Next(0, 4); times > 0; times--)
                stage.At(stage.Between(begins, begins + 200), "Alertmanager repeats itself", monitoring.SendAsync);
            if (stage.Chance(0.5))
                stage.At(begins + stage.Between(1, 150), $"alert {fingerprint} has ended", () => monitoring.SetAsync(fingerprint, team, isFiring: false));
        }
    }

    static Monitoring BeginAlerts(Stage stage)
    {
        stage.Settings["Api:Channel"] = $"{RecordingChat.Platform}:operations";
        stage.AddLists("- list: lifts\n  members: [priya.nair, jonas.weber]\n");
        stage.Settings["Alerts:Routes"] = stage.Keep(new TemporaryFile("routes.yaml", "- match: { team: lifts }\n  to: lifts\n- people: [ann.lee, marcus.reed]\n")).FilePath;
        var monitoring = new Monitoring(stage);
        stage.Loops.Add(monitoring.GoOnAsync);
        stage.Checks.Add(monitoring.CheckAsync);
        return monitoring;
    }

    /// <summary>Alertmanager announces many alerts within seconds, for many people or for few, while the process is killed again and again.</summary>
    public static void Storms(Stage stage)
    {
        Alerts(stage, stage.Lot.Next(5, 13), within: 8);
        for (var times = stage.Lot.Next(2, 7); times > 0; times--)
        {
            var steps = stage.Lot.Next(1, 60);
            stage.At(stage.Between(0.5, 12), $"dies in {steps} steps", () => stage.World.Life.EndIn(steps));
        }
    }

    /// <summary>Two webhooks, one of which fails for a while, loses its answers, or is not reached.</summary>
    public static void Webhooks(Stage stage) => Webhooks(stage, "503", "lost", "down");

    /// <summary>Two webhooks and a ticket system that take requests and do not answer them, before or after they did what they were asked to do.</summary>
    public static void Hangs(Stage stage)
    {
        Webhooks(stage, "hangs", "hangs after it");
        Tickets(stage, "hangs", "hangs after it");
    }

    static void Webhooks(Stage stage, params string[] troubles)
    {
        var receiver = stage.Only(() => BeginWebhooks(stage));
        for (var times = stage.Lot.Next(1, 4); times > 0; times--)
        {
            var (host, how, begins) = (stage.OneOf("ops", "pager") + ".example.com", stage.OneOf(troubles), stage.Between(0, 90));
            stage.At(begins, $"{host}: {how}", () => receiver.Trouble[host] = how);
            stage.At(begins + stage.Between(1, 60), $"{host}: as it should", () => receiver.Trouble.Remove(host));
        }
    }

    static Receiver BeginWebhooks(Stage stage)
    {
        var receiver = new Receiver();
        foreach (var name in (string[])["ops", "pager"])
        {
            stage.Settings[$"Webhooks:Address:{name}"] = $"https://{name}.example.com/";
            stage.Settings[$"Webhooks:Secret:{name}"] = "whsec_" + Convert.ToBase64String(new byte[32]);
        }
        stage.Begins.Add(world => Answer(world, address => address.Host.EndsWith(".example.com", StringComparison.Ordinal), receiver));
        stage.Checks.Add(async () =>
        {
            foreach (var id in stage.Dispatches)
            {
                var state = await stage.World.StateAsync(id);
                var events = await stage.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default);
                var wanted = events.Where(each => EventViews.Of(state, each) is not null).Select(each => each.Seq).ToList();
                foreach (var host in (string[])["ops.example.com", "pager.example.com"])
                {
                    var got = receiver.Got.Where(each => each.Host == host && each.Dispatch == id.Value).Select(each => each.Seq).Distinct().ToList();
                    if (!got.SequenceEqual(wanted))
                        stage.Break(Promise.WebhookMissed, $"{host} got {string.Join(' ', got)} of {id}, and not {string.Join(' ', wanted)}");
                }
            }
        });
        return receiver;
    }

    /// <summary>A dispatch of a ticket in Redmine, which goes down, loses answers and keeps what it was asked to change; somebody works on the ticket meanwhile.</summary>
    public static void Tickets(Stage stage) => Tickets(stage, "refuses", "loses answers", "keeps its status", "is half down");

    static void Tickets(Stage stage, params string[] troubles)
    {
        var redmine = stage.Only(() => BeginTickets(stage));
        for (var times = stage.Lot.Next(1, 5); times > 0; times--)
        {
            var (what, count) = (stage.OneOf(troubles), stage.Lot.Next(1, 6));
            var begins = stage.Between(1, 120);
            stage.At(begins, $"Redmine {what} ({count})", () => (redmine.Refusals, redmine.AnswersToLose, redmine.KeepsStatus, redmine.IsTextDown, redmine.Hangs) =
                (what == "refuses" ? count : 0, what == "loses answers" ? count : 0, what == "keeps its status", what == "is half down",
                    what == "hangs" ? RedmineHang.Before : what == "hangs after it" ? RedmineHang.After : RedmineHang.Never));
            stage.At(begins + stage.Between(5, 60), "Redmine: as it should", () => (redmine.Refusals, redmine.AnswersToLose, redmine.KeepsStatus, redmine.IsTextDown, redmine.Hangs) = (0, 0, false, false, RedmineHang.Never));
        }
    }

    static PretendRedmine BeginTickets(Stage stage)
    {
        var redmine = new PretendRedmine();
        stage.Settings["Tickets:Redmine:BaseAddress"] = PretendRedmine.Address;
        stage.Settings["Tickets:Redmine:ApiKey"] = "key";
        stage.Settings["Tickets:Redmine:WriteNotes"] = "true";
        stage.Settings["Tickets:Redmine:StatusOnAccepted"] = "In Progress";
        stage.Begins.Add(world => Answer(world, address => address.AbsolutePath.StartsWith("/redmine/", StringComparison.Ordinal), redmine));
        string[] called = [.. Scenario.People.OrderBy(_ => stage.Lot.Next()).Take(2)];
        stage.At(0, $"a dispatch of #7 to {string.Join(", ", called)}", async () => stage.Dispatches.Add(await Scenario.BeginAsync(stage, "#7", called)));
        if (stage.Chance(0.6))
        {
            var change = stage.OneOf("closed", "given to somebody", "lowered", "renamed");
            stage.At(stage.Between(5, 150), $"#7 is {change}", () => redmine.Change("Eve Adams", change == "closed" ? "Closed" : null,
                change == "given to somebody" ? 44 : null, change == "lowered" ? "Low" : null, change == "renamed" ? NewTitle : null));
        }
        // A look may wait for time, and the app's own loop does nothing else meanwhile.
        var (look, of) = (Task.CompletedTask, (BotDispatchApp?)null);
        stage.Loops.Add(async () =>
        {
            if (look.IsCompleted || of != stage.World.App)
                (look, of) = (stage.World.App.Get<TicketWatch>().LookAsync(default), stage.World.App);
            await stage.World.RestAsync(look, () => look.IsCompleted, () => stage.World.Clock.NextTimer is not null);
            if (look.IsCompleted)
                await look;
        });
        stage.Checks.Add(() =>
        {
            foreach (var mark in redmine.Notes.Select(note => Mark().Match(note).Value).Where(mark => mark.Length > 0).GroupBy(mark => mark).Where(same => same.Count() > 1))
                stage.Break(Promise.NoteTwice, $"{mark.Key} is in {mark.Count()} notes");
            return Task.CompletedTask;
        });
        return redmine;
    }

    static void Answer(World world, Func<Uri, bool> isFor, HttpMessageHandler handler)
    {
        var before = world.Elsewhere;
        world.Elsewhere = address => isFor(address) ? handler : before(address);
    }

    [GeneratedRegex(@"\[BotDispatch [^\]]+\]")]
    private static partial Regex Mark();

    /// <summary>Alertmanager: each message has every alert that fires, and those whose end was not taken yet.</summary>
    sealed class Monitoring(Stage stage)
    {
        readonly SortedDictionary<string, (string Team, bool IsFiring)> alerts = new(StringComparer.Ordinal);
        readonly HashSet<string> taken = [];
        readonly HashSet<string> ended = [];
        string? key;
        bool owes;

        /// <summary>How many alerts there are.</summary>
        public int Alerts { get; set; }

        public Task SetAsync(string fingerprint, string team, bool isFiring)
        {
            alerts[fingerprint] = (team, isFiring);
            if (!isFiring)
                ended.Add(fingerprint);
            return SendAsync();
        }

        public async Task SendAsync()
        {
            owes = true;
            var sent = alerts.ToList();
            key ??= await MakeKeyAsync();
            using var door = new HttpMessageInvoker(stage.World.Door);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(BotDispatchApp.Address), "/api/alerts/alertmanager"));
            request.Headers.Authorization = new("Bearer", key);
            request.Content = new StringContent(JsonSerializer.Serialize(new
            {
                alerts = sent.Select(each => new
                {
                    status = each.Value.IsFiring ? "firing" : "resolved",
                    labels = new { alertname = "LiftStuck", team = each.Value.Team },
                    annotations = new { summary = $"{Promises.PrivateTicket} {each.Key}" },
                    startsAt = "2026-01-05T09:00:00.123456789Z",
                    fingerprint = each.Key,
                }),
            }), Encoding.UTF8, "application/json");
            using var answer = await door.SendAsync(request, default);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                owes = false;
                foreach (var (fingerprint, (_, isFiring)) in sent)
                    if (isFiring)
                        taken.Add(fingerprint);
                    else
                        alerts.Remove(fingerprint);
            }
            else if ((int)answer.StatusCode < 500)
                stage.Break(Promise.Surprise, $"an alert is answered with {(int)answer.StatusCode}");
        }

        public async Task GoOnAsync()
        {
            if (owes)
                await SendAsync();
            await stage.World.App.Get<AlertRunner>().RunDueAsync(default);
            foreach (var state in await stage.World.App.Engine.ListNewestAsync(null, 100, default))
                if (!stage.Dispatches.Contains(state.Plan.Id))
                    stage.Dispatches.Add(state.Plan.Id);
        }

        public async Task CheckAsync()
        {
            var titles = (await stage.World.App.Engine.ListNewestAsync(null, 100, default)).Select(each => each.Plan.Ticket.Title).ToList();
            foreach (var fingerprint in taken.Concat(ended).Distinct())
                if (titles.Count(title => title == $"{Promises.PrivateTicket} {fingerprint}") is var count
                    && (count > 1 || (count == 0 && taken.Contains(fingerprint) && !ended.Contains(fingerprint))))
                    stage.Break(Promise.AlertTwice, $"{count} dispatches of alert {fingerprint}");
        }

        async Task<string> MakeKeyAsync()
        {
            var (id, text) = ApiKey.Create();
            var now = stage.World.App.Get<TimeProvider>().GetUtcNow();
            await stage.World.App.Get<ApiKeyStore>().TryAddAsync(new(id, "monitoring-" + id, ApiKey.HashOf(text), "alerts", "", "", now), default);
            return text;
        }
    }

    sealed class Receiver : HttpMessageHandler
    {
        readonly Lock gate = new();
        readonly List<(string Host, string Dispatch, long Seq)> got = [];

        public Dictionary<string, string> Trouble { get; } = [];

        public IReadOnlyList<(string Host, string Dispatch, long Seq)> Got
        {
            get
            {
                lock (gate)
                    return [.. got];
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (gate)
            {
                var how = Trouble.GetValueOrDefault(request.RequestUri!.Host);
                if (how == "down")
                    throw new HttpRequestException(HttpRequestError.ConnectionError);
                if (how == "503")
                    return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
                if (how == "hangs")
                    return new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
                var id = request.Headers.GetValues("webhook-id").Single();
                got.Add((request.RequestUri.Host, id[..id.LastIndexOf('-')], long.Parse(id[(id.LastIndexOf('-') + 1)..])));
                if (how == "hangs after it")
                    return new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
                return how == "lost" ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
            }
        }
    }
}
