using System.Text.Json.Nodes;
using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.Graph;
using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.Tests.Flows.Slack;

namespace BotDispatch.Tests.Employees.Graph;

/// <summary>What mailboxes say about the members of a group. It is Monday 5 January 2026, 09:00 UTC.</summary>
public sealed class GraphMailboxTests
{
    [Theory]
    [InlineData("alwaysEnabled", "2026-01-05 10:00:00..9999-12-31")]
    [InlineData("AlwaysEnabled", "2026-01-05 10:00:00..9999-12-31")]
    [InlineData("scheduled", "2026-01-05 08:30:00..2026-01-09 17:00:00")]
    [InlineData("Scheduled", "2026-01-05 08:30:00..2026-01-09 17:00:00")]
    [InlineData("disabled", null)]
    public async Task Automatic_replies_mean_away(string status, string? away)
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("W. Europe Standard Time", status, ("2026-01-05T07:30:00.0000000", "2026-01-09T16:00:00.0000000", "UTC")));
        (await graph.ReadAsync()).Single().Away.ShouldBe(away);
    }

    [Fact]
    public async Task The_times_of_automatic_replies_are_in_their_own_zone()
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("UTC", "scheduled", ("2026-01-05T07:30:00.0000000", "2026-01-09T16:00:00.0000000", "Pacific Standard Time")));
        (await graph.ReadAsync()).Single().Away.ShouldBe("2026-01-05 15:30:00..2026-01-10 00:00:00");
    }

    [Fact]
    public async Task Working_hours_count_only_if_that_is_set_because_every_mailbox_has_some()
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("GTB Standard Time"));
        (await graph.ReadAsync()).Single().Hours.ShouldBeNull();
        graph.Options.GraphWorkingHours = true;
        (await graph.ReadAsync()).Single().Hours.ShouldBe("monday, tuesday, wednesday, thursday, friday 08:00-17:00");
    }

    [Fact]
    public async Task Working_hours_are_local_times_of_the_place_of_work()
    {
        var mailbox = PretendGraph.Mailbox("Tokyo Standard Time");
        mailbox["workingHours"]!["timeZone"]!["name"] = "W. Europe Standard Time";
        await using var graph = await WithAnnAsync(mailbox);
        graph.Options.GraphWorkingHours = true;
        (await graph.ReadAsync()).Single().TimeZone.ShouldBe("Europe/Berlin");
    }

    [Fact]
    public async Task What_a_mailbox_says_in_an_unknown_zone_is_not_used_and_that_is_said()
    {
        var mailbox = PretendGraph.Mailbox("tzone://Microsoft/Custom", "scheduled", ("soon", "later", "UTC"));
        mailbox["workingHours"]!["timeZone"] = JsonNode.Parse("""{"@odata.type":"#microsoft.graph.customTimeZone","bias":-200,"name":"Customized Time Zone"}""");
        await using var graph = await WithAnnAsync(mailbox);
        graph.Options.GraphWorkingHours = true;
        var ann = (await graph.ReadAsync()).Single();
        (ann.TimeZone, ann.Hours, ann.Away).ShouldBe(("UTC", null, null));
        graph.People.Notices().ShouldBe(
        [
            "Employees:GraphGroup: 1 mailbox has a time zone that is not known, so it is not used.",
            "Employees:GraphGroup: 1 mailbox has working hours that cannot be read, so they are not used.",
            "Employees:GraphGroup: 1 mailbox has automatic replies whose times cannot be read, so they are not used.",
        ]);
    }

    [Fact]
    public async Task A_missing_permission_for_mailboxes_costs_no_member_and_is_said_once()
    {
        await using var graph = await PretendGraph.StartAsync();
        for (var n = 0; n < 45; n++)
        {
            graph.Pages[0].Add(PretendGraph.User($"n{n}", $"Person {n}"));
            graph.MailboxAnswers[$"n{n}"] = (403, null, true);
        }
        (await graph.ReadAsync()).Length.ShouldBe(45);
        graph.People.Notices().ShouldBe(["Employees:GraphGroup: time zones and automatic replies are not read, because the app lacks the application permission "
            + "MailboxSettings.Read: add it to the app and grant admin consent, or set Employees:GraphMailboxes to false."]);
        graph.Requests.Count(each => each.Target.EndsWith("$batch", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Mailboxes_that_a_policy_hides_are_counted()
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("UTC"));
        graph.Pages[0].Add(PretendGraph.User("ben", "Ben Adams"));
        graph.MailboxAnswers["ben"] = (403, null, true);
        (await graph.ReadAsync()).Length.ShouldBe(2);
        graph.People.Notices().Single().ShouldStartWith("Employees:GraphGroup: 1 mailbox may not be read");
    }

    [Fact]
    public async Task Mailboxes_that_are_throttled_within_a_batch_are_asked_again_and_only_these()
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("Tokyo Standard Time"));
        graph.Pages[0].Add(PretendGraph.User("ben", "Ben Adams"));
        graph.Mailboxes["ben"] = PretendGraph.Mailbox("Europe/Oslo");
        graph.MailboxAnswers["ben"] = (429, "7", false);
        (await graph.ReadAsync()).Select(each => each.TimeZone).ShouldBe(["Asia/Tokyo", "Europe/Oslo"]);
        graph.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
        graph.Requests.Last().Body.ShouldNotContain("/users/ann/");
    }

    [Fact]
    public async Task While_a_mailbox_cannot_be_read_what_it_said_before_counts()
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("Tokyo Standard Time", "alwaysEnabled"));
        await graph.ReadAsync();
        graph.MailboxAnswers["ann"] = (503, "1", true);
        var ann = (await graph.ReadAsync()).Single();
        ann.TimeZone.ShouldBe("Asia/Tokyo");
        ann.Away.ShouldNotBeNull();
        graph.People.Notices().Single().ShouldContain("1 mailbox cannot be read for the moment");
        graph.Waits.Count.ShouldBe(3);
        for (var n = 0; n < 4; n++)
            graph.Next.Add(("$batch", 500, "{}", []));
        (await graph.ReadAsync()).Single().TimeZone.ShouldBe("Asia/Tokyo");
    }

    [Fact]
    public async Task Without_mailboxes_none_is_asked()
    {
        await using var graph = await WithAnnAsync(PretendGraph.Mailbox("Tokyo Standard Time"));
        graph.Options.GraphMailboxes = false;
        (await graph.ReadAsync()).Single().TimeZone.ShouldBe("UTC");
        graph.Requests.ShouldNotContain(each => each.Target.EndsWith("$batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_in_a_file_and_in_the_group_is_one_person_and_is_passed_over_while_away()
    {
        await using var graph = await PretendGraph.StartAsync();
        graph.Pages[0].Add(PretendGraph.User("ann.lee", "Ann of Entra", "+44 7700 900199"));
        graph.Pages[0].Add(PretendGraph.User("nora", "Nora Berg", "+44 7700 900150"));
        graph.Mailboxes["nora"] = PretendGraph.Mailbox("Europe/Oslo", "scheduled", ("2026-01-01T00:00:00.0000000", "2026-01-05T12:00:00.0000000", "UTC"));
        await using var world = await SlackWorld.BeginAsync(new()
        {
            ["Employees:File"] = "Samples/employees.csv",
            ["Employees:GraphGroup"] = PretendGraph.Group,
            ["Employees:GraphTenantId"] = graph.Options.GraphTenantId,
            ["Employees:GraphClientId"] = graph.Options.GraphClientId,
            ["Employees:GraphClientSecret"] = graph.Options.GraphClientSecret,
            ["Employees:GraphBaseAddress"] = graph.Options.GraphBaseAddress!.AbsoluteUri,
            ["Employees:GraphTokenAddress"] = graph.Options.GraphTokenAddress!.AbsoluteUri,
        });
        var ofSlack = world.World.Elsewhere;
        world.World.Elsewhere = address => address.Port == graph.Options.GraphBaseAddress!.Port ? new SocketsHttpHandler() : ofSlack(address);
        var people = world.World.App.Get<RemotePeopleList>().All.ShouldHaveSingleItem();
        await people.RefreshAsync(default);
        people.Notices().ShouldBeEmpty();
        var all = world.World.App.Get<EmployeeDirectory>().Current;
        all.Single(each => each.Email == "ann.lee@example.com").Name.ShouldBe("Ann Lee");
        all.ShouldContain(each => each.Name == "Nora Berg");
        world.World.App.Get<IAvailability>().Of(new EmployeeId("nora@example.com"), world.World.Clock.GetUtcNow()).Words.ShouldStartWith("Away until 13:00");
    }

    [Theory]
    [InlineData("on-call", "example.onmicrosoft.com", "5c7a2c1e-0f6d-4a40-9c7a-000000000001", "value", "https://graph.microsoft.com/v1.0", "Employees:GraphGroup is no object id")]
    [InlineData(PretendGraph.Group, "common", "5c7a2c1e-0f6d-4a40-9c7a-000000000001", "value", "https://graph.microsoft.com/v1.0", "Employees:GraphTenantId is no tenant")]
    [InlineData(PretendGraph.Group, "example.com", "BotDispatch", "value", "https://graph.microsoft.com/v1.0", "Employees:GraphClientId is no application id")]
    [InlineData(PretendGraph.Group, "example.com", "5c7a2c1e-0f6d-4a40-9c7a-000000000001", "", "https://graph.microsoft.com/v1.0", "Employees:GraphClientSecret is not set")]
    [InlineData(PretendGraph.Group, "example.com", "5c7a2c1e-0f6d-4a40-9c7a-000000000001", PretendGraph.Group, "https://graph.microsoft.com/v1.0", "Employees:GraphClientSecret is the id of a secret")]
    [InlineData(PretendGraph.Group, "example.com", "5c7a2c1e-0f6d-4a40-9c7a-000000000001", "value", "http://graph.microsoft.com/v1.0", "Employees:GraphBaseAddress must begin with https://")]
    [InlineData("", "example.com", "5c7a2c1e-0f6d-4a40-9c7a-000000000001", "value", "https://graph.microsoft.com/v1.0", "Employees:GraphGroup is not set")]
    public void A_wrong_setting_is_said_at_the_start(string group, string tenant, string client, string secret, string address, string says) =>
        new GraphPeopleOptionsValidator().Validate(null, new()
        {
            GraphGroup = group,
            GraphTenantId = tenant,
            GraphClientId = client,
            GraphClientSecret = secret,
            GraphBaseAddress = new(address),
        }).Failures.ShouldHaveSingleItem().ShouldStartWith(says);

    static async Task<PretendGraph> WithAnnAsync(JsonObject mailbox)
    {
        var graph = await PretendGraph.StartAsync();
        graph.Pages[0].Add(PretendGraph.User("ann", "Ann Lee", "+44 7700 900101"));
        graph.Mailboxes["ann"] = mailbox;
        return graph;
    }
}
