using BotDispatch.Dispatching;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Api;

/// <summary>How many tickets a message named, which are read now if a dispatch is about them.</summary>
internal sealed record TicketsNamed(int Tickets);

/// <summary>
/// Takes what ticket systems post when a ticket changes: signed with the secret of the settings, or with a key that has the permission
/// <c>tickets</c>. Nothing in a message is believed. It only names tickets, which are then read from the system itself.
/// </summary>
internal sealed class TicketIntake(
    ITicketWebhooks webhooks, TicketHints hints, ApiGate gate, UnverifiedRequests unverified, BodyBudget bodies, TimeProvider real)
{
    /// <summary>An issue of Jira comes with its whole history of this change.</summary>
    public const int LargestMessage = 1024 * 1024;

    /// <summary>Takes one message, and answers it.</summary>
    public async Task TakeAsync(HttpContext http, string address)
    {
        if (webhooks.Find(address) is not { } webhook)
        {
            await unverified.RefuseAsync(http, Problem.Of(StatusCodes.Status404NotFound, "no-such-system", "No such ticket system",
                "No ticket system that is set up posts to this address. The last part is the name of its section under Tickets."),
                "a ticket system that is not set up");
            return;
        }
        // A system that signs sends no key. A request with neither is refused, and its body is not read.
        var hasSignature = webhook.MayBeSigned(http.Request.Headers);
        if (!hasSignature && await gate.AdmitAsync(http, ApiPermission.Tickets) is null)
            return;
        using var body = new BoundedBody(LargestMessage, hasSignature ? bodies : null, real);
        if (await http.ReadAsync(body, LargestMessage) is { } unread)
            await http.AnswerAsync(unread);
        else if (hasSignature && !webhook.IsSigned(http.Request.Headers, body.Bytes.Span))
            await unverified.RefuseAsync(http, Problem.WrongSignature, "a wrong signature of a ticket system");
        else if (webhook.ReferencesIn(body.Bytes, http.Request.ContentType) is not { } references)
            await http.AnswerAsync(Problem.Of(422, "not-a-message", "This is no message of the ticket system",
                "It is neither a JSON object nor a form. To send it again changes nothing; the tickets are read in turn anyway."));
        else
        {
            foreach (var reference in references)
                hints.LookNow(webhook.System, reference);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsJsonAsync(new TicketsNamed(references.Count), ApiJson.AsWritten.TicketsNamed);
        }
    }
}
