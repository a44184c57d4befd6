using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;

namespace BotDispatch.Tests.Tickets;

/// <summary>
/// What a real Request Tracker (5.0.3+dfsg-3~deb12u7, REST 2.0, SQLite) does where one would not expect it, and what follows for us. Each
/// was seen on the installed tool.
/// </summary>
[Collection("real Request Tracker")]
public sealed class RealRequestTrackerFactsTests : IAsyncLifetime
{
    RealRequestTracker tracker = null!;

    public async Task InitializeAsync() => tracker = await RealRequestTracker.OpenAsync();

    public async Task DisposeAsync() => await tracker.DisposeAsync();

    // 5.0.3: a moment in the form in which Request Tracker itself writes it is taken for its whole day, and one that is none for the distant
    // past, both with status 200. So the watch asks for tickets by their numbers and for none by its date.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_search_by_a_moment_finds_the_whole_day_unless_the_moment_is_written_with_blanks_and_UTC()
    {
        var id = await MakeAsync();
        var last = DateTimeOffset.Parse((await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{id}")).GetProperty("LastUpdated").GetString()!, CultureInfo.InvariantCulture);
        var endOfDay = last.UtcDateTime.Date.AddDays(1).AddSeconds(-1);
        (await CountAsync($"id = {id} AND LastUpdated > '{endOfDay:yyyy-MM-dd'T'HH:mm:ss'Z'}'")).ShouldBe(1, "although it is earlier");
        (await CountAsync($"id = {id} AND LastUpdated > '{endOfDay:yyyy-MM-dd HH:mm:ss} UTC'")).ShouldBe(0);
        (await CountAsync($"id = {id} AND LastUpdated > '{last.AddSeconds(-2):yyyy-MM-dd HH:mm:ss} UTC'")).ShouldBe(1);
        (await CountAsync($"id = {id} AND LastUpdated > 'nonsense'")).ShouldBe(1);
        (await CountAsync($"id = {id} AND LastUpdated < 'nonsense'")).ShouldBe(0);
        (await tracker.System().ReadAsync([$"RT-{id}"], default)).Keys.ShouldContain($"RT-{id}");
    }

    // 5.0.3: orderby with an unknown field counts tickets and lists none; pages is 0.0 where there are none, and an integer elsewhere;
    // per_page is cut to 100. All of it with status 200.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_list_may_count_what_it_does_not_show_writes_pages_as_a_decimal_and_has_a_hundred_at_most()
    {
        await MakeAsync();
        var unsorted = await tracker.Http.GetFromJsonAsync<JsonElement>("tickets?query=id%3E0&orderby=NoSuchField");
        (unsorted.GetProperty("total").GetInt32() > 0, unsorted.GetProperty("items").GetArrayLength()).ShouldBe((true, 0));
        var none = await tracker.Http.GetFromJsonAsync<JsonElement>("tickets?query=Subject%3D'nowhere%20at%20all'");
        (none.GetProperty("total").GetInt32(), none.GetProperty("pages").GetRawText()).ShouldBe((0, "0.0"));
        (await tracker.Http.GetFromJsonAsync<JsonElement>("tickets?query=id%3E0&per_page=500")).GetProperty("per_page").GetInt32().ShouldBe(100);
        (await tracker.System().ListAsync("nowhere at all", 50, default)).ShouldNotBeNull().ShouldBeEmpty();
    }

    // 5.0.3: the words of a comment are not in the history but in attachments, and one change of the owner is two entries of it, Set and
    // SetWatcher. So a note is looked for among the attachments, and who has a ticket is read from the ticket.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task The_history_has_no_words_and_counts_a_new_owner_twice()
    {
        var (id, rt) = (await MakeAsync(), tracker.System());
        (await rt.AssignAsync($"RT-{id}", new("root@localhost", "Root"), default)).ShouldBe(new TicketWritten.Done());
        (await rt.WriteNoteAsync($"RT-{id}", "Accepted.\n[BotDispatch d1-9]", "[BotDispatch d1-9]", default)).ShouldBe(new TicketWritten.Done());
        var history = (await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{id}/history?fields=Type,Field,Content&per_page=100")).GetProperty("items").EnumerateArray().ToList();
        history.Where(each => each.GetProperty("Field").GetString() == "Owner").Select(each => each.GetProperty("Type").GetString()).ShouldBe(["Set", "SetWatcher"]);
        history.Single(each => each.GetProperty("Type").GetString() == "Comment").GetProperty("Content").GetString().ShouldBeEmpty();
        (await rt.HasNoteAsync($"RT-{id}", "[BotDispatch d1-9]", default)).ShouldBe(true);
        (await rt.ReadAsync([$"RT-{id}"], default))[$"RT-{id}"].ShouldBeOfType<TicketReading.Standing>().Assignee.ShouldBe("root");
    }

    // 5.0.3: to an account that may read a ticket and not its comments, the history leaves the comments out and counts nothing: total is
    // null. So a count from a history is never believed, and a note that is not shown is said to be refused.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task The_history_of_an_account_that_may_not_see_comments_has_none_and_no_count()
    {
        var id = await MakeAsync();
        (await tracker.System().WriteNoteAsync($"RT-{id}", "Accepted.\n[BotDispatch d1-9]", "[BotDispatch d1-9]", default)).ShouldBe(new TicketWritten.Done());
        using var reader = new HttpClient { BaseAddress = tracker.Http.BaseAddress };
        reader.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("reader:reader-password")));
        var history = await reader.GetFromJsonAsync<JsonElement>($"ticket/{id}/history?fields=Type&per_page=100");
        history.GetProperty("total").ValueKind.ShouldBe(JsonValueKind.Null);
        history.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("Type").GetString()).ShouldNotContain("Comment");
        static void AsReader(RequestTrackerOptions options) => options.UserName = "reader";
        (await tracker.System("reader-password", AsReader).ReadAsync([$"RT-{id}"], default))[$"RT-{id}"].ShouldBeOfType<TicketReading.Standing>();
        (await tracker.System("reader-password", AsReader).HasNoteAsync($"RT-{id}", "[BotDispatch d1-9]", default)).ShouldBe(false);
        (await tracker.System("reader-password", AsReader).WriteNoteAsync($"RT-{id}", "x\n[BotDispatch d1-10]", "[BotDispatch d1-10]", default)).ShouldBeOfType<TicketWritten.Refused>();
        (await tracker.System("reader-password", options =>
        {
            AsReader(options);
            options.WriteNotes = true;
        }).FindMissingRightsAsync(default)).ShouldHaveSingleItem().ShouldStartWith("Tickets:RequestTracker:WriteNotes has no effect in the queue of RT-");
    }

