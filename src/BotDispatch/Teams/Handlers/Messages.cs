using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>
/// Posts the words for one person: where they wrote, for them alone if only they could see what they wrote; and where that place takes
/// nothing, in the bot's own chat with them.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages</remarks>
internal sealed class Messages(
    IConnector connector, [FromKeyedServices(TeamsAddress.Platform)] PostingPace pace, TimeProvider clock, ILogger<Messages> log)
{
    const int MostTries = 3;
    const int MostText = 20_000;
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Says it, each line by itself. Nothing in it is taken for Markdown.</summary>
    public Task SayAsync(TeamsCaller to, string text, CancellationToken ct) =>
        PostAsync(to, Words(text), ct);

    /// <summary>
    /// Says it to them alone, in the bot's own chat with them. Where there can be none it stands where they are, with their name before
    /// it.
    /// </summary>
    public async Task SayAloneAsync(TeamsCaller to, string text, CancellationToken ct)
    {
        if (to.Where.Kind is ConversationKind.Personal || to.IsTargeted)
            await SayAsync(to, text, ct);
        else if (await InPersonAsync(to, Words(text), ct) is not null)
            await SayAsync(to, $"{PlainWords.OneLine(to.Who.Name).Isolated()}: {text}", ct);
    }

    /// <summary>Shows a card; a notification of it says the <paramref name="summary"/>.</summary>
    public Task ShowAsync(TeamsCaller to, WriteJson card, string summary, CancellationToken ct) =>
        PostAsync(to, TeamsActivity.OfCard(card, summary), ct);

    async Task PostAsync(TeamsCaller to, WriteJson activity, CancellationToken ct)
    {
        var where = to.Where;
        var trouble = await TryAsync(to, where.Conversation, () => to.IsTargeted && where.Kind is not ConversationKind.Personal
            ? new ConnectorCall.SendTargeted(where.ServiceUrl, where.ThreadId, to.UserId, activity)
            : new ConnectorCall.Send(where.ServiceUrl, where.ThreadId, activity), ct) switch
        {
            ConnectorAnswer.Refused { Kind: not Refusal.Credentials, Code: var code } when where.Kind is not ConversationKind.Personal =>
                await InPersonAsync(to, activity, ct) is { } neither ? $"{code}, and no chat with them: {neither}" : null,
            var answer => TroubleOf(answer),
        };
        if (trouble is not null)
            log.NotSaid(trouble);
    }

    async Task<string?> InPersonAsync(TeamsCaller to, WriteJson activity, CancellationToken ct)
    {
        // Opening a chat posts nothing, so it takes nobody's turn.
        var opening = await TryAsync(
            to, null, () => new ConnectorCall.PersonalChat(to.Where.ServiceUrl, to.Tenant, to.Where.BotId, to.UserId), ct);
        return opening is ConnectorAnswer.Done { Conversation: { } chat }
            ? TroubleOf(await TryAsync(to, chat, () => new ConnectorCall.Send(to.Where.ServiceUrl, chat, activity), ct))
            : TroubleOf(opening) ?? "it has no id";
    }

    // What surely was not done is done again; what may have been, once: nothing at all is a worse answer than two.
    async Task<ConnectorAnswer> TryAsync(TeamsCaller to, string? conversation, Func<ConnectorCall> making, CancellationToken ct)
    {
        ConnectorAnswer.Lost? lost = null;
        for (var tries = 1; ; tries++)
        {
            var answer = await InTurnAsync(to, conversation, making, ct);
            TimeSpan? again = answer switch
            {
                ConnectorAnswer.Throttled(var after) => after < LongestPause ? after : LongestPause,
                ConnectorAnswer.Busy or ConnectorAnswer.NotReached => Pause,
                ConnectorAnswer.Lost when lost is null => Pause,
                _ => null,
            };
            lost ??= answer as ConnectorAnswer.Lost;
            // A message that may have been posted stays so, also when Teams is not reached any more.
            if (again is not { } pause || tries == MostTries)
                return again is null ? answer : lost ?? answer;
            await Task.Delay(pause, clock, ct);
        }
    }

    // To wait for a turn is no try: a timer that ends a moment before the turn would use them all up.
    async Task<ConnectorAnswer> InTurnAsync(TeamsCaller to, string? conversation, Func<ConnectorCall> making, CancellationToken ct)
    {
        var latest = clock.GetUtcNow() + LongestPause;
        while (conversation is not null && pace.NotYet(to.Tenant, conversation, $"{to.DeliveryId} answer") is { } turn)
        {
            if (clock.GetUtcNow() + turn > latest)
                return new ConnectorAnswer.Throttled(turn);
            await Task.Delay(turn > Moment ? turn : Moment, clock, ct);
        }
        var answer = await connector.CallAsync(making(), ct);
        if (conversation is not null && answer is ConnectorAnswer.Throttled(var after))
            pace.Hold(to.Tenant, conversation, after);
        return answer;
    }

    // What may stand there is no reason to say it elsewhere.
    static string? TroubleOf(ConnectorAnswer answer) => answer switch
    {
        ConnectorAnswer.Done or ConnectorAnswer.Lost => null,
        ConnectorAnswer.Refused refused => refused.Code,
        ConnectorAnswer.NotReached not => not.Because,
        _ => "too much is sent there",
    };

    static WriteJson Words(string text) => TeamsActivity.OfText(TeamsText.Paragraphs(text, MostText));
}

/// <summary>Says hello where the bot is new, once: Teams tells of it twice, and again whenever the app is updated.</summary>
internal sealed class Greetings(Messages messages, TimeProvider clock)
{
    const string Hello = "Hello. I phone people about a ticket, one after the other, until one presses 1.";
    const string ByMention = "Mention me first when you type a command here.";

    readonly Deduplicator<TeamsReply> once = new(clock);

    /// <summary>Says it.</summary>
    public Task<TeamsReply> SayAsync(TeamsCaller to, CancellationToken ct) =>
        once.DoAsync($"{to.Tenant} {to.Where.Team ?? to.Where.Conversation}", async () =>
        {
            var isPersonal = to.Where.Kind is ConversationKind.Personal;
            await messages.SayAsync(to, isPersonal ? $"{Hello}\n{ReplyText.Help}" : $"{Hello} {ByMention}\n{ReplyText.Help}", ct);
            return new TeamsReply.Nothing();
        });
}
