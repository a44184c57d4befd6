using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Teams.Connector;

/// <summary>Reads the result of a call from its HTTP answer. In doubt, Teams may have done it.</summary>
internal static class ConnectorReading
{
    /// <summary>How long we wait if Teams does not say.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    /// <summary>Returns the result of the call that has this answer.</summary>
    public static ConnectorAnswer Of(ConnectorCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
            return Done(call, SafeJson.Parse(body));
        // We follow no redirect, because it would carry our token along.
        if (status < 400)
            return new ConnectorAnswer.NotReached($"status {status}");
        // These say that nothing was begun. After other failures nobody knows how far Teams came.
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
            return response.Headers.RetryAfter is null
                ? new ConnectorAnswer.NotReached($"status {status}")
                : new ConnectorAnswer.Throttled(RetryAfter.WaitOf(response, now, UsualWait));
        if (status >= 500 && response.StatusCode is not HttpStatusCode.NotImplemented
            || response.StatusCode is HttpStatusCode.RequestTimeout)
            return new ConnectorAnswer.Lost($"status {status}");
        var code = ConnectorErrors.CodeOf(body);
        return (response.StatusCode, code) switch
        {
            (HttpStatusCode.TooManyRequests, _) or (_, ConnectorErrors.Throttled) =>
                new ConnectorAnswer.Throttled(RetryAfter.WaitOf(response, now, UsualWait)),
            (HttpStatusCode.PreconditionFailed, _) or (_, ConnectorErrors.Busy) => new ConnectorAnswer.Busy(),
            _ => new ConnectorAnswer.Refused(
                code ?? $"http_{status}", (code is null ? null : ConnectorErrors.KindOf(code)) ?? KindOf(response.StatusCode)),
        };
    }

    static Refusal KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType => Refusal.Content,
        HttpStatusCode.Unauthorized => Refusal.Credentials,
        HttpStatusCode.Forbidden => Refusal.Forbidden,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Refusal.Gone,
        HttpStatusCode.RequestEntityTooLarge => Refusal.TooBig,
        _ => Refusal.Other,
    };

    static ConnectorAnswer.Done Done(ConnectorCall call, JsonElement? answer)
    {
        var body = answer ?? default;
        var id = body.Name("id");
        return call switch
        {
            // Here the id is the new conversation's. The root of a thread has an id of its own.
            ConnectorCall.NewThread => new ConnectorAnswer.Done(body.Name("activityId") ?? RootOf(id), id, body),
            ConnectorCall.PersonalChat => new ConnectorAnswer.Done(null, id, body),
            ConnectorCall.Member or ConnectorCall.Members => new ConnectorAnswer.Done(null, null, body),
            // The answer to an update has the id that we sent.
            ConnectorCall.Update update => new ConnectorAnswer.Done(id ?? update.Message, null, body),
            _ => new ConnectorAnswer.Done(id, null, body),
        };
    }

    static string? RootOf(string? conversation) =>
        conversation is not null && TeamsAddress.SplitThread(conversation).Root is { Length: > 0 } root ? root : null;
}

/// <summary>The error codes of the connector, and what each asks for.</summary>
/// <remarks>
/// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages, "Status codes from agent
/// conversational APIs"
/// </remarks>
internal static partial class ConnectorErrors
{
    public const string Throttled = "Throttled";
    public const string Busy = "PreconditionFailed";
    public const string NoConversation = "ConversationNotFound";

    /// <summary>
    /// Returns the connector's code; null if there is none. Its other words may repeat what we sent, so they are not read.
    /// </summary>
    public static string? CodeOf(ReadOnlyMemory<byte> body) => SafeJson.Parse(body) is { } answer ? CodeOf(answer, isInner: false) : null;

    /// <summary>Returns what a code asks for; null for a code that says less than the status.</summary>
    public static Refusal? KindOf(string code) => code switch
    {
        NoConversation or "ActivityNotFoundInConversation" or "MemberNotFoundInConversation" => Refusal.Gone,
        // It is documented with 403 in one place and with 404 in another.
        "BotNotInConversationRoster" => Refusal.NotInRoster,
        "ConversationBlockedByUser" or "MessageWritesBlocked" => Refusal.Blocked,
        "BotDisabledByAdmin" => Refusal.Disabled,
        "MessageSizeTooBig" => Refusal.TooBig,
        "BotNotRegistered" => Refusal.Credentials,
        _ => null,
    };

    static string? CodeOf(JsonElement answer, bool isInner)
    {
        // {"error":{"code","message"}} is documented; {"errorCode":209,"message":"{\"subCode\":...}"} was seen, with JSON in a text.
        var error = answer.Field("error") is { ValueKind: JsonValueKind.Object } within ? within : answer;
        var inner = !isInner && error.Name("message") is { } message && message.StartsWith('{')
            && SafeJson.Parse(Encoding.UTF8.GetBytes(message)) is { } json
            ? CodeOf(json, isInner: true)
            : null;
        return Clean(error.Name("subCode")) ?? inner ?? Clean(error.Name("code")) ?? Clean(error.Name("errorCode"));
    }

    static string? Clean(string? word) => word is not null && Plain().IsMatch(word) ? word : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,80}\z")]
    private static partial Regex Plain();
}
