using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Answers one request from Slack: reads it, verifies it, and hands it to the inbox. Slack waits three seconds, so a late request is
/// acknowledged and its work goes on. A late dialog is not: it stays open with what was typed. A client that disconnects ends no work, and
/// a request that is sent again is accepted: the first may have been lost.
/// </summary>
/// <remarks>https://docs.slack.dev/authentication/verifying-requests-from-slack</remarks>
internal sealed class SlackRequests(
    SlackSignature signature, ChatInbox<SlackReply> inbox, ISurfaces<SlackDelivery, SlackReply> surfaces, BodyBudget bodies,
    UnverifiedRequests unverified, TimeProvider clock, ILogger<SlackRequests> log)
{
    /// <summary>As much as Slack's own framework takes, in bytes.</summary>
    public const int LargestBody = 4 * 1024 * 1024;

    /// <summary>Slack's check of a certificate comes unsigned and is about 60 bytes long.</summary>
    const int LargestUnsignedBody = 1024;

    const string AnotherTime = "signed more than 5 minutes before or after this machine's time: is its clock right?";

    /// <summary>Answers one request, whichever address it was sent to.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        SlackBody? body = null;
        var headers = http.Request.Headers;
        var timestamp = headers[SlackSignature.TimestampHeader];
        var looksSigned = SlackSignature.LooksSigned(timestamp, headers[SlackSignature.SignatureHeader]);
        // What the headers alone show is decided before a byte of the body is read.
        if (looksSigned ? !signature.IsInTime(timestamp) : !MayBeUnsigned(http.Request))
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
                await http.Response.WriteJsonAsync(SafeJson.Texts(("challenge", challenged.Challenge)));
                break;
            case SlackBody.Delivered delivered:
                await HandOverAsync(http.Response, delivered.What);
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
        var verdict = signature.Check(
            bytes.Span, request.Headers[SlackSignature.TimestampHeader], request.Headers[SlackSignature.SignatureHeader]);
        if (verdict is not SignatureVerdict.Valid)
        {
            var because = verdict is SignatureVerdict.Stale ? AnotherTime : "not signed by Slack";
            return (unverified.Refuse(http, StatusCodes.Status401Unauthorized, because), null);
        }
        var body = isJson ? PayloadReader.ReadJson(bytes) : PayloadReader.ReadForm(bytes);
        if (body is null)
        {
            log.RequestUnreadable();
            return (StatusCodes.Status400BadRequest, null);
        }
        if (body is SlackBody.Delivered { AppId: var app } && !signature.IsForUs(app))
        {
            log.ForeignApp();
            return (StatusCodes.Status401Unauthorized, null);
        }
        return (StatusCodes.Status200OK, body);
    }

    static bool IsJson(HttpRequest request) =>
        request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    // Slack says how long it is. A request that does not could keep us waiting for a byte that never comes.
    static bool MayBeUnsigned(HttpRequest request) => !IsJson(request) && request.ContentLength is > 0 and <= LargestUnsignedBody;

    async Task HandOverAsync(HttpResponse response, SlackDelivery delivery)
    {
        var kind = delivery.Action.GetType().Name;
        var deadline = new ResponseDeadline(SlackDeadlines.Acknowledgement, clock);
        switch (await inbox.HandleAsync(delivery.Action, surfaces.Of(delivery), deadline))
        {
            case Outcome<SlackReply>.Late(var work):
                log.AnswerIsLate(kind);
                _ = NoteAsync(work, kind);
                // Acknowledged with nothing, a dialog closes as if it had been done. Sent again it is the same delivery.
                if (delivery.Kind is PayloadKind.Submission)
                    response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case Outcome<SlackReply>.Done(var reply) when reply is not SlackReply.Failed:
                if (reply.ToJson() is { } json)
                    await response.WriteJsonAsync(json);
                break;
            case var failed:
                Note(failed, kind);
                if (delivery.Kind is PayloadKind.Event or PayloadKind.Submission)
                    response.StatusCode = failed is Outcome<SlackReply>.Done
                        ? StatusCodes.Status503ServiceUnavailable
                        : StatusCodes.Status500InternalServerError;
                else if (delivery.Kind is PayloadKind.Command)
                    await response.WriteJsonAsync(SafeJson.Texts(("response_type", "ephemeral"), ("text", LateText.NotHandled)));
                break;
        }
    }

    async Task NoteAsync(Task<Outcome<SlackReply>> work, string kind)
    {
        var outcome = await work;
        Note(outcome, kind);
        if (outcome is Outcome<SlackReply>.Done(not (SlackReply.Nothing or SlackReply.Failed)))
            log.AnswerIsLost(kind);
    }

    void Note(Outcome<SlackReply> outcome, string kind)
    {
        if (outcome is Outcome<SlackReply>.Broken broken)
            log.HandlingBroken(kind, broken.Exception, broken.Place);
        else if (outcome is Outcome<SlackReply>.Done(SlackReply.Failed))
            log.NotHandled(kind);
    }
}

/// <summary>
/// Where Slack posts to. All four addresses take everything, so that none of them can be entered at the wrong place in the app's
/// settings.
/// </summary>
internal static class SlackEndpoints
{
    static readonly string[] Paths = ["/slack/commands", "/slack/interactivity", "/slack/options", "/slack/events"];

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>Needs <see cref="SlackRequests"/>. What is posted is signed, which no forgery from a browser is.</summary>
        public IEndpointRouteBuilder MapSlackRequests()
        {
            var requests = app.ServiceProvider.GetRequiredService<SlackRequests>();
            foreach (var path in Paths)
                app.MapPost(path, requests.AnswerAsync).DisableAntiforgery();
            return app;
        }
    }
}
