using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.PretendSlack;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.People;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>The members of a user group or a channel of Slack as employees. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class SlackPeopleSourceTests
{
    [Fact]
    public async Task The_members_of_a_user_group_are_employees_with_what_Slack_knows_of_them()
    {
        await using var world = await BeginAsync("@on-call");
        var people = await ReadAsync(world);
        people.Select(each => (each.Name, each.Email, each.Phone, each.TimeZone, each.Language)).ShouldBe(
        [
            ("Nora Berg", "nora@example.com", "+447700900150", "Europe/Oslo", "nb-NO"),
            ("Omar Said", "omar@example.com", null, "Europe/London", "en-US"),
        ]);
        people[0].Quiet.ShouldBe("2026-01-05 09:30:00..2026-01-05 11:00:00");
        var nora = new EmployeeId("nora@example.com");
        world.World.App.Get<IAvailability>().Of(nora, world.World.Clock.GetUtcNow()).Words.ShouldBe("Quiet hours until 11:00 (UTC+1)");
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_members_of_a_channel_and_a_custom_profile_field_are_read_page_by_page()
    {
        await using var world = await BeginAsync("C0NIGHT", new() { ["Employees:SlackPhoneField"] = "on-call phone" });
        var channel = world.Team.AddChannel("C0NIGHT", "night");
        for (var n = 0; n < 205; n++)
        {
            var person = world.Team.AddPerson(new() { Id = $"U1{n:000}", Team = world.Team.Id, Name = $"n{n}", RealName = $"Person {n}", Email = $"n{n}@example.com" });
            person.Fields["Xf0PHONE"] = $"+44770090{1000 + n}";
            channel.With(person.Id);
        }
        world.Team.ProfileFields.Add(("Xf0PHONE", "On-call phone"));
        var people = await ReadAsync(world);
        people.Length.ShouldBe(205);
        people[204].Phone.ShouldBe("+447700901204");
    }

    [Theory]
    [InlineData("usergroups:read", "Employees:SlackGroup: people cannot be read, because the app lacks a scope (needs usergroups:read): add it to the app under OAuth & Permissions, and install the app again; nobody could be read from it yet.")]
    [InlineData("users:read", "Employees:SlackGroup: people cannot be read, because the app lacks a scope (needs users:read): add it to the app under OAuth & Permissions, and install the app again; nobody could be read from it yet.")]
    [InlineData("dnd:read", "Employees:SlackGroup: do-not-disturb hours are not read, because the app lacks the scope dnd:read: add it to the app and install the app again, or set Employees:SlackDoNotDisturb to false.")]
    public async Task A_scope_that_is_missing_is_named(string scope, string notice)
    {
        await using var world = await BeginAsync("S0ONCALL");
        world.Team.Scopes.Remove(scope);
        await ReadAsync(world);
        world.World.App.Get<RemotePeopleList>().Notices().ShouldContain(notice);
    }

    [Theory]
    [InlineData("@nobody", "there is no user group @nobody")]
    [InlineData("S0NOWHERE", "there is no such user group")]
    public async Task A_group_that_does_not_exist_is_said(string group, string because)
    {
        await using var world = await BeginAsync(group);
        await ReadAsync(world);
        world.World.App.Get<RemotePeopleList>().Notices().ShouldHaveSingleItem().ShouldContain(because);
    }

    [Fact]
    public async Task Slack_that_asks_to_wait_is_waited_for()
    {
        var (clock, slack) = (new ManualClock(), new ThrottlingSlack());
        var reading = new SlackPeopleSource.Reading(slack, "T0ACME", new() { SlackGroup = "S0ONCALL", SlackDoNotDisturb = false }, clock).ListAsync(default);
        reading.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(19));
        reading.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        (await reading).ShouldBeOfType<PeopleAnswer.Everybody>().People.ShouldHaveSingleItem().Name.ShouldBe("Nora Berg");
        slack.Methods.ShouldBe(["usergroups.users.list", "users.info", "users.info"]);
    }

    [Fact]
    public async Task While_Slack_is_down_the_last_copy_stays_also_after_a_restart_and_its_age_is_said()
    {
        await using var world = await BeginAsync("@on-call");
        await ReadAsync(world);
        world.Slack.Disorder.Always("*", new Spoil.LoseRequest());
        (await ReadAsync(world)).Length.ShouldBe(2);
        await world.World.RestartAsync();
        var people = world.World.App.Get<RemotePeopleList>().All[0];
        people.Read().ShouldBeEmpty();
        await people.RestoreAsync(default);
        people.Read().Length.ShouldBe(2);
        await people.RefreshAsync(default);
        people.Read().Length.ShouldBe(2);
        people.Notices()[0].ShouldMatch(@"^Employees:SlackGroup: people cannot be read, .*; the copy in use is \d+ min old\.$");
        SourceRefresh.PauseOf(people).ShouldBe(SourceRefresh.Retry);
    }

    [Fact]
    public async Task A_group_that_is_suddenly_empty_makes_nobody_vanish()
    {
        await using var world = await BeginAsync("@on-call");
        await ReadAsync(world);
        world.Team.UserGroups[0] = ("S0ONCALL", "on-call", []);
        (await ReadAsync(world)).Length.ShouldBe(2);
        world.World.App.Get<RemotePeopleList>().Notices()[0].ShouldContain("there is nobody in it");
    }

    [Theory]
    [InlineData("token_revoked")]
    [InlineData("internal_error")]
    public async Task A_refusal_in_the_middle_of_the_members_makes_nobody_vanish(string error)
    {
        await using var world = await BeginAsync("@on-call", new() { ["Employees:SlackDoNotDisturb"] = "false" });
        await ReadAsync(world);
        world.Slack.Disorder.Next("users.info", new Spoil.Refuse(error));
        (await ReadAsync(world)).Length.ShouldBe(2);
        world.World.App.Get<RemotePeopleList>().Notices()[0].ShouldStartWith("Employees:SlackGroup: people cannot be read, ");
    }

    [Fact]
    public async Task Somebody_in_a_file_and_in_Slack_is_one_person_and_the_file_comes_first()
    {
        await using var world = await BeginAsync("@on-call");
        world.Team.AddPerson(new() { Id = "U0ANN", Team = world.Team.Id, Name = "ann", RealName = "Ann of Slack", Email = "ann.lee@example.com", Phone = "+44 7700 900199" });
        world.Team.UserGroups[0] = ("S0ONCALL", "on-call", ["U0ANN", "U0NORA"]);
        await ReadAsync(world);
        var all = world.World.App.Get<EmployeeDirectory>().Current;
        all.Single(each => each.Email == "ann.lee@example.com").Name.ShouldBe("Ann Lee");
        all.ShouldContain(each => each.Name == "Nora Berg");
    }

    [Theory]
    [InlineData("""{"id":"U0SOME","team_id":"T0ACME","profile":{"real_name":"Nora Berg"}}""", null, 1)]
    [InlineData("""{"id":"U0SOME","team_id":"T0PARTNER","is_stranger":false,"profile":{"real_name":"Pat Partner","phone":"+447700900150"}}""", null, 0)]
    [InlineData("""{"id":"U0SOME","team_id":"T0PARTNER","enterprise_user":{"enterprise_id":"E0PARTNER"},"profile":{"real_name":"Pat Partner"}}""", "E0ACME", 0)]
    [InlineData("""{"id":"U0SOME","team_id":"T0SISTER","enterprise_user":{"enterprise_id":"E0ACME"},"profile":{"real_name":"Nora Berg"}}""", "E0ACME", 1)]
    [InlineData("""{"id":"W0SOME","team_id":"E0ACME","profile":{"real_name":"Nora Berg"}}""", "E0ACME", 1)]
    [InlineData("""{"id":"U0SOME","team_id":"T0ACME","is_stranger":true,"profile":{"real_name":"Stranger"}}""", null, 0)]
    public async Task People_of_other_organisations_in_a_shared_channel_are_not_employees_and_those_of_other_workspaces_of_ours_are(string user, string? organisation, int people)
    {
        var reading = new SlackPeopleSource.Reading(new OneMember(user), "T0ACME", new() { SlackGroup = "C0SHARED", SlackDoNotDisturb = false }, new ManualClock(), organisation);
        (await reading.ListAsync(default)).ShouldBeOfType<PeopleAnswer.Everybody>().People.Length.ShouldBe(people);
    }

    static async Task<SlackWorld> BeginAsync(string group, Dictionary<string, string>? settings = null)
    {
        var world = await SlackWorld.BeginAsync(new(settings ?? []) { ["Employees:SlackGroup"] = group, ["Employees:File"] = "Samples/employees.csv" });
        world.Team.Scopes.UnionWith(["usergroups:read", "dnd:read", "users.profile:read"]);
        var begin = world.World.Clock.GetUtcNow().ToUnixTimeSeconds();
        world.Team.AddPerson(new()
        {
            Id = "U0NORA",
            Team = world.Team.Id,
            Name = "nora",
            RealName = "Nora Berg",
            Email = "nora@example.com",
            Phone = "+44 7700 900150",
            TimeZone = "Europe/Oslo",
            Locale = "nb-NO",
            DoNotDisturb = (begin - 1800, begin + 3600),
        });
        world.Team.AddPerson(new() { Id = "U0OMAR", Team = world.Team.Id, Name = "omar", RealName = "Omar Said", Email = "omar@example.com", TimeZone = "Europe/London" });
        world.Team.AddPerson(new() { Id = "U0LEFT", Team = world.Team.Id, Name = "left", RealName = "Left Long", IsDeactivated = true });
        world.Team.AddPerson(new() { Id = "U0VISIT", Team = world.Team.Id, Name = "visit", RealName = "Visitor", IsGuest = true });
        world.Team.UserGroups.Add(("S0ONCALL", "on-call", ["U0NORA", "U0OMAR", "U0LEFT", "U0VISIT", world.Team.BotUserId, "U0GONE"]));
        return world;
    }

    static async Task<System.Collections.Immutable.ImmutableArray<Employee>> ReadAsync(SlackWorld world)
    {
        var people = world.World.App.Get<RemotePeopleList>().All.ShouldHaveSingleItem();
        await people.RefreshAsync(default);
        return people.Read();
    }

    /// <summary>A channel with one member, as Slack describes them.</summary>
    sealed class OneMember(string user) : ISlackApi
    {
        public Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct) => Task.FromResult<SlackAnswer>(new SlackAnswer.Ok(System.Text.Json.JsonDocument.Parse(
            call.Method == "users.info" ? $$"""{"ok":true,"user":{{user}}}""" : """{"ok":true,"members":["U0SOME"]}""").RootElement));

        public Task<bool> RespondAsync(Uri responseUrl, BotDispatch.Http.WriteJson message, CancellationToken ct) => throw new NotSupportedException();
    }

    /// <summary>Slack that answers at once, and the first time it is asked about a person with a wait of twenty seconds.</summary>
    sealed class ThrottlingSlack : ISlackApi
    {
        public List<string> Methods { get; } = [];

        public Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct)
        {
            Methods.Add(call.Method);
            return Task.FromResult<SlackAnswer>(Methods.Count == 2 ? new SlackAnswer.Throttled(TimeSpan.FromSeconds(20)) : new SlackAnswer.Ok(System.Text.Json.JsonDocument.Parse(
                call.Method == "users.info" ? """{"ok":true,"user":{"id":"U0NORA","profile":{"real_name":"Nora Berg"}}}""" : """{"ok":true,"users":["U0NORA"]}""").RootElement));
        }

        public Task<bool> RespondAsync(Uri responseUrl, BotDispatch.Http.WriteJson message, CancellationToken ct) => throw new NotSupportedException();
    }
}