    // 5.0.3: a comment without fields, or with misspelt ones, is 201 and has no words. So a note has Content and ContentType, and is read back.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_comment_with_misspelt_fields_is_created_without_words()
    {
        var id = await MakeAsync();
        (await tracker.Http.PostAsync($"ticket/{id}/comment", RealRequestTracker.Json(new { }))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await tracker.Http.PostAsync($"ticket/{id}/comment", RealRequestTracker.Json(new { Contents = "lost words", ContentType = "text/plain" }))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var attachments = await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{id}/attachments?fields=Content&per_page=100");
        attachments.GetProperty("items").EnumerateArray().ShouldNotContain(each => each.GetProperty("Content").GetString()!.Contains("lost words"));
    }

    // 5.0.3: _hyperlinks of a ticket offers what the account may do with it, such as "comment".
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task An_account_that_may_comment_lacks_nothing()
    {
        await MakeAsync();
        (await tracker.System(set: options => options.WriteNotes = true).FindMissingRightsAsync(default)).ShouldBeEmpty();
    }

    Task<string> MakeAsync() => tracker.MakeAsync(new { Queue = "General", Subject = "Lift 2", Content = "stuck", ContentType = "text/plain" });

    async Task<int> CountAsync(string query) =>
        (await tracker.Http.GetFromJsonAsync<JsonElement>($"tickets?query={Uri.EscapeDataString(query)}")).GetProperty("total").GetInt32();
}

/// <summary>
/// What a real Redmine (5.0.4-5+deb12u1, SQLite) does where one would not expect it, and what follows for us. Each was seen on the
/// installed tool.
/// </summary>
[Collection("real Redmine")]
public sealed class RealRedmineFactsTests : IAsyncLifetime, IDisposable
{
    const string Variable = "BOTDISPATCH_TEST_REDMINE";

