using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Alerts;

/// <summary>The file of routes is edited while alerts fire, or a dispatch must wait for another one.</summary>
public sealed class EditedRoutesTests
{
    const string BySite = "- people: [ann.lee]\n  group by: [site]\n";
    const string Single = "- people: [jonas.weber]\n";
    static readonly object Lift = AlertWorld.Alert("f1");
    static readonly object Door = AlertWorld.Alert("f2");

    static object Again(string fingerprint) => AlertWorld.Alert(fingerprint, startsAt: "2026-11-29T12:00:00Z");

    static async Task<(AlertWorld World, Warnings Log)> BeginAsync(string routes)
    {
        var log = new Warnings();
        return (await AlertWorld.BeginAsync(routes, services => services.AddSingleton<ILoggerProvider>(log), ("Logging:LogLevel:BotDispatch", "Information")), log);
    }

    [Fact]
    public async Task An_alert_that_an_edit_of_the_routes_brings_to_another_dispatch_waits_for_its_former_one_and_then_calls_somebody()
    {
        var (world, log) = await BeginAsync(BySite);
        await using var _ = world;
        foreach (var phone in (string[])["ann.lee", "jonas.weber"])
            world.World.Phone(phone).Script = new PersonScript.NeverAnswers();
        await world.SendAsync(Lift, Door);
        var former = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.EditRoutesAsync(Single);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved"));
        await world.SendAsync(Again("f1"));
        for (var looks = 0; looks < 10; looks++)
        {
            await world.World.PassAsync(11);
            await world.SettleAsync();
            (await world.OpenAsync()).ShouldHaveSingleItem("one alert has one dispatch").Plan.Id.ShouldBe(former);
        }
        log.Lines.Where(line => line.Contains("by other routes", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("Information: Dispatch ");
        (await world.World.App.Get<AlertStore>().ListDueAsync(DateTimeOffset.MaxValue, 9, default)).ShouldAllBe(each => each.Tries == 0);

        // Whether it ends or somebody cancels it: the alert still fires.
        await world.SendAsync(AlertWorld.Alert("f2", "resolved"));
        await world.World.PassAsync(20);
        await world.SettleAsync();
        var later = (await world.OpenAsync()).ShouldHaveSingleItem();
        later.Plan.Roster.ShouldHaveSingleItem().Id.Value.ShouldBe("jonas.weber");
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", "2026-11-29T12:00:00Z"));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alert_that_waits_for_another_dispatch_looks_less_and_less_often_and_asks_no_directory_until_that_one_closes()
    {
        var directory = new CountedDirectory();
        await using var world = await AlertWorld.BeginAsync(BySite, directory.Hide);
        foreach (var phone in (string[])["ann.lee", "jonas.weber"])
            world.World.Phone(phone).Script = new PersonScript.NeverAnswers();
        await world.SendAsync(Lift, Door);
        await world.EditRoutesAsync(Single);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved"));
        await world.SendAsync(Again("f1"));
        var (asked, pauses, due) = (directory.Asked, new List<double>(), await DueAsync());
        while (pauses.Count < 8)
        {
            await world.World.PassAsync(1);
            await world.SettleAsync();
            var next = await DueAsync();
            if (next != due)
                pauses.Add(Math.Round((next - due) / 1000.0));
            due = next;
        }
        pauses.ShouldBeInOrder();
        (pauses[0], pauses[^1]).ShouldBe((4, 15));
        directory.Asked.ShouldBe(asked);
        await world.SendAsync(AlertWorld.Alert("f2", "resolved"));
        await world.World.PassAsync(15);
        await world.SettleAsync();
        (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Roster.ShouldHaveSingleItem().Id.Value.ShouldBe("jonas.weber");

        async Task<long> DueAsync() => (await world.World.App.Get<Database>().ReadAsync(
            new("SELECT due_at FROM alert_groups WHERE resolved_at IS NULL AND settled = 0"), row => row.GetInt64(0), default)).ShouldHaveSingleItem();
    }

    sealed class CountedDirectory : IEmployeeDirectory
    {
        IEmployeeDirectory? real;

        public int Asked { get; private set; }

        /// <summary>Stands before the one that is there.</summary>
        public void Hide(IServiceCollection services)
        {
            var before = services.Last(each => each.ServiceType == typeof(IEmployeeDirectory));
            services.Remove(before);
            services.AddSingleton<IEmployeeDirectory>(provider =>
            {
                real = (IEmployeeDirectory)before.ImplementationFactory!(provider);
                return this;
            });
        }

        public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct)
        {
            Asked++;
            return real!.ListAsync(ct);
        }
    }

    [Fact]
    public async Task An_alert_that_ends_while_it_waits_for_its_former_dispatch_stops_neither_that_nor_calls_anybody()
    {
        var (world, _) = await BeginAsync(BySite);
        await using var _1 = world;
        world.World.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        await world.SendAsync(Lift, Door);
        var former = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.EditRoutesAsync(Single);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved"));
        await world.SendAsync(Again("f1"));
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", "2026-11-29T12:00:00Z"));
        await world.World.PassAsync(TimeSpan.FromMinutes(5));
        await world.SettleAsync();
        (await world.OpenAsync()).ShouldHaveSingleItem("the door is open").Plan.Id.ShouldBe(former);
        (await world.AllAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Waiting_for_a_stop_is_no_failure_and_is_logged_once()
    {
        var (world, log) = await BeginAsync(Single);
        await using var _ = world;
        world.World.Phone("jonas.weber").Script = new PersonScript.NeverAnswers();
        await world.SendAsync(Lift);
        var (store, database) = (world.World.App.Get<AlertStore>(), world.World.App.Get<Database>());
        await world.Sender.PostAsync("/api/alerts/alertmanager", new { alerts = (object[])[AlertWorld.Alert("f1", "resolved")] });
        await world.Sender.PostAsync("/api/alerts/alertmanager", new { alerts = (object[])[Again("f1")] });
        // Another node has taken the stop, and is slow.
        await database.WriteAsync([new("UPDATE alert_groups SET due_at = due_at + 600000 WHERE wanted = 2")], default);
        for (var looks = 0; looks < 20; looks++)
        {
            await world.SettleAsync();
            await world.World.PassAsync(3);
        }
        (await store.ListDueAsync(DateTimeOffset.MaxValue, 9, default)).Select(each => (each.ResolvedAt is null, each.Tries))
            .ShouldBe([(true, 0), (false, 0)], ignoreOrder: true);
        log.Lines.Where(line => line.Contains("is being stopped", StringComparison.Ordinal)).ShouldHaveSingleItem();
        log.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
        await world.World.PassAsync(TimeSpan.FromMinutes(11));
        await world.SettleAsync();
        await world.World.PassAsync(3);
        await world.SettleAsync();
        (await world.OpenAsync()).ShouldHaveSingleItem();
        (await world.AllAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_end_that_is_older_than_the_alert_is_ignored_and_the_log_says_so()
    {
        var (world, log) = await BeginAsync(Single);
        await using var _ = world;
        await world.SendAsync(Again("f1"));
        var id = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.Sender.PostAsync("/api/alerts/alertmanager", new
        {
            alerts = (object[])[new { status = "resolved", labels = new { alertname = "x" }, startsAt = "2026-11-29T10:00:00Z", endsAt = "2026-11-29T10:30:00Z", fingerprint = "f1" }],
        });
        await world.SettleAsync();
        (await world.OpenAsync()).ShouldHaveSingleItem();
        log.Lines.ShouldContain($"Information: The alert of dispatch {id} stays open: Alertmanager announced an end that is older than the start of the alert");
    }

    // Yesterday's version stored every id as it came; SQLite takes a text of any length, and PostgreSQL one of 2,700 bytes in an index.
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task An_alert_that_an_earlier_version_stored_under_its_long_name_is_the_same_alert_and_ends(bool isGrouped)
    {
        var (world, _) = await BeginAsync(isGrouped ? "- people: [ann.lee]\n  group by: [rack]\n" : Single);
        await using var _1 = world;
        var (name, rack) = (new string('f', 500), new string('r', 500));
        object Long(string status, string fingerprint) => AlertWorld.Alert(fingerprint, status, labels: new { alertname = "Fan", rack });
        await world.SendAsync(Long("firing", name));
        var database = world.World.App.Get<Database>();
        await database.WriteAsync(
        [
            new("UPDATE alerts SET id = $1", $"alertmanager:{name}"),
            new("UPDATE alert_groups SET group_key = $1", isGrouped ? $"group:alertmanager:ann.lee:500:{rack}" : $"alertmanager:{name}"),
        ], default);
        await world.SendAsync(Long("firing", name));
        if (isGrouped)
            await world.SendAsync(Long("firing", "another"));
        (await world.AllAsync()).ShouldHaveSingleItem("it is the same one");
        await world.SendAsync(Long("resolved", name));
        await world.SendAsync(Long("resolved", "another"));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alert_that_is_known_under_its_long_name_and_under_that_of_today_ends_under_both()
    {
        var (world, _) = await BeginAsync(Single);
        await using var _1 = world;
        var name = new string('f', 500);
        await world.SendAsync(AlertWorld.Alert(name));
        await world.World.App.Get<AlertStore>().StoreAsync([new($"alertmanager:{name}", $"alertmanager:{name}", null, "{}")], [], DateTimeOffset.UnixEpoch, default);
        await world.Sender.PostAsync("/api/alerts/alertmanager", new { alerts = (object[])[AlertWorld.Alert(name, "resolved")] });
        (await world.World.App.Get<Database>().ReadAsync(new("SELECT id FROM alerts WHERE resolved_at IS NULL"), row => row.GetString(0), default)).ShouldBeEmpty();
    }
}
