using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Simulator;
using BotDispatch.Tests.Tickets;

namespace BotDispatch.Tests.Flows.Tickets;

/// <summary>Whole dispatches of tickets in a real Redmine (5.0.4-5+deb12u1) and a real Request Tracker (5.0.3+dfsg-3~deb12u7).</summary>
internal static class RealDispatch
{
    /// <param name="address">The real system.</param>
    /// <param name="settings">How it is set up.</param>
    /// <param name="change">Changes every request before it is sent; null for none.</param>
    public static async Task<World> BeginAsync(string address, Dictionary<string, string> settings, Action<HttpRequestMessage>? change = null)
    {
        settings["Policy:AttemptsPerEmployee"] = "2";
        var world = await World.BeginAsync(settings);
        var door = new Door(change);
        world.Elsewhere = asked => asked.Authority == new Uri(address).Authority ? door : null;
        return world;
    }

    public static async Task LookAsync(World world)
    {
        await world.App.Get<TicketWatch>().LookAsync(default);
        await world.SettleAsync();
    }

    public static async Task<DispatchId> AcceptAsync(World world, string reference)
    {
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync(reference, "marcus.reed", "priya.nair");
        await LookAsync(world);
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 1, 1)), string.Join('\n', world.Thread(id)));
        return id;
    }

    public static async Task<DispatchId> RingAsync(World world, string reference)
    {
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync(reference, "marcus.reed", "priya.nair");
        await world.PassAsync(5);
        await LookAsync(world);
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        return id;
    }

    // A thread of this world waits for the real answer, so that the driven clock stands still meanwhile.
    sealed class Door(Action<HttpRequestMessage>? change) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            change?.Invoke(request);
            var response = base.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult();
            response.Content.LoadIntoBufferAsync(CancellationToken.None).GetAwaiter().GetResult();
            return Task.FromResult(response);
        }
    }
}

[Collection("real Redmine")]
public sealed class RealRedmineDispatchTests : IDisposable
{
    const string Variable = "BOTDISPATCH_TEST_REDMINE";

    readonly HttpClient admin = new();

