using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BotDispatch.Ports;
using BotDispatch.Tickets.Redmine;

namespace BotDispatch.Tests.Tickets;

/// <summary>Writes into a real Redmine (seen with 5.0.4-5+deb12u1, SQLite) and watches it. Each test makes an issue of its own.</summary>
[Collection("real Redmine")]
public sealed class RealRedmineWritingTests : IAsyncLifetime, IDisposable
{
    const string Variable = "BOTDISPATCH_TEST_REDMINE";
    const string Mark = "[BotDispatch d1-7]";

    StandIn bench = null!;
    HttpClient admin = null!;

    public async Task InitializeAsync()
    {
        bench = await StandIn.StartAsync(new PatientClock());
        admin = new();
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } address)
            return;
        admin.BaseAddress = new(address + "/");
        admin.DefaultRequestHeaders.Add("X-Redmine-API-Key", string.Concat(Key.Reverse()));
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    public void Dispose() => admin.Dispose();

    static string Key => Environment.GetEnvironmentVariable("BOTDISPATCH_TEST_REDMINE_KEY")!;

    RedmineSystem System(string? key = null, Action<RedmineOptions>? set = null)
    {
        var options = new RedmineOptions { BaseAddress = new(Environment.GetEnvironmentVariable(Variable)!), ApiKey = key ?? Key };
        set?.Invoke(options);
        return new(options, bench.Clients);
    }

    [RealSystemFact(Variable)]
    public async Task A_note_a_status_and_an_assignee_are_written_and_read_back()
    {
        var (issue, ann) = (await IssueAsync(), await UserAsync("Manager"));
        var redmine = System(set: options => options.Users["ann@example.com"] = ann.Id.ToString());
        (await redmine.SetStatusAsync(issue, "in progress", default)).ShouldBe(new TicketWritten.Done());
        (await redmine.AssignAsync(issue, new("ANN@example.com", "Ann Lee"), default)).ShouldBe(new TicketWritten.Done());
        (await redmine.HasNoteAsync(issue, Mark, default)).ShouldBe(false);
        (await redmine.WriteNoteAsync(issue, $"Accepted: Ann Lee pressed 1.\n{Mark}", Mark, default)).ShouldBe(new TicketWritten.Done());
        (await redmine.HasNoteAsync(issue, Mark, default)).ShouldBe(true);
        var standing = await StandingAsync(redmine, issue);
        (standing.Status, standing.IsClosed, standing.Assignee, standing.Priority).ShouldBe(("In Progress", false, ann.Id.ToString(), "High"));
    }

    // 5.0.4: a status that the workflow does not allow the account is answered with 204, and nothing is changed.
    [RealSystemFact(Variable)]
    public async Task A_status_that_Redmine_kept_is_said_with_what_to_set_although_it_answered_204()
    {
        var (issue, reporter) = (await IssueAsync(), await UserAsync("Reporter"));
        using var http = new HttpClient { BaseAddress = admin.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Redmine-API-Key", reporter.Key);
        var before = await IssueJsonAsync(issue);
        (await http.PutAsync($"issues/{issue[1..]}.json", Json(new { issue = new { status_id = 5 } }))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var refused = (await System(reporter.Key).SetStatusAsync(issue, "In Progress", default)).ShouldBeOfType<TicketWritten.Refused>();
        refused.Because.ShouldBe("Redmine kept the status New and did not set In Progress.");
        refused.Remedy.ShouldContain("Administration, Workflow");
        // 5.0.4: a refused change may move updated_on without an entry in the journal, so that alone is no change by somebody.
        var after = await IssueJsonAsync(issue);
        after.GetProperty("journals").GetArrayLength().ShouldBe(before.GetProperty("journals").GetArrayLength());
        var watching = System();
        var standing = await StandingAsync(watching, issue);
        (standing.Status, standing.Assignee).ShouldBe(("New", null));
    }

    // 5.0.4: a note beside a status that is refused is stored: "closed by ..." would stand there although nothing was closed.
    [RealSystemFact(Variable)]
    public async Task A_note_beside_a_refused_status_would_be_stored_so_it_is_written_alone_and_last()
    {
        var (issue, reporter) = (await IssueAsync(), await UserAsync("Reporter"));
        using var http = new HttpClient { BaseAddress = admin.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Redmine-API-Key", reporter.Key);
        (await http.PutAsync($"issues/{issue[1..]}.json", Json(new { issue = new { status_id = 5, notes = "closed it" } }))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var json = await IssueJsonAsync(issue);
        json.GetProperty("status").GetProperty("name").GetString().ShouldBe("New");
        json.GetProperty("journals")[0].GetProperty("notes").GetString().ShouldBe("closed it");
    }

    [RealSystemFact(Variable)]
    public async Task A_status_that_does_not_exist_is_said_with_those_that_do()
    {
        var refused = (await System().SetStatusAsync(await IssueAsync(), "Taken", default)).ShouldBeOfType<TicketWritten.Refused>();
        refused.ShouldBe(new("Redmine has no status named Taken.",
            "Correct Tickets:Redmine:StatusOnAccepted: New, In Progress, Resolved, Feedback, Closed, Rejected."));
    }

    // 5.0.4: /users.json is 403 for everybody but administrators, and memberships name people without email.
    [RealSystemFact(Variable)]
    public async Task A_user_is_found_by_email_with_the_key_of_an_administrator_and_else_by_the_table_of_the_settings()
    {
        var (issue, ann) = (await IssueAsync(), await UserAsync("Manager"));
        var who = new TicketAssignee(ann.Mail.ToUpperInvariant(), "Ann Lee");
        var refused = (await System().AssignAsync(issue, who, default)).ShouldBeOfType<TicketWritten.Refused>();
        refused.Because.ShouldBe("Redmine does not tell BotDispatch which user Ann Lee is.");
        refused.Remedy.ShouldStartWith($"Write Tickets:Redmine:Users:{ann.Mail.ToUpperInvariant()} with the id of the user in Redmine");
        (await System(string.Concat(Key.Reverse())).AssignAsync(issue, who, default)).ShouldBe(new TicketWritten.Done());
        (await StandingAsync(System(), issue)).Assignee.ShouldBe(ann.Id.ToString());
        (await System().AssignAsync(issue, new(null, "Bob"), default)).ShouldBeOfType<TicketWritten.Refused>().Because.ShouldStartWith("Bob has no email");
    }

    // 5.0.4: assigning somebody who is no member of the project is 422.
    [RealSystemFact(Variable)]
    public async Task Somebody_who_is_no_member_is_refused_in_Redmines_own_words()
    {
        var stranger = await UserAsync(null);
        var refused = (await System(set: options => options.Users["eve@example.com"] = stranger.Id.ToString())
            .AssignAsync(await IssueAsync(), new("eve@example.com", "Eve"), default)).ShouldBeOfType<TicketWritten.Refused>();
        refused.Because.ShouldStartWith("Redmine ");
        refused.Remedy.ShouldContain("member of the project");
    }

    // 5.0.4: a list holds open issues alone unless status_id=*; closed_on stays after reopening, so only is_closed says it.
    [RealSystemFact(Variable)]
    public async Task A_closed_issue_is_seen_as_closed_with_the_person_who_closed_it_and_a_reopened_one_as_open()
    {
        var issue = await IssueAsync();
        var redmine = System();
        (await StandingAsync(redmine, issue)).IsClosed.ShouldBeFalse();
        await PutAsync(issue, new { status_id = 5 });
        var closed = await StandingAsync(redmine, issue);
        (closed.IsClosed, closed.Status, closed.ClosedAt is not null).ShouldBe((true, "Closed", true));
        (await redmine.FindWhoClosedAsync(issue, default)).ShouldBe("Redmine Admin");
        await PutAsync(issue, new { status_id = 1 });
        (await IssueJsonAsync(issue)).GetProperty("closed_on").ValueKind.ShouldBe(JsonValueKind.String);
        (await StandingAsync(redmine, issue)).IsClosed.ShouldBeFalse();
    }

    [RealSystemFact(Variable)]
    public async Task A_lowered_priority_is_a_smaller_urgency()
    {
        var issue = await IssueAsync();
        var before = await StandingAsync(System(), issue);
        await PutAsync(issue, new { priority_id = 1 });
        var after = await StandingAsync(System(), issue);
        (after.Urgency < before.Urgency, after.Priority).ShouldBe((true, "Low"));
    }

    // 5.0.4: a deleted issue is 404, one in a project that was made private or archived is 403. Neither says that the job is done.
    [RealSystemFact(Variable)]
    public async Task A_deleted_or_hidden_issue_is_lost_and_not_closed_and_with_a_wrong_key_nothing_is_known()
    {
        var (kept, deleted) = (await IssueAsync(), await IssueAsync());
        (await admin.DeleteAsync($"issues/{deleted[1..]}.json")).EnsureSuccessStatusCode();
        var read = await System().ReadAsync([kept, deleted, "#3"], default);
        read[kept].ShouldBeOfType<TicketReading.Standing>();
        read[deleted].ShouldBe(new TicketReading.Lost("it was deleted"));
        read["#3"].ShouldBeOfType<TicketReading.Lost>();
        (await System("0123456789012345678901234567890123456789").ReadAsync([deleted, "#3"], default)).Values.ShouldAllBe(each => each is TicketReading.NotAdmitted);
    }

    // 5.0.4: without that permission, private_notes is answered with 204 and the note is public; so notes of ours are never called private.
    [RealSystemFact(Variable)]
    public async Task A_private_note_of_an_account_without_the_permission_would_be_public()
    {
        var (issue, reporter) = (await IssueAsync(), await UserAsync("Reporter"));
        using var http = new HttpClient { BaseAddress = admin.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Redmine-API-Key", reporter.Key);
        (await http.PutAsync($"issues/{issue[1..]}.json", Json(new { issue = new { notes = "secret", private_notes = true } }))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var journal = (await IssueJsonAsync(issue)).GetProperty("journals")[0];
        (journal.GetProperty("notes").GetString(), journal.GetProperty("private_notes").GetBoolean()).ShouldBe(("secret", false));
    }

    static async Task<TicketReading.Standing> StandingAsync(RedmineSystem redmine, string issue) =>
        (await redmine.ReadAsync([issue], default))[issue].ShouldBeOfType<TicketReading.Standing>();

    async Task<string> IssueAsync()
    {
        using var answer = await admin.PostAsync("issues.json", Json(new { issue = new { project_id = "facilities", subject = "Lift 2 is stuck", priority_id = 3 } }));
        answer.EnsureSuccessStatusCode();
        return $"#{(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("issue").GetProperty("id").GetInt32()}";
    }

    async Task<JsonElement> IssueJsonAsync(string issue) =>
        (await admin.GetFromJsonAsync<JsonElement>($"issues/{issue[1..]}.json?include=journals")).GetProperty("issue");

    async Task PutAsync(string issue, object fields) => (await admin.PutAsync($"issues/{issue[1..]}.json", Json(new { issue = fields }))).EnsureSuccessStatusCode();

    // 5.0.4 on WEBrick 1.8.1: a chunked body, which PutAsJsonAsync sends, is read as no fields at all: 422 for POST, and 204 for PUT.
    static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    async Task<(int Id, string Key, string Mail)> UserAsync(string? role)
    {
        var login = "u" + Guid.NewGuid().ToString("N")[..12];
        using var answer = await admin.PostAsync("users.json", Json(new { user = new { login, firstname = "Ann", lastname = "Lee", mail = $"{login}@example.com", password = "a-long-password" } }));
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("user").GetProperty("id").GetInt32();
        if (role is not null)
        {
            var roles = (await admin.GetFromJsonAsync<JsonElement>("roles.json")).GetProperty("roles").EnumerateArray();
            var roleId = roles.First(each => each.GetProperty("name").GetString() == role).GetProperty("id").GetInt32();
            (await admin.PostAsync("projects/facilities/memberships.json", Json(new { membership = new { user_id = id, role_ids = new[] { roleId } } }))).EnsureSuccessStatusCode();
        }
        var key = (await admin.GetFromJsonAsync<JsonElement>($"users/{id}.json")).GetProperty("user").TryGetProperty("api_key", out var own) ? own.GetString()! : "";
        return (id, key, $"{login}@example.com");
    }
}
