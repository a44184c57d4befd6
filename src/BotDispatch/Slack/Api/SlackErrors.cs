using System.Collections.Frozen;

namespace BotDispatch.Slack.Api;

/// <summary>What Slack's error words ask for.</summary>
/// <remarks>The words: https://docs.slack.dev/reference/methods/chat.postMessage, chat.update, views.push, users.info; the groups are ours.</remarks>
internal static class SlackErrors
{
    static readonly FrozenDictionary<string, Refusal> Kinds = Table();

    /// <summary>Part of the work may have been done.</summary>
    static readonly FrozenSet<string> Doubtful = FrozenSet.Create("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org");

    static readonly FrozenSet<string> Waits = FrozenSet.Create("ratelimited", "rate_limited", "message_limit_exceeded");

    public static bool MayBeDone(string error) => Doubtful.Contains(error);

    public static bool AsksToWait(string error) => Waits.Contains(error);

    public static Refusal KindOf(string error) =>
        Kinds.TryGetValue(error, out var kind) ? kind : error.StartsWith("restricted_action", StringComparison.Ordinal) ? Refusal.Rights : Refusal.Other;

    static FrozenDictionary<string, Refusal> Table()
    {
        var table = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        Add(Refusal.Token,
            "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required", "team_access_not_granted",
            "user_removed_from_team", "team_disabled");
        Add(Refusal.Rights,
            "missing_scope", "no_permission", "not_allowed_token_type", "ekm_access_denied", "access_denied", "accesslimited", "enterprise_is_restricted", "user_is_restricted");
        Add(Refusal.Place,
            "channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel", "messages_tab_disabled", "cannot_dm_bot",
            "method_not_supported_for_channel_type", "channel_type_not_supported",
            "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel", "restricted_action_thread_locked");
        Add(Refusal.Gone,
            "not_found", "message_not_found", "edit_window_closed", "cant_update_message", "is_inactive", "cannot_reply_to_message", "thread_not_found");
        Add(Refusal.TooLate,
            "expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id", "push_limit_reached", "hash_conflict");
        Add(Refusal.Content,
            "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "metadata_too_large", "invalid_arguments", "view_too_large",
            "markdown_text_conflict", "block_mismatch", "duplicate_external_id", "invalid_metadata_format", "invalid_metadata_schema", "invalid_attachments", "too_many_attachments",
            "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data", "invalid_post_type", "missing_post_type", "invalid_json", "json_not_object");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(Refusal kind, params ReadOnlySpan<string> errors)
        {
            foreach (var error in errors)
                table.Add(error, kind);
        }
    }
}