    public RealRedmineDispatchTests()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } address)
            return;
        admin.BaseAddress = new(address + "/");
        admin.DefaultRequestHeaders.Add("X-Redmine-API-Key", string.Concat(Key.Reverse()));
    }

    public void Dispose() => admin.Dispose();

    static string Key => Environment.GetEnvironmentVariable("BOTDISPATCH_TEST_REDMINE_KEY")!;

    static Task<World> BeginAsync(int user, string status, string? key = null) => RealDispatch.BeginAsync(Environment.GetEnvironmentVariable(Variable)!, new()
    {
        ["Tickets:Redmine:BaseAddress"] = Environment.GetEnvironmentVariable(Variable)!,
        ["Tickets:Redmine:ApiKey"] = key ?? Key,
        ["Tickets:Redmine:WriteNotes"] = "true",
        ["Tickets:Redmine:StatusOnAccepted"] = status,
        ["Tickets:Redmine:AssignOnAccepted"] = "true",
        ["Tickets:Redmine:Users:priya.nair@example.com"] = $"{user}",
    });

    [RealSystemFact(Variable)]
    public async Task An_accepted_dispatch_stands_in_the_real_issue_with_status_assignee_and_notes()
    {
        var (issue, user) = (await IssueAsync(), await UserAsync(isMember: true));
        await using var world = await BeginAsync(user, "In Progress");
        await RealDispatch.AcceptAsync(world, $"#{issue}");
        var json = await JsonAsync(issue);
        (json.GetProperty("status").GetProperty("name").GetString(), json.GetProperty("assigned_to").GetProperty("id").GetInt32()).ShouldBe(("In Progress", user));
        var notes = string.Join('\n', json.GetProperty("journals").EnumerateArray().Select(each => each.GetProperty("notes").GetString()));
        foreach (var words in (string[])["Asked for by Dana.", "Marcus Reed pressed 2: Rejected.", "Accepted: Priya Nair pressed 1", "Status: In Progress.", "Assigned to Priya Nair.", "[BotDispatch "])
            notes.ShouldContain(words);
    }

    // 5.0.4: a status that is unknown and an assignee who is no member: the dispatch goes on, and both are said once.
    [RealSystemFact(Variable)]
    public async Task A_status_and_an_assignee_that_the_real_Redmine_refuses_are_said_once_in_the_thread()
    {
        var (issue, stranger) = (await IssueAsync(), await UserAsync(isMember: false));
        await using var world = await BeginAsync(stranger, "Taken");
        var id = await RealDispatch.AcceptAsync(world, $"#{issue}");
        world.Thread(id).Count(line => line.Contains("Redmine has no status named Taken.", StringComparison.Ordinal)).ShouldBe(1);
        world.Thread(id).Count(line => line.Contains("The person must be a member of the project", StringComparison.Ordinal)).ShouldBe(1);
        (await JsonAsync(issue)).GetProperty("status").GetProperty("name").GetString().ShouldBe("New");
    }

    [RealSystemFact(Variable)]
    public async Task Closing_the_real_issue_stops_the_ringing()
    {
        var (issue, user) = (await IssueAsync(), await UserAsync(isMember: true));
        await using var world = await BeginAsync(user, "In Progress");
        var id = await RealDispatch.RingAsync(world, $"#{issue}");
        (await admin.PutAsync($"issues/{issue}.json", Json(new { issue = new { status_id = 5 } }))).EnsureSuccessStatusCode();
        await RealDispatch.LookAsync(world);
        await world.PassAsync(3);
        var state = await world.StateAsync(id);
        (state.Resolution, state.HasLiveLeg).ShouldBe((new Resolution.CalledOff("the ticket was closed in Redmine by Redmine Admin (status Closed)"), false));
    }

    // 5.0.4: the key of an account that was locked reads a public project as an anonymous reader does, with 200, and may write nothing: 401.
    [RealSystemFact(Variable)]
    public async Task A_key_of_the_real_Redmine_that_ends_while_a_phone_rings_is_said_once_with_what_to_set_and_somebody_accepts()
    {
        var (issue, user) = (await IssueAsync(), await UserAsync(isMember: true));
        var key = (await admin.GetFromJsonAsync<JsonElement>($"users/{user}.json")).GetProperty("user").GetProperty("api_key").GetString()!;
        await using var world = await BeginAsync(user, "In Progress", key);
        var id = await RealDispatch.RingAsync(world, $"#{issue}");
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        (await admin.PutAsync($"users/{user}.json", Json(new { user = new { status = 3 } }))).EnsureSuccessStatusCode();
        await RealDispatch.LookAsync(world);
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.Thread(id).Where(line => line.Contains("credentials", StringComparison.Ordinal)).ShouldHaveSingleItem(string.Join('\n', world.Thread(id)))
            .ShouldContain("Correct Tickets:Redmine:ApiKey.");
        (await JsonAsync(issue)).GetProperty("status").GetProperty("name").GetString().ShouldBe("New");
    }

    // One Redmine under two names, with a key and a prefix of its own each.
    [RealSystemFact(Variable)]
    public async Task Two_names_for_the_real_Redmine_are_two_systems()
    {
        var (issue, other, user) = (await IssueAsync(), await IssueAsync(), await UserAsync(isMember: true));
        var address = Environment.GetEnvironmentVariable(Variable)!;
        await using var world = await RealDispatch.BeginAsync(address, new()
        {
            ["Tickets:Redmine:BaseAddress"] = address,
            ["Tickets:Redmine:ApiKey"] = Key,
            ["Tickets:Systems:lifts:Kind"] = "Redmine",
            ["Tickets:Systems:lifts:BaseAddress"] = address,
            ["Tickets:Systems:lifts:ApiKey"] = Key,
            ["Tickets:Systems:lifts:Prefix"] = "L-",
            ["Tickets:Systems:lifts:WriteNotes"] = "true",
            ["Tickets:Systems:lifts:StatusOnAccepted"] = "In Progress",
            ["Tickets:Systems:lifts:AssignOnAccepted"] = "true",
            ["Tickets:Systems:lifts:Users:priya.nair@example.com"] = $"{user}",
        });
        await RealDispatch.AcceptAsync(world, $"L-{issue}");
        (await JsonAsync(issue)).GetProperty("status").GetProperty("name").GetString().ShouldBe("In Progress");
        (await JsonAsync(issue)).GetProperty("journals").EnumerateArray().ShouldContain(each => each.GetProperty("notes").GetString()!.Contains("Assigned to Priya Nair."));
        var ringing = await RealDispatch.RingAsync(world, $"#{other}");
        (await admin.PutAsync($"issues/{issue}.json", Json(new { issue = new { status_id = 5 } }))).EnsureSuccessStatusCode();
        await RealDispatch.LookAsync(world);
        (await world.StateAsync(ringing)).IsClosed.ShouldBeFalse();
        (await admin.PutAsync($"issues/{other}.json", Json(new { issue = new { status_id = 5 } }))).EnsureSuccessStatusCode();
        await RealDispatch.LookAsync(world);
        (await world.StateAsync(ringing)).Resolution.ShouldBe(new Resolution.CalledOff("the ticket was closed in Redmine by Redmine Admin (status Closed)"));
        (await JsonAsync(other)).GetProperty("journals").EnumerateArray().ShouldAllBe(each => each.GetProperty("notes").GetString() == "");
    }

    async Task<int> IssueAsync() => await MakeAsync("issues.json", "issue", new { issue = new { project_id = "facilities", subject = "Lift 2 is stuck", priority_id = 3 } });

    async Task<int> UserAsync(bool isMember)
    {
        var login = "u" + Guid.NewGuid().ToString("N")[..12];
        var id = await MakeAsync("users.json", "user", new { user = new { login, firstname = "Priya", lastname = "Nair", mail = $"{login}@example.com", password = "a-long-password" } });
        var manager = (await admin.GetFromJsonAsync<JsonElement>("roles.json")).GetProperty("roles").EnumerateArray().First(each => each.GetProperty("name").GetString() == "Manager");
        if (isMember)
            (await admin.PostAsync("projects/facilities/memberships.json", Json(new { membership = new { user_id = id, role_ids = new[] { manager.GetProperty("id").GetInt32() } } }))).EnsureSuccessStatusCode();
        return id;
    }

    async Task<int> MakeAsync(string path, string name, object body)
    {
        using var answer = await admin.PostAsync(path, Json(body));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(name).GetProperty("id").GetInt32();
    }

    async Task<JsonElement> JsonAsync(int issue) => (await admin.GetFromJsonAsync<JsonElement>($"issues/{issue}.json?include=journals")).GetProperty("issue");

    static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}

