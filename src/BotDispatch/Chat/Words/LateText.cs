namespace BotDispatch.Chat;

/// <summary>What a person reads whose answer is late, or who may have been answered too late.</summary>
internal static class LateText
{
    /// <summary>A dialog was sent, and its answer is late. <paramref name="again"/> says what to press.</summary>
    public static string StillUnknown(string chat, string again) =>
        $"We do not know yet whether this has started: it took longer than {chat} waits. {again}; nothing starts twice.";

    /// <summary>A dialog was sent, and handling it failed. <paramref name="again"/> says what to press.</summary>
    public static string Failed(string again) =>
        "Something went wrong, and we do not know whether this has started. An administrator can find the reason in the log. "
        + $"{again}; nothing starts twice.";

    /// <summary>
    /// What became of a sent dialog, for a person who may have waited too long for it: nobody who sent a dialog may stay in doubt whether
    /// phones ring. Null if that is not known.
    /// </summary>
    public static string? OfSent(ChatReply answer) => answer switch
    {
        ChatReply.Failed => null,
        ChatReply.FieldErrors wrong => string.Join('\n', wrong.Errors.Values),
        ChatReply.Private no => no.Text,
        _ => ReplyText.Begun,
    };

    /// <summary>Handling a request failed, or it came to an end that nobody expected.</summary>
    public const string NotHandled =
        "Something went wrong, and your request may not have worked. Try again in a moment; if it fails again, tell an administrator.";
}
