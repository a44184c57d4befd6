using BotDispatch.Simulator;
using BotDispatch.Tests.Flows.Tickets.Systems;

namespace BotDispatch.Tests.Published;

/// <summary>Ticket systems: read, spoken, written into and obeyed.</summary>
public sealed class PublishedTicketTests
{
    const string Marcus = "+12025550105", Priya = "+447700900106";

    static readonly string[] Both = ["marcus.reed", "priya.nair"], MarcusAlone = ["marcus.reed"], PriyaAlone = ["priya.nair"];

    // Beside each other they need prefixes of their own.
    static readonly Dictionary<string, (string Prefix, string Reference)> Prefixed = new()
    {
        ["Zendesk"] = ("ZD-", "ZD-7"),
        ["GitHub"] = ("GH-", "GH-7"),
        ["GitLab"] = ("GL-", "GL-7"),
    };

    [Theory]
    [InlineData("Jira Cloud", "ServiceNow", "Zendesk", "GitHub", "GitLab", "HTTP")]
    [InlineData("Jira Data Center", "ServiceNow (emea)", "GitHub (acme)")]
    public async Task A_ticket_of_every_system_gets_its_notes_status_and_assignee_and_one_that_is_closed_stops_the_ringing(params string[] names)
    {
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        var servers = new List<Adapters.Teams.Connector.StandIn>();
        try
        {
            var systems = new List<(PretendSystem System, string Reference)>();
            foreach (var name in names)
            {
                var system = EverySystemTests.Make(name).Begin();
                servers.Add(await HandlerServer.StartAsync(system));
                var (prefix, reference) = Prefixed.GetValueOrDefault(name, ("", system.Reference));
                systems.Add((system, reference));
                foreach (var (setting, value) in system.Settings)
                    world.Settings[setting] = value.Replace("http://localhost", servers[^1].Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
                if (prefix.Length > 0)
                    world.Settings[$"{system.SettingsSection}:Prefix"] = prefix;
                world.Settings[$"{system.SettingsSection}:WriteNotes"] = "true";
                world.Settings[$"{system.SettingsSection}:StatusOnAccepted"] = system.Statuses.Accepted;
                world.Settings[$"{system.SettingsSection}:AssignOnAccepted"] = "true";
            }
            world.Settings["Tickets:File"] = "";
            (await world.CommandAsync("--check")).ShouldNotContain("Worth a look: Tickets");
            await world.UseKeyAsync();
            await world.StartAsync();
            world.Answers(Marcus, "2");
            world.Answers(Priya, "1");
            foreach (var (system, reference) in systems)
            {
                var started = await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { ticket = reference, people = Both }, 201);
                started.GetProperty("ticket").GetProperty("title").GetString().ShouldBe("Lift 2 is stuck");
                await world.UntilAsync(started.GetProperty("id").GetString()!, "Accepted");
            }
            foreach (var (system, _) in systems)
            {
                await world.UntilAsync(() => string.Join('\n', system.Notes).Contains("Accepted: Priya Nair pressed 1", StringComparison.Ordinal),
                    () => $"{system.Name} has no such note: {string.Join('\n', system.Notes)}");
                (system.Status, system.Assignee).ShouldBe((system.Statuses.Accepted, PretendSystem.Priya), system.Name);
                string.Join('\n', system.Notes).ShouldContain("Marcus Reed pressed 2: Rejected.");
            }
            world.Routee.Phone(Marcus).Script = new PersonScript.NeverAnswers();
            var ringing = await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { ticket = systems[0].Reference, people = MarcusAlone }, 201);
            await world.UntilAsync(() => world.Routee.Phone(Marcus).Snapshot.State is PhoneState.Ringing, () => "the phone never rings");
            systems[0].System.Change("Eve Adams", status: systems[0].System.Statuses.Closed);
            await world.UntilAsync(ringing.GetProperty("id").GetString()!, "Cancelled");
            await world.StopAsync();
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }

    // Markdown and HTML are read by libraries; what is spoken has none of either.
    [Fact]
    public async Task Markup_of_a_ticket_is_not_spoken()
    {
        var system = new PretendGitHub { Description = "## What happened\n\n**Two** people, see [the plan](https://plans.example.com/2) &amp; <b>hurry</b>\n\n- key at reception\n- `E 1407`\n" };
        await using var server = await HandlerServer.StartAsync(system.Begin());
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        foreach (var (setting, value) in system.Settings)
            world.Settings[setting] = value.Replace("http://localhost", server.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
        world.Settings["Tickets:GitHub:Description"] = "{body} From {user.login}.";
        await world.UseKeyAsync();
        await world.StartAsync();
        world.Answers(Priya, "1");
        var started = await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { ticket = "#7", people = PriyaAlone }, 201);
        await world.UntilAsync(started.GetProperty("id").GetString()!, "Accepted");
        var spoken = string.Join(' ', world.SpokenTo(Priya));
        foreach (var words in (string[])["What happened", "Two people, see the plan", "& hurry", "key at reception", "From dana."])
            spoken.ShouldContain(words);
        foreach (var sign in (string[])["#", "*", "<", "](", "`", "&amp;"])
            spoken.ShouldNotContain(sign);
        await world.StopAsync();
    }
}