[Collection("real Request Tracker")]
public sealed class RealRequestTrackerDispatchTests : IAsyncLifetime
{
    RealRequestTracker tracker = null!;

    public async Task InitializeAsync() => tracker = await RealRequestTracker.OpenAsync();

    public async Task DisposeAsync() => await tracker.DisposeAsync();

    static string Address => Environment.GetEnvironmentVariable(RealRequestTracker.Variable)!;

    static Task<World> BeginAsync(string status, Action<HttpRequestMessage>? change = null) => RealDispatch.BeginAsync(Address, new()
    {
        ["Tickets:RequestTracker:BaseAddress"] = Address,
        ["Tickets:RequestTracker:UserName"] = "root",
        ["Tickets:RequestTracker:Password"] = "password",
        ["Tickets:RequestTracker:Prefix"] = "RT-",
        ["Tickets:RequestTracker:WriteNotes"] = "true",
        ["Tickets:RequestTracker:StatusOnAccepted"] = status,
        ["Tickets:RequestTracker:AssignOnAccepted"] = "true",
        ["Tickets:RequestTracker:Users:priya.nair@example.com"] = "root",
    }, change);

    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task An_accepted_dispatch_stands_in_the_real_ticket_with_status_owner_and_comments()
    {
        var ticket = await MakeAsync();
        await using var world = await BeginAsync("open");
        await RealDispatch.AcceptAsync(world, $"RT-{ticket}");
        var json = await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{ticket}");
        (json.GetProperty("Status").GetString(), json.GetProperty("Owner").GetProperty("id").GetString()).ShouldBe(("open", "root"));
        var comments = await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{ticket}/attachments?fields=Content&per_page=100");
        var text = string.Join('\n', comments.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("Content").GetString()));
        foreach (var words in (string[])["Asked for by Dana.", "Marcus Reed pressed 2: Rejected.", "Accepted: Priya Nair pressed 1", "Status: open.", "Assigned to Priya Nair."])
            text.ShouldContain(words);
    }

    // 5.0.3: "closed" is no status, and is answered with 200.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_status_that_the_real_Request_Tracker_ignores_is_said_once_in_the_thread()
    {
        await using var world = await BeginAsync("closed");
        var id = await RealDispatch.AcceptAsync(world, $"RT-{await MakeAsync()}");
        world.Thread(id).Count(line => line.Contains("Request Tracker kept the Status new and did not set closed.", StringComparison.Ordinal)).ShouldBe(1);
    }

    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task Resolving_the_real_ticket_stops_the_ringing()
    {
        var ticket = await MakeAsync();
        await using var world = await BeginAsync("open");
        var id = await RealDispatch.RingAsync(world, $"RT-{ticket}");
        (await tracker.Http.PutAsync($"ticket/{ticket}", RealRequestTracker.Json(new { Status = "resolved" }))).EnsureSuccessStatusCode();
        await RealDispatch.LookAsync(world);
        await world.PassAsync(3);
        var state = await world.StateAsync(id);
        (state.Resolution, state.HasLiveLeg).ShouldBe((new Resolution.CalledOff("the ticket was closed in Request Tracker by root (status resolved)"), false));
    }

    // 5.0.3: a merged number answers as the other ticket with no hint, no search finds it, and what is written goes there.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_real_ticket_that_is_merged_into_another_one_is_said_once_and_that_one_counts_from_then_on()
    {
        var (ticket, other) = (await MakeAsync(), await MakeAsync());
        await using var world = await BeginAsync("open");
        var id = await RealDispatch.RingAsync(world, $"RT-{ticket}");
        // Somebody has the other one, and works on it or not: that is no news of this job.
        (await tracker.Http.PutAsync($"ticket/{other}", RealRequestTracker.Json(new { Owner = "root" }))).EnsureSuccessStatusCode();
        (await tracker.Http.PutAsync($"ticket/{ticket}", RealRequestTracker.Json(new { MergeInto = other }))).EnsureSuccessStatusCode();
        for (var looks = 0; looks < 3; looks++)
        {
            await RealDispatch.LookAsync(world);
            await world.PassAsync(1);
        }
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue(string.Join('\n', world.Thread(id)));
        world.Thread(id).Where(line => line.Contains("merged", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldBe($"RT-{ticket} was merged into RT-{other} in Request Tracker. Calling goes on, and what happens to RT-{other} counts from now on.");
        (await tracker.Http.PutAsync($"ticket/{other}", RealRequestTracker.Json(new { Status = "resolved" }))).EnsureSuccessStatusCode();
        await RealDispatch.LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.CalledOff>().Because.Isolated().ShouldContain("which is closed in Request Tracker by root (status resolved)");
    }

    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_password_of_the_real_Request_Tracker_that_ends_while_a_phone_rings_is_said_once_with_what_to_set_and_somebody_accepts()
    {
        var (ticket, isRevoked) = (await MakeAsync(), false);
        await using var world = await BeginAsync("open", request =>
        {
            if (isRevoked)
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("root:another password")));
        });
        var id = await RealDispatch.RingAsync(world, $"RT-{ticket}");
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        isRevoked = true;
        await RealDispatch.LookAsync(world);
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        await world.PassAsync(TicketWatch.UntilRefusalIsSaid);
        await RealDispatch.LookAsync(world);
        await RealDispatch.LookAsync(world);
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.Thread(id).Where(line => line.Contains("credentials", StringComparison.Ordinal)).ShouldBe(
        [
            "Request Tracker does not accept BotDispatch's credentials any more, so what happens in it is not known. Correct Tickets:RequestTracker:Password. "
                + "Until then nothing is written into it. Calling goes on.",
            "Request Tracker does not accept BotDispatch's credentials, so the ticket does not show yet who accepted. It is tried again for about half an hour. "
                + "Correct Tickets:RequestTracker:Password.",
        ]);
        (await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{ticket}")).GetProperty("Status").GetString().ShouldBe("new");
    }

    Task<string> MakeAsync() => tracker.MakeAsync(new { Queue = "General", Subject = "Lift 2 is stuck", Content = "Two people", ContentType = "text/plain" });
}
