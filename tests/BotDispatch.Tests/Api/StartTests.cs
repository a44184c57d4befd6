using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Tests.Flows;

namespace BotDispatch.Tests.Api;

public sealed class StartTests
{
    static readonly string[] Ann = ["ann.lee"];

    static object Lift(string title = "Lift 2 is stuck") => new { title, people = (string[])["ann.lee", "JONAS.WEBER@example.com"], place = "Hamburg", priority = "High" };

    [Fact]
    public async Task A_program_starts_a_dispatch_and_reads_how_it_goes_without_a_phone_number()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world, "lifts");
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();

        var (status, body, answer) = await program.StartAsync(Lift());
        status.ShouldBe(201);
        var id = new DispatchId(body.GetProperty("id").GetString()!);
        answer.Headers.Location!.OriginalString.ShouldBe($"/api/dispatches/{id}");
        body.GetProperty("people").EnumerateArray().Select(each => each.GetProperty("name").GetString()).ShouldBe(["Ann Lee", "Jonas Weber"]);
        await world.ToTheEndAsync(id);

        var (_, after, _) = await program.GetAsync($"/api/dispatches/{id}");
        after.GetProperty("status").GetString().ShouldBe("Accepted");
        after.GetProperty("acceptedBy").GetProperty("id").GetString().ShouldBe("ann.lee");
        var (_, events, _) = await program.GetAsync($"/api/dispatches/{id}/events");
        events.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("type").GetString())
            .ShouldBe(["dispatch.started", "call.started", "call.ringing", "call.answered", "dispatch.accepted"]);
        events.GetRawText().ShouldNotContain("+44");
        after.GetRawText().ShouldNotContain("+44");
        world.Thread(id)[0].ShouldStartWith("Asked for by API key lifts.");
        world.SpokenTo("ann.lee")[0].ShouldContain("Lift 2 is stuck");
        world.Chat.Replies.SelectMany(reply => reply.Lines).Select(line => line.Mention).OfType<Person>().ShouldBeEmpty("a program cannot be mentioned");
    }

    /// <summary>They may be in the list that cannot be read.</summary>
    [Fact]
    public async Task Somebody_who_is_not_found_while_a_source_of_people_cannot_be_read_is_answered_with_that_once()
    {
        using var file = new Employees.TemporaryFile("people.csv", "id,name,email,phone,language,timezone,skills\nann,Ann,,+442079460001,,,\n");
        await using var world = await World.BeginAsync(new(RemoteProgram.Settings) { ["Employees:File"] = file.FilePath });
        using var program = await RemoteProgram.WithKeyAsync(world);
        async Task<List<string?>> ErrorsAsync() =>
            [.. (await program.StartAsync(new { title = "Door", people = (string[])["zorro", "ann", "yoda"] })).Body.GetProperty("errors").GetProperty("people")
                .EnumerateArray().Select(each => each.GetString())];
        (await ErrorsAsync()).ShouldBe(["people: zorro is not in the employee directory.", "people: yoda is not in the employee directory."]);
        file.Write("nonsense\n");
        await world.PassAsync(10);
        var errors = await ErrorsAsync();
        errors[0].ShouldBe("people: zorro is not in the employee directory.");
        errors[1].ShouldNotBeNull().ShouldStartWith("people: yoda is not in the employee directory. People may be missing at this moment, because not all sources of people can be read. "
            + "⚠ Employees:File: the list in use is ");
        errors.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_ticket_is_looked_up()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var (status, body, _) = await program.StartAsync(new { ticket = "inc-1042", people = Ann });
        status.ShouldBe(201);
        body.GetProperty("ticket").GetProperty("title").GetString().ShouldBe("Lift 2 is stuck between floors with two people inside");
        (status, body, _) = await program.StartAsync(new { ticket = "INC-9999", people = Ann });
        status.ShouldBe(422);
        body.GetProperty("errors").GetProperty("ticket")[0].GetString().ShouldBe("ticket INC-9999 is not known to the ticket system.");
    }

    [Fact]
    public async Task A_list_is_called_with_its_own_policy_and_an_unknown_one_is_named()
    {
        await using var world = await World.BeginAsync(new(RemoteProgram.Settings) { ["Employees:Lists"] = Path.Combine(AppContext.BaseDirectory, "Samples", "lists.yaml") });
        using var program = await RemoteProgram.WithKeyAsync(world, lists: "lifts,nosuch");
        var (status, body, _) = await program.StartAsync(new { title = "Lift 2 is stuck", to = "lifts" });
        status.ShouldBe(201, body.GetRawText());
        body.GetProperty("people").GetArrayLength().ShouldBeGreaterThan(0);
        (await program.StartAsync(new { title = "Door", to = "nosuch" })).Body.GetProperty("errors").GetProperty("to")[0].GetString()!.ShouldStartWith("to: there is no list nosuch. Lists: ");
        (await program.StartAsync(new { title = "Door", to = "doors" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_starts_one_dispatch_also_after_a_restart_and_another_body_is_refused()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var (first, one, _) = await program.StartAsync(Lift(), "alarm-7");
        await world.RestartAsync();
        using var again = RemoteProgram.WithText(world, program.Key);
        var (second, two, _) = await again.StartAsync(Lift(), "alarm-7");
        (first, second).ShouldBe((201, 200));
        two.GetProperty("id").GetString().ShouldBe(one.GetProperty("id").GetString());
        var (third, other, _) = await again.StartAsync(Lift("Lift 3 is stuck"), "alarm-7");
        third.ShouldBe(422);
        other.GetProperty("type").GetString().ShouldBe("urn:botdispatch:problem:idempotency-key-reused");

        using var another = await RemoteProgram.WithKeyAsync(world, "doors");
        (await another.StartAsync(Lift("Door 1 is open"), "alarm-7")).Status.ShouldBe(201, "keys of two programs have nothing to do with each other");
        (await world.App.Engine.ListOpenAsync(default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_requests_at_once_under_one_key_start_one_dispatch()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.StartAsync(Lift(), "alarm-7")));
        answers.Select(each => each.Body.GetProperty("id").GetString()).Distinct().ShouldHaveSingleItem();
        answers.Select(each => each.Status).ShouldBeSubsetOf([200, 201]);
        (await world.App.Engine.ListOpenAsync(default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_job_that_is_being_dispatched_is_a_conflict_that_names_its_dispatch()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var (_, first, _) = await program.StartAsync(Lift());
        var (status, problem, answer) = await program.StartAsync(Lift());
        status.ShouldBe(409);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("dispatch").GetString().ShouldBe(first.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_nothing_starts()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var (status, problem, _) = await program.StartAsync(new
        {
            title = new string('x', 301),
            titel = "Lift",
            link = "javascript:alert(1)",
            note = 7,
            people = (object[])["ann.lee", 7],
            to = "lifts",
            channel = "",
        });
        status.ShouldBe(422);
        problem.GetProperty("errors").EnumerateObject().Select(each => each.Name).ShouldBe(["channel", "link", "note", "people", "titel", "title"]);
        (await program.StartAsync(new { })).Body.GetProperty("errors").EnumerateObject().Select(each => each.Name).ShouldBe(["ticket", "to"]);
        (await program.StartAsync(new { title = "x", people = (string[])["nobody", "nemo"] })).Body.GetProperty("errors").GetProperty("people").GetArrayLength().ShouldBe(2);
        (await program.StartAsync(new { title = "x", people = Ann, channel = "slack:T0ACME/C0OPS" })).Body.GetProperty("errors").GetProperty("channel")[0].GetString()
            .ShouldBe("channel is a channel of Slack, which is not set up.");
        (await program.StartAsync("""{"title":"\ud800","people":["ann.lee"]}""")).Status.ShouldBe(422);
        (await world.App.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("\"text\"", 400)]
    public async Task A_body_that_is_no_object_is_refused(string body, int expected)
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        (await program.StartAsync(body)).Status.ShouldBe(expected);
    }

    // JsonNode of .NET 10 accepts a name that occurs twice and throws when it is looked for; JsonElement takes the last one silently.
    [Fact]
    public async Task A_field_that_occurs_twice_is_named_and_nothing_starts()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var (status, body, _) = await program.StartAsync("""{"title":"Lift 1","title":"Lift 2","people":["ann.lee"]}""");
        status.ShouldBe(422);
        body.GetProperty("errors").GetProperty("title")[0].GetString().ShouldBe("title occurs twice: write it once.");
        (await world.App.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"title\":1,\"people\":[\"ann.lee\"]}", 422)]
    [InlineData("{\"title\":\"x\",\"people\":\"ann.lee\"}", 422)]
    [InlineData("{\"title\":\"x\",\"people\":[1]}", 422)]
    [InlineData("{\"title\":\"x\",\"people\":[\"ann.lee\"],\"note\":{}}", 422)]
    [InlineData("{\"title\":\"x\",\"people\":[\"ann.lee\"]} trailing", 400)]
    [InlineData("{\"title\":\"x\",\"people\":[\"ann.lee\"],}", 400)]
    [InlineData("deep", 400)]
    [InlineData("utf-16", 400)]
    public async Task A_body_of_another_form_is_refused_and_nothing_starts(string body, int expected)
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var text = body switch
        {
            "deep" => string.Concat(Enumerable.Repeat("{\"title\":", 5_000)) + "1" + new string('}', 5_000),
            "utf-16" => new string([.. "{\"title\":\"x\",\"people\":[\"ann.lee\"]}".SelectMany(each => new[] { each, '\0' })]),
            _ => body,
        };
        (await program.StartAsync(text)).Status.ShouldBe(expected);
        (await world.App.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_body_and_another_media_type_are_refused()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        (await program.StartAsync(new { title = "x", description = new string('x', 70_000), people = Ann })).Status.ShouldBe(413);
        (await program.SendAsync(HttpMethod.Post, "/api/dispatches", "title=x", mediaType: "application/x-www-form-urlencoded")).Status.ShouldBe(415);
        (await program.StartAsync(new { title = "x", people = Ann }, new string('k', 201))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Cancelling_ends_it_once_and_an_accepted_one_is_a_conflict()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world, "lifts");
        var id = (await program.StartAsync(Lift())).Body.GetProperty("id").GetString();
        foreach (var _ in (int[])[1, 2])
        {
            var (status, body, _) = await program.PostAsync($"/api/dispatches/{id}/cancel");
            (status, body.GetProperty("status").GetString()).ShouldBe((200, "Cancelled"));
        }
        await world.SettleAsync();
        world.Thread(new(id!)).ShouldContain(line => line.Contains("API key lifts", StringComparison.Ordinal) && line.StartsWith("Cancelled", StringComparison.Ordinal));

        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var accepted = new DispatchId((await program.StartAsync(Lift("Another"))).Body.GetProperty("id").GetString()!);
        await world.ToTheEndAsync(accepted);
        (await program.PostAsync($"/api/dispatches/{accepted}/cancel")).Status.ShouldBe(409);
        (await program.PostAsync("/api/dispatches/nosuchdispatch/cancel")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Events_are_read_page_by_page()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = (await program.StartAsync(Lift())).Body.GetProperty("id").GetString();
        await world.ToTheEndAsync(new(id!));
        var all = (await program.GetAsync($"/api/dispatches/{id}/events")).Body.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("seq").GetInt64()).ToList();
        var (read, after) = (new List<long>(), (long?)0);
        while (after is { } from)
        {
            var page = (await program.GetAsync($"/api/dispatches/{id}/events?after={from}&limit=2")).Body;
            read.AddRange(page.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("seq").GetInt64()));
            after = page.TryGetProperty("next", out var next) ? next.GetInt64() : null;
        }
        read.ShouldBe(all);
        (await program.GetAsync($"/api/dispatches/{id}/events?after=-1&limit=0")).Body.GetProperty("errors").EnumerateObject().Count().ShouldBe(2);
    }
}