    readonly HttpClient admin = new();
    StandIn bench = null!;

    public async Task InitializeAsync()
    {
        bench = await StandIn.StartAsync(new PatientClock());
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } address)
            return;
        admin.BaseAddress = new(address + "/");
        admin.DefaultRequestHeaders.Add("X-Redmine-API-Key", string.Concat(Key.Reverse()));
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    public void Dispose() => admin.Dispose();

    static string Key => Environment.GetEnvironmentVariable("BOTDISPATCH_TEST_REDMINE_KEY")!;

    RedmineSystem System(Action<RedmineOptions>? set = null)
    {
        var options = new RedmineOptions { BaseAddress = new(Environment.GetEnvironmentVariable(Variable)!), ApiKey = Key };
        set?.Invoke(options);
        return new(options, bench.Clients);
    }

    // 5.0.4: updated_on is shown in whole seconds and stored with fractions, so = and <= of the moment that is shown find nothing (with
    // SQLite); an offset or a fraction is 422; limit is cut to 100, and 0 is 25. So the watch asks for issues by their ids.
    [RealSystemFact(Variable)]
    public async Task A_search_by_the_moment_of_a_change_does_not_find_that_change()
    {
        var issue = await IssueAsync();
        var shown = (await IssueJsonAsync(issue)).GetProperty("updated_on").GetString()!;
        (await CountAsync(issue, $">={shown}")).ShouldBe(1);
        (await CountAsync(issue, $"<={shown}")).ShouldBe(0);
        (await CountAsync(issue, shown)).ShouldBe(0);
        (await admin.GetAsync($"issues.json?updated_on={Uri.EscapeDataString(">=" + shown.Replace("Z", "+00:00"))}")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.GetAsync($"issues.json?updated_on={Uri.EscapeDataString(">=" + shown.Replace("Z", ".5Z"))}")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.GetFromJsonAsync<JsonElement>("issues.json?limit=500")).GetProperty("limit").GetInt32().ShouldBe(100);
        (await admin.GetFromJsonAsync<JsonElement>("issues.json?limit=0")).GetProperty("limit").GetInt32().ShouldBe(25);
        (await System().ReadAsync([$"#{issue}"], default)).Keys.ShouldContain($"#{issue}");
    }

    // 5.0.4: closing an issue closes its duplicates and copies the note into them. Each is an end of its own job.
    [RealSystemFact(Variable)]
    public async Task Closing_an_issue_closes_its_duplicates_with_its_note_and_each_is_seen_as_closed()
    {
        var (original, duplicate) = (await IssueAsync(), await IssueAsync());
        (await admin.PostAsync($"issues/{duplicate}/relations.json", Json(new { relation = new { issue_to_id = original, relation_type = "duplicates" } }))).EnsureSuccessStatusCode();
        (await admin.PutAsync($"issues/{original}.json", Json(new { issue = new { status_id = 5, notes = "mended" } }))).EnsureSuccessStatusCode();
        (await IssueJsonAsync(duplicate)).GetProperty("journals").EnumerateArray().ShouldContain(each => each.GetProperty("notes").GetString() == "mended");
        var read = await System().ReadAsync([$"#{original}", $"#{duplicate}"], default);
        read.Values.Cast<TicketReading.Standing>().ShouldAllBe(each => each.IsClosed);
        (await System().FindWhoClosedAsync($"#{duplicate}", default)).ShouldBe("Redmine Admin");
    }

    // 5.0.4: a PUT that changes nothing, refused or empty, is 204 and may move updated_on without an entry in the journal. So only status,
    // assignee and priority are compared.
    [RealSystemFact(Variable)]
    public async Task A_refused_or_empty_change_is_204_writes_no_journal_and_is_nobodys_change()
    {
        var issue = await IssueAsync();
        var before = (await System().ReadAsync([$"#{issue}"], default))[$"#{issue}"].ShouldBeOfType<TicketReading.Standing>();
        foreach (var body in (object[])[new { issue = new { status_id = 999 } }, new { issue = new { status = "Closed" } }, new { issue = new { } }, new { }])
            (await admin.PutAsync($"issues/{issue}.json", Json(body))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await IssueJsonAsync(issue)).GetProperty("journals").GetArrayLength().ShouldBe(0);
        var after = (await System().ReadAsync([$"#{issue}"], default))[$"#{issue}"].ShouldBeOfType<TicketReading.Standing>();
        (after with { Version = before.Version }).ShouldBe(before);
    }

