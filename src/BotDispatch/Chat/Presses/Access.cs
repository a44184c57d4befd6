using BotDispatch.Core;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>What not everybody may be allowed to do.</summary>
internal enum Permission
{
    /// <summary>Send the dialog.</summary>
    Dispatch,
    /// <summary>Close a dispatch.</summary>
    Cancel,
    /// <summary>End somebody's turn.</summary>
    Skip,
    /// <summary>Take the job in the channel.</summary>
    Take,
    /// <summary>Start a closed one again.</summary>
    Redispatch,
    /// <summary>Say that the job is done.</summary>
    Done,
}

/// <summary>
/// Who may do what, as user ids (whole, as <c>T0ACME/U0DANA</c>, or their last part) or emails; an empty list is everybody.
/// </summary>
internal sealed class AccessOptions
{
    public IList<string> Dispatch { get; set; } = [];
    public IList<string> Cancel { get; set; } = [];
    public IList<string> Skip { get; set; } = [];
    public IList<string> Take { get; set; } = [];
    public IList<string> Redispatch { get; set; } = [];
    public IList<string> Done { get; set; } = [];

    /// <summary>Who may; empty if everybody may.</summary>
    public IList<string> For(Permission permission) => permission switch
    {
        Permission.Dispatch => Dispatch,
        Permission.Cancel => Cancel,
        Permission.Skip => Skip,
        Permission.Take => Take,
        Permission.Redispatch => Redispatch,
        _ => Done,
    };
}

/// <summary>Stops the process at its start if a list names nobody in one of its places.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var blank = Enum.GetValues<Permission>().Where(permission => options.For(permission).Any(string.IsNullOrWhiteSpace)).ToList();
        return blank.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(blank.Select(permission =>
                $"Access:{permission} has an empty entry: write a user id or an email there, or remove it."));
    }
}

/// <summary>Decides who may do what, and tells a person who may not whom to ask.</summary>
internal sealed class Access(IOptions<AccessOptions> options, DirectoryQueries lookups, EmployeeLinks links, ILogger<Access> log)
{
    const int MostNamed = 5;

    /// <summary>Why this person may not; null if they may.</summary>
    public async Task<string?> RefusalAsync(Permission permission, Person who, TimeBudget budget)
    {
        var allowed = options.Value.For(permission);
        if (allowed.Count == 0 || allowed.Any(each => UserIds.Mean(each, who.UserId)))
            return null;
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return ReplyText.DirectoryUnavailable;
        var link = await links.FindAsync(who, everybody, budget);
        if (link is Link.Unknown)
            return ReplyText.ChatUnavailable;
        if (link is Link.To(var employee) && (Has(allowed, employee.Id.Value) || Has(allowed, employee.Email)))
            return null;
        // Somebody of the chat who is no employee.
        if (link is Link.Nobody && await lookups.EmailAsync(who, budget) is (true, var email) && Has(allowed, email))
            return null;
        log.NotAllowed(who.Platform, who.UserId, permission);
        var named = allowed.Take(MostNamed).Select(each => NameOf(each, everybody));
        return ReplyText.MayNot(permission, [.. named], allowed.Count - MostNamed) + (link is Link.Nobody ? lookups.Unread : "");
    }

    static bool Has(IEnumerable<string> allowed, string? id) =>
        id is { Length: > 0 } && allowed.Any(each => each.Trim().Equals(id, StringComparison.OrdinalIgnoreCase));

    static string NameOf(string entry, IReadOnlyList<Employee> everybody) =>
        everybody.FirstOrDefault(each => Has([entry], each.Id.Value) || Has([entry], each.Email))?.Name ?? entry.Trim();
}
