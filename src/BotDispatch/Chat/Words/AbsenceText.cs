using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>The answers to people who say that they are away, back, or take over a shift.</summary>
internal static class AbsenceText
{
    /// <summary>Nobody in the directory has this chat account.</summary>
    public static string NotLinked(Person who) =>
        "Your chat account is not linked to an employee, so nothing was noted down. "
        + $"Ask an administrator to enter your user id {who.UserId}, or the email of this account, in the employee directory.";
}
