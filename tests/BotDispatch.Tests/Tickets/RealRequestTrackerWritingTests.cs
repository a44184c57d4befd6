using System.Net.Http.Json;
using System.Text.Json;
using BotDispatch.Ports;
using BotDispatch.Tickets.RequestTracker;

namespace BotDispatch.Tests.Tickets;

/// <summary>Writes into a real Request Tracker (seen with 5.0.3+dfsg-3~deb12u7, SQLite) and watches it.</summary>
[Collection("real Request Tracker")]
public sealed class RealRequestTrackerWritingTests : IAsyncLifetime
{
    const string Mark = "[BotDispatch d1-7]";

    RealRequestTracker tracker = null!;

    public async Task InitializeAsync() => tracker = await RealRequestTracker.OpenAsync();

    public async Task DisposeAsync() => await tracker.DisposeAsync();

    // 5.0.3: a comment with {} or a misspelt field is stored empty, with status 201.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_comment_is_written_once_recognised_and_has_its_words()
    {
        var (ticket, rt) = (await TicketAsync(), tracker.System());
        (await rt.HasNoteAsync(ticket, Mark, default)).ShouldBe(false);
        (await rt.WriteNoteAsync(ticket, $"Accepted: Ann Lee pressed 1.\n{Mark}", Mark, default)).ShouldBe(new TicketWritten.Done());
        (await rt.HasNoteAsync(ticket, Mark, default)).ShouldBe(true);
        var attachments = await tracker.Http.GetFromJsonAsync<JsonElement>($"ticket/{ticket[3..]}/attachments?fields=Content&per_page=100");
        attachments.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("Content").GetString()).ShouldContain(text => text!.StartsWith("Accepted: Ann Lee pressed 1."));
    }

    // 5.0.3: 200 is no success, and a PUT with several fields is carried out in part.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_status_is_set_and_read_back_and_one_that_is_no_status_is_refused_although_the_answer_is_200()
    {
        var (ticket, rt) = (await TicketAsync(), tracker.System());
        (await rt.SetStatusAsync(ticket, "open", default)).ShouldBe(new TicketWritten.Done());
        (await StandingAsync(rt, ticket)).Status.ShouldBe("open");
        using var answer = await tracker.Http.PutAsync($"ticket/{ticket[3..]}", RealRequestTracker.Json(new { Subject = "Another", Status = "closed" }));
        answer.EnsureSuccessStatusCode();
        (await rt.ReadAsync(ticket)).Title.ShouldBe("Another");
        var refused = (await rt.SetStatusAsync(ticket, "closed", default)).ShouldBeOfType<TicketWritten.Refused>();
        refused.Because.ShouldBe("Request Tracker kept the Status open and did not set closed.");
        refused.Remedy.ShouldStartWith("Correct Tickets:RequestTracker:StatusOnAccepted");
    }

    // 5.0.3: an owner is a user's name; email, real name and object are "That user does not exist", with status 200.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task An_owner_is_found_by_email_and_one_who_cannot_be_found_is_said_with_the_setting()
    {
        var (ticket, rt, name) = (await TicketAsync(), tracker.System(), "u" + Guid.NewGuid().ToString("N")[..10]);
        (await tracker.Http.PostAsync("user", RealRequestTracker.Json(new { Name = name, EmailAddress = $"{name}@example.com", Privileged = 1 }))).EnsureSuccessStatusCode();
        (await tracker.Http.GetAsync($"user/{name}")).EnsureSuccessStatusCode();
        (await rt.AssignAsync(ticket, new("root@localhost", "Root"), default)).ShouldBe(new TicketWritten.Done());
        (await StandingAsync(rt, ticket)).Assignee.ShouldBe("root");
        // A user without the right to own tickets: the answer is 200, and the owner stays.
        var refused = (await rt.AssignAsync(ticket, new($"{name}@example.com", "Ann Lee"), default)).ShouldBeOfType<TicketWritten.Refused>();
        refused.Because.ShouldBe($"Request Tracker kept the Owner root and did not set {name}.");
        (await rt.AssignAsync(ticket, new("nobody@nowhere.example", "Bob"), default)).ShouldBeOfType<TicketWritten.Refused>()
            .Remedy.ShouldStartWith("Write Tickets:RequestTracker:Users:nobody@nowhere.example with the name");
    }

    // 5.0.3: rejected and deleted are closed too; Resolved keeps its date after reopening, and unset dates are of 1970.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task Resolved_rejected_and_deleted_are_closed_and_a_reopened_ticket_is_not()
    {
        var (ticket, rejected, deleted, rt) = (await TicketAsync(), await TicketAsync(), await TicketAsync(), tracker.System());
        await PutAsync(ticket, new { Status = "resolved" });
        await PutAsync(rejected, new { Status = "rejected" });
        (await tracker.Http.DeleteAsync($"ticket/{deleted[3..]}")).EnsureSuccessStatusCode();
        var read = await rt.ReadAsync([ticket, rejected, deleted], default);
        read.Values.Cast<TicketReading.Standing>().ShouldAllBe(each => each.IsClosed);
        (await rt.FindWhoClosedAsync(ticket, default)).ShouldBe("root");
        await PutAsync(ticket, new { Status = "open" });
        (await StandingAsync(rt, ticket)).ShouldSatisfyAllConditions(each => each.IsClosed.ShouldBeFalse(), each => each.ClosedAt.ShouldBeNull());
    }

    // 5.0.3: a merged number answers as the other ticket and no search finds it.
    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_merged_ticket_stands_as_the_one_that_it_was_merged_into()
    {
        var (lost, kept, rt) = (await TicketAsync(), await TicketAsync(), tracker.System());
        await PutAsync(lost, new { MergeInto = kept[3..] });
        (await StandingAsync(rt, lost)).IsClosed.ShouldBeFalse();
        await PutAsync(kept, new { Status = "resolved" });
        (await StandingAsync(rt, lost)).IsClosed.ShouldBeTrue();
    }

    [RealSystemFact(RealRequestTracker.Variable)]
    public async Task A_ticket_that_never_was_is_lost_and_with_a_wrong_password_nothing_is_known()
    {
        (await tracker.System().ReadAsync(["RT-999999"], default))["RT-999999"].ShouldBeOfType<TicketReading.Lost>();
        (await tracker.System("wrong").ReadAsync(["RT-999999"], default))["RT-999999"].ShouldBeOfType<TicketReading.NotAdmitted>();
    }

    static async Task<TicketReading.Standing> StandingAsync(RequestTrackerSystem rt, string ticket) =>
        (await rt.ReadAsync([ticket], default))[ticket].ShouldBeOfType<TicketReading.Standing>();

    async Task PutAsync(string ticket, object fields) => (await tracker.Http.PutAsync($"ticket/{ticket[3..]}", RealRequestTracker.Json(fields))).EnsureSuccessStatusCode();

    async Task<string> TicketAsync() =>
        "RT-" + await tracker.MakeAsync(new { Queue = "General", Subject = "Lift 2", Content = "stuck", ContentType = "text/plain" });
}
