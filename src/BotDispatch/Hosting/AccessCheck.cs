using System.Text.RegularExpressions;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Playground;
using BotDispatch.Settings;

namespace BotDispatch.Hosting;

/// <summary>
/// Checks the people named in <c>Access</c>. A chat's users are unknown before they write, so an email, or an id that looks like one of
/// that chat, is accepted. A name that matches nobody is refused only if its list names nobody else who could act; otherwise a person who
/// has left the directory would keep the process from starting.
/// </summary>
internal static partial class AccessCheck
{
    public static CheckedSettings Of(AccessOptions options, IConfiguration configuration, IReadOnlyList<Employee> everybody,
        bool isDevelopment)
    {
        var (faults, notices) = (new List<string>(), new List<string>());
        foreach (var permission in Enum.GetValues<Permission>())
        {
            var setting = $"Access:{permission}";
            var named = options.For(permission);
            // .NET reads JSON's [] as an empty text, which would admit everybody.
            if (named.Count == 0 && configuration[setting] is not null)
                faults.Add($"{setting} has nobody in it: name somebody who may, or remove it so that everybody may.");
            var nobody = named.Where(entry => !IsEmployee(entry, everybody) && !IsMaybeOfAChat(entry.Trim(), isDevelopment)).ToList();
            if (nobody.Count > 0 && nobody.Count == named.Count)
                faults.Add($"{setting} {NamesNobody}: "
                    + $"{string.Join(", ", nobody.Select(entry => Described(entry, everybody)))}. {Remedy}");
            else
                notices.AddRange(nobody.Select(entry => $"{setting} names {Described(entry, everybody)}, which matches nobody. {Remedy}"));
            notices.AddRange(named.Where(entry => entry.Contains('@', StringComparison.Ordinal) && !IsEmployee(entry, everybody))
                .Select(entry =>
                    $"{setting} names {Described(entry, everybody)}, which is not an employee's email. It counts only for a "
                        + "chat account with that email."));
        }
        return new(faults, notices);
    }

    /// <summary>Whether a fault says that nobody is known who is named.</summary>
    public static bool IsAboutNobody(string fault) => fault.Contains(NamesNobody, StringComparison.Ordinal);

    const string NamesNobody = "names nobody who is known";
    const string Remedy = "Write an employee's id or email, or a user id of the chat (in Slack as U0DANA, in Teams the Entra object id).";

    static bool IsEmployee(string entry, IReadOnlyList<Employee> everybody) =>
        everybody.Any(each => Is(entry, each.Id.Value) || Is(entry, each.Email));

    static bool Is(string entry, string? name) => name is { Length: > 0 } && entry.Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    // The Agents Playground and our own playground have users of their own.
    static bool IsMaybeOfAChat(string entry, bool isDevelopment) =>
        entry.Contains('@', StringComparison.Ordinal) || OfAChat().IsMatch(entry)
        || (isDevelopment && (entry == PretendPeople.Dispatcher.UserId || entry.StartsWith("user-id-", StringComparison.Ordinal)));

    static string Described(string entry, IReadOnlyList<Employee> everybody) =>
        everybody.SelectMany(each => (string?[])[each.Id.Value, each.Email]).OfType<string>().Where(name => name.Length > 0)
            .Select(name => (Name: name, Distance: Spelling.Distance(name, entry.Trim())))
                .Where(each => each.Distance <= Spelling.Tolerance(each.Name))
            .OrderBy(each => each.Distance).FirstOrDefault().Name is { } meant
            ? $"{entry.Trim()} (did you mean {meant}?)"
            : entry.Trim();

    [GeneratedRegex(
        @"^([TE][A-Z0-9]{2,}/)?[UW][A-Z0-9]{4,}$|^([0-9A-Fa-f-]{36}/)?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
            + @"|^([0-9A-Fa-f-]{36}/)?29:\S+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OfAChat();
}
