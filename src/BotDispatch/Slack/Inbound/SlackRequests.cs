using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Takes one request from Slack: read, verify, understand, hand over, answer. Slack waits three seconds, so what is not decided by then is
/// acknowledged and goes on, but for a dialog, which stays open with what was typed; nor is work ended by a peer that hangs up. That something is sent again is no reason to drop it: the first may never have come.
/// </summary>
/// <remarks>https://docs.slack.dev/authentication/verifying-requests-from-slack</remarks>
internal sealed class SlackRequests(
    SlackSignature signature, HandleDelivery take, BodyBudget bodies, UnverifiedRequests unverified, IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackRequests> log)
{
    /// <summary>As much as Slack's own framework takes, in bytes.</summary>
    public const int LargestBody = 4 * 1024 * 1024;

    /// <summary>Slack's check of a certificate comes unsigned and is about 60 bytes long.</summary>
    const int LargestUnsignedBody = 1024;

    /// <summary>Told to whoever typed a command that could not be taken.</summary>
    public const string CouldNotBeTaken = "Something went wrong, and your request may not have worked. Try again in a moment; if it fails again, tell an administrator.";

    const string AnotherTime = "signed more than 5 minutes before or after this machine's time: is its clock right?";

    readonly string appId = options.Value.AppId;

    /// <summary>Answers one request, whichever address it was sent to.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        SlackBody? body = null;
        var looksSigned = SlackSignature.LooksSigned(http.Request.Headers[SlackSignature.TimestampHeader], http.Request.Headers[SlackSignature.SignatureHeader]);
        // What headers alone can tell is told before a byte of the body is read.
        if (looksSigned ? !signature.IsInTime(http.Request.Headers[SlackSignature.TimestampHeader]) : !MayBeUnsigned(http.Request))
        {
            unverified.Refuse(http, StatusCodes.Status401Unauthorized, looksSigned ? AnotherTime : "not signed");
            return;
        }
        using (var bytes = new BoundedBody(looksSigned ? LargestBody : LargestUnsignedBody, bodies, clock))
        {
            http.Response.StatusCode = await bytes.FillAsync(http.Request);
            if (http.Response.StatusCode == StatusCodes.Status200OK)
                (http.Response.StatusCode, body) = Open(http, bytes.Bytes);
            else
                unverified.Count(http, $"not read, {http.Response.StatusCode}");
        }
        switch (body)
        {
            case SlackBody.Challenged challenged:
                await WriteAsync(http.Response, new() { ["challenge"] = challenged.Challenge });
                break;
            case SlackBody.Delivered delivered:
                await HandOverAsync(http.Response, delivered);
                break;
        }
    }

    (int Status, SlackBody? Body) Open(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        var request = http.Request;
        var isJson = IsJson(request);
        // Comes without a signature, so nothing else that stands there counts.
        if (!isJson && FormFields.Has(bytes.Span, "ssl_check=1"u8))
            return (StatusCodes.Status200OK, null);
        var verdict = signature.Check(bytes.Span, request.Headers[SlackSignature.TimestampHeader], request.Headers[SlackSignature.SignatureHeader]);
        if (verdict is not SignatureVerdict.Valid)
            return (unverified.Refuse(http, StatusCodes.Status401Unauthorized, verdict is SignatureVerdict.Stale ? AnotherTime : "not signed by Slack"), null);
        var body = isJson ? PayloadReader.ReadJson(bytes) : PayloadReader.ReadForm(bytes);
        if (body is null)
        {
            log.Unreadable();
            return (StatusCodes.Status400BadRequest, null);
        }
        if (appId.Length > 0 && body is SlackBody.Delivered { AppId: { } app } && app != appId)
        {
            log.ForeignApp();
            return (StatusCodes.Status401Unauthorized, null);
        }
        return (StatusCodes.Status200OK, body);
    }

    static bool IsJson(HttpRequest request) => request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    // Slack says its length; who does not could keep us waiting for a byte that never comes.
    static bool MayBeUnsigned(HttpRequest request) => !IsJson(request) && request.ContentLength is > 0 and <= LargestUnsignedBody;

    async Task HandOverAsync(HttpResponse response, SlackBody.Delivered delivered)
    {
        var kind = delivered.What.GetType().Name;
        var deadline = new ResponseDeadline(SlackDeadlines.Acknowledgement, clock);
        var taking = HandleAsync(delivered.What, kind);
        if (!await deadline.IsMetByAsync(taking))
        {
            log.AnswerIsLate(kind);
            _ = NoteAsync(taking, kind);
            // Acknowledged with nothing, a dialog closes as if it had been done. Sent again it is the same delivery.
            if (delivered.What is SlackDelivery.Submission)
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        var reply = await taking;
        if ((delivered.IsEvent || delivered.What is SlackDelivery.Submission) && reply is (null or SlackReply.Failed))
            response.StatusCode = reply is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
        else if (Body(delivered.What, reply) is { } json)
            await WriteAsync(response, json);
    }

    static JsonObject? Body(SlackDelivery delivery, SlackReply? reply) => delivery is SlackDelivery.Command && reply is (null or SlackReply.Failed)
        ? new() { ["response_type"] = "ephemeral", ["text"] = CouldNotBeTaken }
        : reply?.ToJson();

    // Null if it threw.
    async Task<SlackReply?> HandleAsync(SlackDelivery delivery, string kind)
    {
        var reply = await ResponseDeadline.UnbrokenAsync(() => take(delivery, CancellationToken.None), (exception, place) => log.Broken(kind, exception, place));
        if (reply is SlackReply.Failed)
            log.NotTaken(kind);
        return reply;
    }

    async Task NoteAsync(Task<SlackReply?> taking, string kind)
    {
        if (await taking is not (null or SlackReply.Nothing or SlackReply.Failed))
            log.AnswerIsLost(kind);
    }

    static async Task WriteAsync(HttpResponse response, JsonObject json)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(json);
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }
}
