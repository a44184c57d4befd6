using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Remote;
using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Ldap;

/// <summary>
/// The employees of a directory server, from the last complete copy. A list that the server has cut never takes its place, because people
/// would vanish from it.
/// </summary>
internal sealed class LdapDirectory(
    IOptions<LdapOptions> options, IOptions<EmployeesFileOptions> defaults, TimeProvider realTime, ILogger<LdapDirectory> log)
    : IRefreshedSource
{
    // Made when they are first used: the check of all settings asks other sources although these settings are wrong.
    readonly Lazy<LdapFields> fields = new(() => new(options.Value.Attributes));
    volatile Copy copy = new([], [], default, null, null);

    sealed record Copy(
        ImmutableArray<Employee> People, ImmutableArray<FileProblem> Problems, DateTimeOffset ReadAt, string? Cut, string? Trouble);

    public string Name => "Ldap:Server";

    public TimeSpan Every => options.Value.RefreshEvery;

    public bool IsInTrouble => copy.Trouble is not null;

    public string? Trouble => TroubleOf(copy);

    public ImmutableArray<Employee> Read() => copy.People;

    // A thread of its own, because libldap blocks.
    public Task RefreshAsync(CancellationToken ct) =>
        Task.Factory.StartNew(() => Refresh(ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void LogFailure(string exception) => log.LdapFailed(exception);

    /// <summary>Reads the server once. It blocks, so it belongs on a thread of its own.</summary>
    public void Refresh(CancellationToken ct)
    {
        var before = copy;
        var read = LdapReading.Read(options.Value, fields.Value.All, ct);
        if (read.Trouble is { } trouble)
        {
            copy = before with { Trouble = trouble };
            if (before.Trouble != trouble)
                log.LdapUnread(trouble);
            return;
        }
        var (language, region) = (defaults.Value.DefaultLanguage, defaults.Value.Region);
        var judged = EmployeeRows.Judge(read.Entries.Select((entry, index) =>
            fields.Value.RowOf(index + 1, name => entry.GetValueOrDefault(name, []), region)), language, region);
        if (read.Cut is { } cut && before is { Cut: null, ReadAt: var at } && at != default)
        {
            copy = before with { Trouble = cut };
            if (before.Trouble != cut)
                log.LdapUnread(cut);
            return;
        }
        copy = new(judged.Items, judged.Problems, realTime.GetUtcNow(), read.Cut, null);
        log.LdapRead(judged.Items.Length, judged.Problems.Length);
        if (read.Cut is not null && before.Cut != read.Cut)
            log.LdapUnread(read.Cut);
    }

    public IReadOnlyList<string> Notices()
    {
        var now = copy;
        return
        [
            .. TroubleOf(now) is { } trouble ? [trouble] : Array.Empty<string>(),
            .. now.Cut is { } cut ? [$"Ldap:Server: people are missing, because {cut}."] : Array.Empty<string>(),
            .. now.Problems.GroupBy(problem => problem.What).Select(same => $"Ldap:Server: {same.Count()} of its entries: {same.Key}"),
        ];
    }

    string? TroubleOf(Copy now) => now.Trouble is { } trouble
        ? $"Ldap:Server: the directory cannot be read whole, {trouble}; {KeptCopies.Age(now.ReadAt, realTime)}."
        : null;
}
