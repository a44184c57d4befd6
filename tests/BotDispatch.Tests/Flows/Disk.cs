using System.Data.Common;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Tests.Flows;

/// <summary>What a database file meets.</summary>
internal enum DiskTrouble
{
    None,
    /// <summary>The file cannot grow: what needs a page fails, what fits into those there are does not.</summary>
    Full,
    /// <summary>Nothing fits into the WAL file; a transaction that changes nothing succeeds.</summary>
    NoCommit,
    /// <summary>Nothing can be written.</summary>
    ReadOnly,
    /// <summary>Commits are written, and then the disk says that it failed.</summary>
    Unsure,
    /// <summary>Nothing can be read or written.</summary>
    Down,
}

/// <summary>
/// What the database of one world stands on. Where SQLite has means of its own they are used, for they hold for root too, whom a file's mode does not stop.
/// </summary>
/// <remarks>https://www.sqlite.org/pragma.html#pragma_max_page_count and #pragma_query_only; SQLITE_FULL 13, SQLITE_READONLY 8, SQLITE_IOERR 10: https://www.sqlite.org/rescode.html</remarks>
internal sealed class Disk
{
    const int Full = 13;
    const int IoError = 10;
    static readonly string[] Changing = ["INSERT ", "UPDATE ", "DELETE "];

    volatile DiskTrouble trouble;

    public DiskTrouble Trouble => trouble;

    public bool IsInTrouble => trouble is not DiskTrouble.None;

    /// <summary>Whether this is what goes wrong because of it.</summary>
    public bool Explains(Exception broken) => IsInTrouble && broken is DbException;

    /// <summary>The app stands on this disk in the life whose commits these are.</summary>
    public void Stand(IServiceCollection services, CommitProbe commits)
    {
        services.RemoveAll<CommitProbe>();
        services.AddSingleton(new ConnectionProbe(Opened)).AddSingleton(new StatementProbe(Run)).AddSingleton(new CommitProbe(
            commits.Before,
            batch =>
            {
                commits.After(batch);
                if (trouble is DiskTrouble.Unsure)
                    throw new SqliteException("disk I/O error", IoError);
            }));
    }

    /// <summary>Begins a trouble, or ends it.</summary>
    public async Task SetAsync(World world, DiskTrouble wanted)
    {
        // Those that stand open too.
        trouble = DiskTrouble.None;
        await world.Pulse.DoAsync(() => world.App.Get<Database>().WriteAsync(session =>
        {
            Set(session.Connection, wanted);
            return Task.FromResult(0);
        }, default));
        trouble = wanted;
    }

    /// <summary>What an administrator mends as well before the process is started again.</summary>
    public Action Mended { get; set; } = () => { };

    /// <summary>Ends it before a process is started; for connections that are open, <see cref="SetAsync"/> does.</summary>
    public void Mend()
    {
        trouble = DiskTrouble.None;
        Mended();
    }

    void Opened(DbConnection connection, bool writes)
    {
        if (trouble is DiskTrouble.Down)
            throw new SqliteException("unable to open database file", 14);
        if (writes)
            Set(connection, trouble);
    }

    void Run(Statement statement)
    {
        if (trouble is DiskTrouble.Down)
            throw new SqliteException("disk I/O error", IoError);
        if (trouble is DiskTrouble.NoCommit && Changing.Any(verb => statement.Sql.Contains(verb, StringComparison.Ordinal)))
            throw new SqliteException("database or disk is full", Full);
    }

    static void Set(DbConnection connection, DiskTrouble wanted)
    {
        using var command = connection.CreateCommand();
        // One page is fewer than there are, so that it stays at those.
        command.CommandText = $"PRAGMA max_page_count = {(wanted is DiskTrouble.Full ? 1 : 1_073_741_823)}; PRAGMA query_only = {(wanted is DiskTrouble.ReadOnly ? "ON" : "OFF")};";
        command.ExecuteNonQuery();
    }
}
