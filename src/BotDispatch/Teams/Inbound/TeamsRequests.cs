using BotDispatch.Chat;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Answers one request from Teams: reads it, verifies it, and hands it to the inbox. A person who pressed a button sees an error if no
/// answer comes, and Teams stops calling a bot that fails, so a late or failed request is answered with words.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
/// </remarks>
internal sealed class TeamsRequests(
    CallerCheck callers, ActivityReader reader, ChatInbox<TeamsReply> inbox, ISurfaces<TeamsDelivery, TeamsReply> surfaces,
    UnverifiedRequests unverified, TimeProvider clock, ILogger<TeamsRequests> log)
{
    /// <summary>
    /// The largest request in bytes: a message has 100 KB of UTF-16 at most, and an activity may hold one, its HTML, and a chosen message.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages</remarks>
    public const int LargestBody = 512 * 1024;

    /// <summary>The answer to a request that is not decided in time.</summary>
    public const string GoesOn =
        "This takes longer than Teams waits. It continues: the card and its thread will show the result.";

    /// <summary>The answer to a sent dialog if it is not decided in time whether the dialog is accepted: it may have a mistake.</summary>
    public const string NotConfirmed =
        "This takes longer than Teams waits, and we do not know yet whether it worked. If no card appears in a moment, nothing was "
        + "started: try again.";

    /// <summary>The answer if a dialog cannot be shown in time.</summary>
    public const string NotShown = "This takes longer than Teams waits. Nothing was started: try again in a moment.";

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var deadline = new ResponseDeadline(TeamsDeadlines.Acknowledgement, clock);
        var (status, delivery) = await OpenAsync(http);
        http.Response.StatusCode = status;
        if (delivery is null)
            return;
        var answer = InvokeAnswer.Of(delivery.Kind, await DecideAsync(delivery, deadline));
        http.Response.StatusCode = answer.Status;
        if (answer.Body is { } json)
            await http.Response.WriteJsonAsync(json);
    }

    async Task<(int Status, TeamsDelivery? Delivery)> OpenAsync(HttpContext http)
    {
        var (token, refusal) = await callers.BeginAsync(http);
        // Read no body of a caller that sends no valid token.
        if (refusal is not null)
            return (Refuse(http, refusal), null);
        using var body = new BoundedBody(LargestBody, null, clock);
        if (await body.FillAsync(http.Request) is not StatusCodes.Status200OK and var unread)
            return (Count(http, unread, "not read"), null);
        if (SafeJson.Read(body.Bytes, activity => new Opened(ActivitySource.Of(activity), reader.Read(activity))) is not { } opened)
        {
            log.RequestUnreadable();
            return (StatusCodes.Status400BadRequest, null);
        }
        var verdict = callers.Check(token, opened.From);
        return verdict switch
        {
            CallerVerdict.Genuine => (StatusCodes.Status200OK, opened.Delivery),
            // The token is valid, so the sender is known.
            CallerVerdict.Forbidden forbidden when token is not null => (Count(http, forbidden.Status, forbidden.Because), null),
            _ => (Refuse(http, verdict), null),
        };
    }

    int Refuse(HttpContext http, CallerVerdict verdict) => verdict switch
    {
        CallerVerdict.Unproven unproven => unverified.Refuse(http, unproven.Status, $"{unproven.Status}, {unproven.Because}"),
        CallerVerdict.Forbidden forbidden => unverified.Refuse(http, forbidden.Status, $"{forbidden.Status}, {forbidden.Because}"),
        // The failure is ours, because the sender may well be Teams.
        _ => Count(http, verdict.Status, "the issuer's keys cannot be fetched"),
    };

    int Count(HttpContext http, int status, string because)
    {
        unverified.Count(http, $"{status}, {because}");
        return status;
    }

    async Task<TeamsReply> DecideAsync(TeamsDelivery delivery, ResponseDeadline deadline)
    {
        var kind = delivery.Action.GetType().Name;
        if (delivery is { Kind: InvokeKind.Unknown, Action: ChatAction.Unknown { Type: var name } })
        {
            log.UnknownInvoke(name.Length > 100 ? name[..100] : name);
            return new TeamsReply.NotImplemented();
        }
        switch (await inbox.HandleAsync(delivery.Action, surfaces.Of(delivery), deadline))
        {
            case Outcome<TeamsReply>.Done(var reply):
                return reply;
            case Outcome<TeamsReply>.Late(var work):
                log.AnswerIsLate(kind);
                _ = NoteAsync(work, kind);
                return InvokeAnswer.Saying(delivery.Kind, LateWords(delivery.Kind), isError: false);
            case var broken:
                Note(broken, kind);
                return InvokeAnswer.Saying(delivery.Kind, LateText.NotHandled, isError: true);
        }
    }

    async Task NoteAsync(Task<Outcome<TeamsReply>> work, string kind) => Note(await work, kind);

    void Note(Outcome<TeamsReply> outcome, string kind)
    {
        if (outcome is Outcome<TeamsReply>.Broken broken)
            log.HandlingBroken(kind, broken.Exception, broken.Place);
    }

    static string LateWords(InvokeKind kind) => kind switch
    {
        InvokeKind.DialogFetch or InvokeKind.ExtensionFetch => NotShown,
        InvokeKind.DialogSubmit or InvokeKind.ExtensionSubmit => NotConfirmed,
        _ => GoesOn,
    };

    sealed record Opened(ActivitySource From, TeamsDelivery Delivery);
}

/// <summary>The messaging endpoint to which Teams posts, as it is entered in the bot's registration.</summary>
internal static class TeamsEndpoints
{
    /// <summary>The path, which is the same in Microsoft's examples.</summary>
    public const string Path = "/api/messages";

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>
        /// Maps the endpoint unless the adapter is off. Needs <see cref="TeamsRequests"/>. Logs after the start if the Agents Playground
        /// may connect without a token.
        /// </summary>
        public IEndpointRouteBuilder MapTeamsRequests()
        {
            var options = app.ServiceProvider.GetRequiredService<IOptions<TeamsOptions>>().Value;
            if (!options.IsOn)
                return app;
            if (options.AcceptsPlayground)
                app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted
                    .Register(app.ServiceProvider.GetRequiredService<ILogger<TeamsRequests>>().NobodyIsAsked);
            // No antiforgery check is needed, because a post carries a token or does not come from a browser.
            app.MapPost(Path, app.ServiceProvider.GetRequiredService<TeamsRequests>().AnswerAsync).DisableAntiforgery();
            return app;
        }
    }
}
