using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Lists;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees.Availability;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees.Lists;

/// <summary>The lists of a file, with the calls that a database has.</summary>
public sealed class NamedListTests
{
    static readonly ImmutableArray<Employee> Everybody = People.Read("""
        id,name,email,phone,language,timezone,skills
        ann,Ann Lee,ann@example.com,+447700900101,,UTC,lifts; electrics
        bob,Bob Adams,bob@example.com,+447700900102,,UTC,heating
        eve,Eve Moor,eve@example.com,+447700900103,,UTC,lifts
        tom,Tom Okafor,tom@example.com,,,UTC,lifts
        """);

    static readonly Ticket Lift = new("INC-7", "Lift 2 is stuck");

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Who_was_called_comes_last_and_the_sentence_says_when(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: lifts, members: [ann, bob, eve], order: longest since called}\n");
        var lists = Lists(ground, file);
        (await SayAsync(lists, "lifts", ground)).ShouldBe(["ann first: not called before", "bob second: not called before", "eve third: not called before"]);

        await CallAsync(ground, "INC-1", "ann");
        ground.Clock.Advance(TimeSpan.FromDays(3));
        await CallAsync(ground, "INC-2", "eve");
        ground.Clock.Advance(TimeSpan.FromDays(9));
        (await SayAsync(lists, "lifts", ground)).ShouldBe(["bob first: not called before", "ann second: last called 12 days ago", "eve third: last called 9 days ago"]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Calls_are_counted_from_the_first_of_the_month(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: lifts, members: [ann, bob], order: fewest calls this month}\n");
        var lists = Lists(ground, file);
        var now = ground.Clock.GetUtcNow();
        ground.Clock.Advance(new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).AddMinutes(-5) - now);
        await CallAsync(ground, "INC-1", "bob");
        await CallAsync(ground, "INC-2", "bob");
        ground.Clock.Advance(TimeSpan.FromMinutes(10));
        await CallAsync(ground, "INC-3", "ann");
        (await SayAsync(lists, "lifts", ground)).ShouldBe(["bob first: fewest calls this month (0)", "ann second: 1 call this month"]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_call_that_was_never_placed_does_not_count(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: lifts, members: [ann], order: longest since called}\n");
        var plan = Some.Plan("INC-1", "ann");
        await ground.Node.StartAsync(plan);
        await ground.Node.ApplyAsync(plan.Id, Some.Begin(Some.Call(plan.Id)));
        (await SayAsync(Lists(ground, file), "lifts", ground)).ShouldBe(["ann first: longest since last called (1 minute)"]);
        await ground.Node.ApplyAsync(plan.Id, new DispatchInput.CallNotPlaced(Some.Call(plan.Id), new NotPlaced.NotSent()));
        (await SayAsync(Lists(ground, file), "lifts", ground)).ShouldBe(["ann first: not called before"]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Who_took_a_job_in_the_channel_has_accepted_it(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: lifts, members: [ann, bob], order: longest since accepted}\n");
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "eve"));
        await ground.Node.ApplyAsync(id, new DispatchInput.Take(Some.Dana, new("ann")));
        ground.Clock.Advance(TimeSpan.FromHours(5));
        (await SayAsync(Lists(ground, file), "lifts", ground)).ShouldBe(["bob first: not accepted a job before", "ann second: last accepted a job 5 hours ago"]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Somebody_rests_after_a_job_and_is_called_a_limited_number_of_times_in_a_night(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", """
            - {list: rested, members: [ann, bob], rest: 8 hours}
            - {list: night, members: [ann, bob], most calls per night: 2}
            - {list: free, members: [ann, bob]}

            """);
        var lists = Lists(ground, file);
        var now = ground.Clock.GetUtcNow();
        ground.Clock.Advance(new DateTimeOffset(now.Year, now.Month, now.Day, 23, 0, 0, TimeSpan.Zero).AddDays(1) - now);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann"));
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"));
        (await SayAsync(lists, "rested", ground)).ShouldBe(["bob first: as listed", "ann not now: resting until Wed 07:00 (UTC) after a job, as listed"]);
        (await SayAsync(lists, "night", ground)).ShouldBe(["ann first: as listed", "bob second: as listed"]);
        ground.Clock.Advance(TimeSpan.FromHours(2));
        await ground.Node.ApplyAsync(id, new DispatchInput.MarkDone(Some.Dana));
        (await SayAsync(lists, "rested", ground)).ShouldBe(["bob first: as listed", "ann not now: resting until 09:00 (UTC) after a job, as listed"]);
        await CallAsync(ground, "INC-2", "ann");
        (await SayAsync(lists, "night", ground))
            .ShouldBe(["bob first: as listed", "ann not now: called twice this night, not called again until 07:00 (UTC), as listed"]);
        (await SayAsync(lists, "free", ground)).ShouldBe(["ann first: as listed", "bob second: as listed"]);
        ground.Clock.Advance(TimeSpan.FromHours(6));
        (await SayAsync(lists, "night", ground)).ShouldBe(["ann first: as listed", "bob second: as listed"]);
        ground.Clock.Advance(TimeSpan.FromHours(2));
        (await SayAsync(lists, "rested", ground)).ShouldBe(["ann first: as listed", "bob second: as listed"]);
    }

    [Theory, OnSqlite]
    public async Task Somebody_whose_ticket_was_closed_rests_from_then_on_as_if_they_had_marked_it_done(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: rested, members: [ann, bob], rest: 8 hours}\n");
        var lists = Lists(ground, file);
        var now = ground.Clock.GetUtcNow();
        ground.Clock.Advance(new DateTimeOffset(now.Year, now.Month, now.Day, 23, 0, 0, TimeSpan.Zero).AddDays(1) - now);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann"));
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"));
        ground.Clock.Advance(TimeSpan.FromHours(2));
        await ground.Node.ApplyAsync(id, new DispatchInput.NoLongerNeeded("the ticket was closed"));
        (await SayAsync(lists, "rested", ground)).ShouldBe(["bob first: as listed", "ann not now: resting until 09:00 (UTC) after a job, as listed"]);
    }

    [Theory, OnSqlite]
    public async Task A_skill_of_the_list_and_one_that_the_ticket_names_are_said(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: house, members: [bob, ann], skill: lifts, skills first: true}\n");
        (await SayAsync(Lists(ground, file), "house", ground)).ShouldBe(["ann first: lifts, as listed", "eve second: lifts, as listed", "bob third: as listed"]);
        (await Lists(ground, file).ResolveAsync(Lists(ground, file).All()[0], new("INC-8", "Heating is cold"), ground.Clock.GetUtcNow(), default))
            .People.Select(each => each.Sentence).First().ShouldBe("first: heating, as listed");
    }

    [Theory, OnSqlite]
    public async Task A_rotation_begins_with_the_person_on_duty_and_goes_on_with_the_following(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: duty, rotation: Lifts}\n");
        var monday = ground.Clock.GetUtcNow().Date;
        using var schedule = new TemporaryFile("shifts.yaml", $"- {{rotation: Lifts, zone: UTC, starts: {monday:yyyy-MM-dd}, every: 1 day, people: [eve, ann, bob]}}\n");
        var lists = Lists(ground, file, schedule);
        (await SayAsync(lists, "duty", ground)).ShouldBe(
        [
            "eve first: on shift until Tue 00:00 (UTC), has the duty of Lifts until Tue 00:00 (UTC)",
            "ann not now: off shift until Tue 00:00 (UTC), has the duty of Lifts from Tue 00:00 (UTC)",
            "bob not now: off shift until Wed 00:00 (UTC), has the duty of Lifts from Wed 00:00 (UTC)",
        ]);
        ground.Clock.Advance(TimeSpan.FromDays(1));
        (await SayAsync(lists, "duty", ground))[0].ShouldBe("ann first: on shift until Wed 00:00 (UTC), has the duty of Lifts until Wed 00:00 (UTC)");
    }

    [Theory, OnSqlite]
    public async Task A_person_who_covers_for_the_one_on_duty_is_called_in_their_place(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: duty, rotation: Lifts}\n");
        var today = ground.Clock.GetUtcNow().Date;
        using var schedule = new TemporaryFile("shifts.yaml", $"""
            - rotation: Lifts
              zone: UTC
              starts: {today:yyyy-MM-dd}
              people: [ann, bob]
            - cover: eve
              for: ann
              zone: UTC
              from: {today:yyyy-MM-dd}
              to: {today:yyyy-MM-dd}

            """);
        (await SayAsync(Lists(ground, file, schedule), "duty", ground))[0]
            .ShouldStartWith("eve first: on shift until Tue 00:00 (UTC), in place of Ann Lee, who has the duty of Lifts until");
    }

    [Theory, OnSqlite]
    public async Task A_list_that_means_nobody_says_why_for_each(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: nobody, members: [tom, dave@example.com], skill: flying, rotation: Ghosts}\n");
        var lists = Lists(ground, file);
        var resolved = await lists.ResolveAsync(lists.All()[0], Lift, ground.Clock.GetUtcNow(), default);
        resolved.People.ShouldBeEmpty();
        resolved.LeftOut.ShouldBe(
        [
            new("dave@example.com", "nobody in the directory has this id, email or name, or several have"),
            new("flying", "nobody in the directory has this skill"), new("Ghosts", "the schedule has no rotation of this name"),
            new("Tom Okafor", "No phone number in the directory") { Id = new("tom") },
        ]);
    }

    [Theory, OnSqlite]
    public async Task A_list_is_found_by_its_id_or_name_and_an_edit_counts_two_seconds_later(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: lifts, name: Lift engineers, members: [ann]}\n");
        INamedLists lists = Lists(ground, file);
        lists.Find(" LIFT engineers ").ShouldNotBeNull().Id.ShouldBe("lifts");
        lists.Find("lift").ShouldBeNull();
        file.Write("- {list: lift, members: [bob]}\n");
        ground.Clock.Advance(TimeSpan.FromSeconds(2));
        lists.Find("lift").ShouldNotBeNull();
        lists.Find("lifts").ShouldBeNull();
        file.Write("nothing of this is a list");
        ground.Clock.Advance(TimeSpan.FromSeconds(2));
        lists.Find("lift").ShouldNotBeNull("the last good lists stay");
    }

    [Theory, OnSqlite]
    public async Task A_list_of_everybody_names_at_most_as_many_as_one_dispatch_calls(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var file = new TemporaryFile("lists.yaml", "- {list: all, members: everybody, order: fewest calls this month}\n");
        var many = People.Read("id,name,email,phone,language,timezone,skills\n"
            + string.Join('\n', Enumerable.Range(0, 5000).Select(n => $"p{n},P{n},,+4477009{n:00000},,UTC,")));
        var lists = Lists(ground, file, null, many);
        var resolved = await lists.ResolveAsync(lists.All()[0], Lift, ground.Clock.GetUtcNow(), default);
        resolved.People.Length.ShouldBe(50);
        resolved.LeftOut.ShouldContain(new LeftOutPerson("4950 more people", "at most 50 are called"));
    }

    static async Task<DispatchId> CallAsync(Ground ground, string ticket, string who)
    {
        var id = await ground.Node.BeginAsync(Some.Plan(ticket, who));
        await ground.Node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Busy));
        await ground.Node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
        return id;
    }

    static async Task<List<string>> SayAsync(NamedLists lists, string id, Ground ground) =>
        [.. (await lists.ResolveAsync(((INamedLists)lists).Find(id).ShouldNotBeNull(), Lift, ground.Clock.GetUtcNow(), default))
            .People.Select(each => $"{each.Id} {each.Sentence}")];

    static NamedLists Lists(Ground ground, TemporaryFile file, TemporaryFile? schedule = null, ImmutableArray<Employee>? people = null)
    {
        var directory = People.Directory(people ?? Everybody);
        var planned = new Planned(schedule?.FilePath ?? "", ground.Clock, directory);
        var calls = ground.Node.Get<CallStore>();
        return new(
            new(Options.Create(new ListOptions { Lists = file.FilePath }), ground.Clock, new Logbook<ListFile>()), directory,
            planned.Availability, new RestLimits(calls, directory, Options.Create(new RestOptions()), ground.Clock), calls, ground.Clock);
    }
}
