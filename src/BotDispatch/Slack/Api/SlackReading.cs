using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Reads the result of a call from its HTTP answer. In doubt, Slack may have done it.</summary>
internal static partial class SlackReading
{
    /// <summary>How long we wait if Slack does not say.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    const int MostFields = 10;
    const string Unnamed = "unnamed_error";

    /// <summary>Returns the result of the call that has this answer.</summary>
    public static SlackAnswer Of(HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.TooManyRequests)
            return new SlackAnswer.Throttled(RetryAfter.WaitOf(response, now, UsualWait));
        if (status >= 500)
            return new SlackAnswer.Lost($"status {status}");
        var read = SafeJson.Parse(body);
        if (read is { } answer && answer.Field("ok") is { ValueKind: JsonValueKind.True or JsonValueKind.False } ok)
            return ok.ValueKind is JsonValueKind.False ? Refused(answer, response, now)
                : response.IsSuccessStatusCode ? new SlackAnswer.Ok(answer)
                : new SlackAnswer.Lost($"status {status}, which says that it is done");
        return response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => new SlackAnswer.Refused("http_413", Refusal.Content),
            HttpStatusCode.RequestTimeout => new SlackAnswer.Lost("status 408"),
            // Slack itself answers with 200, so this is a server on the way to Slack.
            _ when status is >= 300 => new SlackAnswer.NotReached($"status {status} without Slack's words"),
            _ => new SlackAnswer.Lost("an answer that is not Slack's"),
        };
    }

    static SlackAnswer Refused(JsonElement answer, HttpResponseMessage response, DateTimeOffset now)
    {
        var error = answer.Text("error") is { } word && Word().IsMatch(word) ? word : Unnamed;
        if (SlackErrors.AsksToWait(error))
            return new SlackAnswer.Throttled(RetryAfter.WaitOf(response, now, UsualWait));
        if (SlackErrors.MayBeDone(error))
            return new SlackAnswer.Lost(error);
        return new SlackAnswer.Refused(error, SlackErrors.KindOf(error), error == "missing_scope" ? Needed(answer) : Fields(answer));
    }

    static string Needed(JsonElement answer) =>
        answer.Text("needed") is { } needed && Scopes().IsMatch(needed) ? $"needs {needed}" : "";

    // The rest of these messages may repeat what we sent, which must not be logged.
    static string Fields(JsonElement answer) =>
        (answer.Field("response_metadata")?.Field("messages") ?? answer.Field("errors")) is { ValueKind: JsonValueKind.Array } messages
            ? string.Join(", ", messages.EnumerateArray().Take(MostFields)
                .SelectMany(message => Pointer().Matches(message.GetRawText())).Select(found => found.Groups[1].Value).Distinct())
            : "";

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,80}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[a-z0-9_.:,-]{1,200}\z")]
    private static partial Regex Scopes();

    [GeneratedRegex(@"\[json-pointer:(/[A-Za-z0-9_/~-]{0,200})\]")]
    private static partial Regex Pointer();
}

/// <summary>What each of Slack's error words asks for.</summary>
/// <remarks>
/// The words: https://docs.slack.dev/reference/methods/chat.postMessage, chat.update, views.push, users.info. The groups are ours.
/// </remarks>
internal static class SlackErrors
{
    static readonly FrozenDictionary<string, Refusal> Kinds = Table();

    // A part of the work may have been done.
    static readonly FrozenSet<string> Doubtful =
        FrozenSet.Create("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org");

    static readonly FrozenSet<string> Waits = FrozenSet.Create("ratelimited", "rate_limited", "message_limit_exceeded");

    /// <summary>Returns whether Slack may have done what it was asked to do.</summary>
    public static bool MayBeDone(string error) => Doubtful.Contains(error);

    /// <summary>Returns whether Slack asks us to wait.</summary>
    public static bool AsksToWait(string error) => Waits.Contains(error);

    /// <summary>Returns what the error asks for.</summary>
    public static Refusal KindOf(string error) => Kinds.TryGetValue(error, out var kind) ? kind
        : error.StartsWith("restricted_action", StringComparison.Ordinal) ? Refusal.Rights
        : Refusal.Other;

    static FrozenDictionary<string, Refusal> Table()
    {
        var table = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        Add(Refusal.Token,
            "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required",
                "team_access_not_granted",
            "user_removed_from_team", "team_disabled");
        Add(Refusal.Rights,
            "missing_scope", "no_permission", "not_allowed_token_type", "ekm_access_denied", "access_denied", "accesslimited",
            "enterprise_is_restricted", "user_is_restricted");
        Add(Refusal.Place,
            "channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel", "messages_tab_disabled", "cannot_dm_bot",
            "method_not_supported_for_channel_type", "channel_type_not_supported",
            "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked");
        Add(Refusal.Gone,
            "not_found", "message_not_found", "edit_window_closed", "cant_update_message", "is_inactive", "cannot_reply_to_message",
            "thread_not_found");
        Add(Refusal.TooLate,
            "expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id",
            "push_limit_reached", "hash_conflict");
        Add(Refusal.Content,
            "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "metadata_too_large",
            "invalid_arguments", "view_too_large", "markdown_text_conflict", "block_mismatch", "duplicate_external_id",
            "invalid_metadata_format", "invalid_metadata_schema", "invalid_attachments", "too_many_attachments", "invalid_arg_name",
            "invalid_array_arg", "invalid_charset", "invalid_form_data", "invalid_post_type", "missing_post_type", "invalid_json",
            "json_not_object");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(Refusal kind, params ReadOnlySpan<string> errors)
        {
            foreach (var error in errors)
                table.Add(error, kind);
        }
    }
}