    // 5.0.4: If-Match is ignored for writes. lock_version counts, and its 422 has an empty list of errors: the words must be ours.
    [RealSystemFact(Variable)]
    public async Task A_condition_of_HTTP_is_ignored_and_a_refusal_without_a_reason_is_said_in_our_words()
    {
        var issue = await IssueAsync();
        using var conditional = new HttpRequestMessage(HttpMethod.Put, $"issues/{issue}.json") { Content = Json(new { issue = new { subject = "Changed" } }) };
        conditional.Headers.TryAddWithoutValidation("If-Match", "\"wrong\"");
        (await admin.SendAsync(conditional)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await IssueJsonAsync(issue)).GetProperty("subject").GetString().ShouldBe("Changed");
        using var late = await admin.PutAsync($"issues/{issue}.json", Json(new { issue = new { subject = "Late", lock_version = 0 } }));
        (late.StatusCode, await late.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.UnprocessableEntity, """{"errors":[]}"""));
        var client = bench.Clients.For(new("Redmine", bench.Address, "Tickets:Redmine:BaseAddress", "Tickets:Redmine:ApiKey", _ => { }));
        client.Outcome(new SystemAnswer.Rejected(422, ""), "the status", "Give it the permission.")
            .ShouldBe(new TicketWritten.Refused("Redmine refused the status.", "Give it the permission."));
    }

    // 5.0.4: an account reads its own memberships, and every role with its permissions.
    [RealSystemFact(Variable)]
    public async Task The_rights_of_an_account_can_be_asked_before_something_is_written()
    {
        static void All(RedmineOptions options) => (options.WriteNotes, options.StatusOnAccepted, options.AssignOnAccepted) = (true, "In Progress", true);
        (await System(All).FindMissingRightsAsync(default)).ShouldBeEmpty();
        var login = "u" + Guid.NewGuid().ToString("N")[..12];
        using var made = await admin.PostAsync("users.json", Json(new { user = new { login, firstname = "Ann", lastname = "Lee", mail = $"{login}@example.com", password = "a-long-password" } }));
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("user").GetProperty("id").GetInt32();
        var reporter = (await admin.GetFromJsonAsync<JsonElement>("roles.json")).GetProperty("roles").EnumerateArray()
            .First(each => each.GetProperty("name").GetString() == "Reporter").GetProperty("id").GetInt32();
        (await admin.PostAsync("projects/facilities/memberships.json", Json(new { membership = new { user_id = id, role_ids = new[] { reporter } } }))).EnsureSuccessStatusCode();
        var key = (await admin.GetFromJsonAsync<JsonElement>($"users/{id}.json")).GetProperty("user").GetProperty("api_key").GetString()!;
        var missing = await System(options =>
        {
            options.ApiKey = key;
            All(options);
        }).FindMissingRightsAsync(default);
        missing.Select(each => each.Split(' ')[0]).ShouldBe(["Tickets:Redmine:StatusOnAccepted", "Tickets:Redmine:AssignOnAccepted"]);
        missing.ShouldAllBe(each => each.Contains("has no effect in Facilities: give the role"));
    }

    async Task<int> CountAsync(int issue, string updated) => (await admin.GetFromJsonAsync<JsonElement>(
        $"issues.json?issue_id={issue}&status_id=*&updated_on={Uri.EscapeDataString(updated)}")).GetProperty("total_count").GetInt32();

    async Task<int> IssueAsync()
    {
        using var answer = await admin.PostAsync("issues.json", Json(new { issue = new { project_id = "facilities", subject = "Lift 2 is stuck", priority_id = 3 } }));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("issue").GetProperty("id").GetInt32();
    }

    async Task<JsonElement> IssueJsonAsync(int issue) => (await admin.GetFromJsonAsync<JsonElement>($"issues/{issue}.json?include=journals")).GetProperty("issue");

    static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
