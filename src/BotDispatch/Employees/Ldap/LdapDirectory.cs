using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Core;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Remote;
using BotDispatch.Files;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Ldap;

/// <summary>
/// The employees of a directory server, from the last complete copy, which is stored. A list that the server has cut never takes its place,
/// because people would vanish from it.
/// </summary>
internal sealed class LdapDirectory(
    IOptions<LdapOptions> options, IOptions<EmployeesFileOptions> defaults, TimeProvider realTime, ILogger<LdapDirectory> log,
    Func<CopyStore?>? store = null)
    : IRefreshedSource
{
    readonly KeptCopies kept = new(store ?? (() => null), KeptCopies.OfPeople, realTime, log);
    // Made when they are first used: the check of all settings asks other sources although these settings are wrong.
    readonly Lazy<LdapFields> fields = new(() => new(options.Value.Attributes));
    // What was read whole, until it is stored.
    EmployeeRow[]? unkept;
    volatile Copy copy = new([], [], default, null, null);

    sealed record Copy(
        ImmutableArray<Employee> People, ImmutableArray<FileProblem> Problems, DateTimeOffset ReadAt, string? Cut, string? Trouble);

    public string Name => "Ldap:Server";

    public TimeSpan Every => options.Value.RefreshEvery;

    public bool IsInTrouble => copy.Trouble is not null;

    public string? Trouble => TroubleOf(copy);

    public ImmutableArray<Employee> Read() => copy.People;

    /// <summary>Uses the stored copy until the server answers.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        if (await kept.ReadAsync(Key, Stored.Of, ct) is var (rows, at))
            Use(rows, at, null);
    }

    // A thread of its own, because libldap blocks.
    public Task RefreshAsync(CancellationToken ct) =>
        Task.Factory.StartNew(() => Refresh(ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public async Task KeepAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref unkept, null) is { } rows)
            await kept.KeepAsync(Key, JsonSerializer.Serialize(rows, EmployeeRowsJson.Default.EmployeeRowArray), ct);
    }

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
        if (read.Cut is { } cut && before is { Cut: null, ReadAt: var at } && at != default)
        {
            copy = before with { Trouble = cut };
            if (before.Trouble != cut)
                log.LdapUnread(cut);
            return;
        }
        EmployeeRow[] rows = [.. read.Entries.Select((entry, index) =>
            fields.Value.RowOf(index + 1, name => entry.GetValueOrDefault(name, []), defaults.Value.Region))];
        Use(rows, realTime.GetUtcNow(), read.Cut);
        log.LdapRead(copy.People.Length, copy.Problems.Length);
        if (read.Cut is not null && before.Cut != read.Cut)
            log.LdapUnread(read.Cut);
        if (read.Cut is null)
            unkept = rows;
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

    sealed record Stored(EmployeeRow[] Rows, DateTimeOffset ReadAt)
    {
        public static Stored? Of(string text, DateTimeOffset readAt) =>
            JsonSerializer.Deserialize(text, EmployeeRowsJson.Default.EmployeeRowArray) is { Length: > 0 } rows ? new(rows, readAt) : null;
    }

    string Key => $"Ldap:Server {options.Value.Server} {options.Value.Base} {options.Value.Filter}";

    void Use(EmployeeRow[] rows, DateTimeOffset readAt, string? cut)
    {
        var judged = EmployeeRows.Judge(rows, defaults.Value.DefaultLanguage, defaults.Value.Region);
        copy = new(judged.Items, judged.Problems, readAt, cut, null);
    }

    string? TroubleOf(Copy now) => now.Trouble is { } trouble
        ? $"Ldap:Server: the directory cannot be read whole, {trouble}; {KeptCopies.Age(now.ReadAt, realTime)}."
        : null;
}

[JsonSerializable(typeof(EmployeeRow[]))]
internal sealed partial class EmployeeRowsJson : JsonSerializerContext;
