using System.Text;
using BotDispatch.Chat;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Takes one request from Teams: read, verify, understand, hand over, answer. Whoever pressed something sees an error when no answer comes, so what is not
/// decided in time is answered with words and goes on, and what breaks is, too; Teams stops calling a bot that fails.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit</remarks>
internal sealed class ActivityRequests(
    TokenVerifier verifier, HandleActivity take, UnverifiedRequests unverified, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<ActivityRequests> log)
{
    /// <summary>In bytes: a message has 100 KB of UTF-16 at most, and an activity can hold one, its HTML, and a chosen message beside it.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages</remarks>
    public const int LargestBody = 512 * 1024;

    /// <summary>Told when it is not decided in time.</summary>
    public const string GoesOn = "This takes longer than Teams waits. It continues: the card and its thread will show the result.";

    /// <summary>Told when it is not known in time whether a dialog that was sent is taken: it may have a mistake.</summary>
    public const string NotHeard = "This takes longer than Teams waits, and we do not know yet whether it worked. If no card appears in a moment, nothing was started: try again.";

    /// <summary>Told when a dialog cannot be shown in time.</summary>
    public const string NotShown = "This takes longer than Teams waits. Nothing was started: try again in a moment.";

    /// <summary>Told when it could not be taken.</summary>
    public const string CouldNotBeTaken = "Something went wrong, and your request may not have worked. Try again in a moment; if it fails again, tell an administrator.";

    readonly Deduplicator<TeamsReply> once = new(clock);

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var deadline = new ResponseDeadline(TeamsDeadlines.Acknowledgement, clock);
        var (status, delivery) = await OpenAsync(http);
        http.Response.StatusCode = status;
        if (delivery is null)
            return;
        var answer = InvokeAnswer.Of(delivery, await DecideAsync(delivery, deadline));
        http.Response.StatusCode = answer.Status;
        if (answer.Body is not { } json)
            return;
        var bytes = Encoding.UTF8.GetBytes(SafeJson.Write(json));
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes);
    }

    async Task<(int Status, TeamsDelivery? Delivery)> OpenAsync(HttpContext http)
    {
        var (token, refusal) = options.Value switch
        {
            { HasApp: true } => await verifier.ReadAsync(http.Request.Headers.Authorization),
            { AcceptsPlayground: true } => (null, PlaygroundAccess.Refuses(http)),
            _ => (null, new CallerVerdict.Unproven("nobody may call")),
        };
        // Nothing is read for those who do not say who they are.
        if (refusal is not null)
            return (Refuse(http, refusal), null);
        using var body = new BoundedBody(LargestBody, null, clock);
        if (await body.FillAsync(http.Request) is not StatusCodes.Status200OK and var unread)
            return (Count(http, unread, "not read"), null);
        if (SafeJson.Read(body.Bytes, activity => new Opened(ActivitySource.Of(activity), ActivityReader.Read(activity))) is not { } opened)
        {
            log.Unreadable();
            return (StatusCodes.Status400BadRequest, null);
        }
        var verdict = token is null ? PlaygroundAccess.Check(opened.From) : verifier.Check(token, opened.From);
        return verdict switch
        {
            CallerVerdict.Genuine => (StatusCodes.Status200OK, opened.Delivery),
            // The token is one of Teams', so the sender is known.
            CallerVerdict.Forbidden forbidden when token is not null => (Count(http, forbidden.Status, forbidden.Because), null),
            _ => (Refuse(http, verdict), null),
        };
    }

    int Refuse(HttpContext http, CallerVerdict verdict) => verdict switch
    {
        CallerVerdict.Unproven unproven => unverified.Refuse(http, unproven.Status, $"{unproven.Status}, {unproven.Because}"),
        CallerVerdict.Forbidden forbidden => unverified.Refuse(http, forbidden.Status, $"{forbidden.Status}, {forbidden.Because}"),
        // That is our trouble: whoever sent this may well be Teams.
        _ => Count(http, verdict.Status, "the issuer's keys cannot be had"),
    };

    int Count(HttpContext http, int status, string because)
    {
        unverified.Count(http, $"{status}, {because}");
        return status;
    }

    async Task<TeamsReply> DecideAsync(TeamsDelivery delivery, ResponseDeadline deadline)
    {
        if (delivery is TeamsDelivery.UnknownInvoke unknown)
        {
            log.UnknownInvoke(unknown.Name.Length > 100 ? unknown.Name[..100] : unknown.Name);
            return new TeamsReply.NotImplemented();
        }
        var taking = HandleAsync(delivery);
        if (await deadline.IsMetByAsync(taking))
            return await taking ?? InvokeAnswer.Saying(delivery, CouldNotBeTaken, isError: true);
        log.AnswerIsLate(delivery.GetType().Name);
        return InvokeAnswer.Saying(delivery, LateWords(delivery), isError: false);
    }

    static string LateWords(TeamsDelivery delivery) => delivery switch
    {
        TeamsDelivery.DialogFetch or TeamsDelivery.ExtensionFetch => NotShown,
        TeamsDelivery.DialogSubmit or TeamsDelivery.ExtensionSubmit => NotHeard,
        _ => GoesOn,
    };

    // Null if it threw.
    Task<TeamsReply?> HandleAsync(TeamsDelivery delivery) => ResponseDeadline.UnbrokenAsync(() => delivery switch
    {
        // Asked with every letter typed, and worth nothing afterwards.
        TeamsDelivery.Search => GoAsync(delivery),
        // An edited message has the id of the message.
        TeamsDelivery.Unknown => GoAsync(delivery),
        _ => once.DoAsync(delivery.Id, () => GoAsync(delivery)),
    }, (exception, place) => log.Broken(delivery.GetType().Name, exception, place));

    // The time is watched from here, so the work must not hold this thread: a database that waits for a lock would.
    Task<TeamsReply> GoAsync(TeamsDelivery delivery) => Task.Run(() => take(delivery, CancellationToken.None));

    sealed record Opened(ActivitySource From, TeamsDelivery Delivery);
}
