using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BotDispatch.Storage;

// What an administrator reads about the database.
internal sealed partial class Database
{
    // https://www.sqlite.org/rescode.html
    const int Corrupt = 11;
    const int NoDatabase = 26;

    /// <summary>Whether there is no file yet. The first write makes it.</summary>
    public bool IsMissing => file is { IsClaimed: false } && !File.Exists(file.Real);

    /// <summary>The database in words for an administrator: its file, or its name and server. Without any secret.</summary>
    public string Name => postgres is not null ? new NpgsqlConnectionStringBuilder(postgres.ConnectionString) is var server
            ? $"{server.Database ?? server.Username} at {server.Host}" : ""
        : file?.Real ?? "the database in memory";

    /// <summary>What is odd about where the file of SQLite lies; null if nothing is.</summary>
    /// <param name="path">The file.</param>
    public static string? OddPlaceOf(string path) => SqliteFile.NetworkOf(path) is { } network
        ? $"{path} lies on a network file system ({network}), which is not made for SQLite's WAL mode, and whose locks may not reach other "
            + "machines: keep it on a local disk, or use Storage:Provider PostgreSql"
        : null;

    /// <inheritdoc cref="OddPlaceOf(string)"/>
    public string? OddPlace => file is null ? null : OddPlaceOf(file.Real);

    /// <summary>What this error means, in the system's own words where the database's are none.</summary>
    public string ReasonOf(Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: NoDatabase } =>
            $"{Name} is no SQLite database, or it is encrypted, or its beginning is damaged. "
            + "Write the name of a new file (one that does not exist is made), or put a backup of the database there.",
        SqliteException { SqliteErrorCode: Corrupt } =>
            $"{Name} is damaged ({error.Message.TrimEnd('.')}). Keep a copy of it, and put the last backup in its place.",
        NpgsqlException { InnerException: SocketException refused } => NotReached(refused),
        SocketException refused => NotReached(refused),
        SqliteException when file?.WhyFolderTakesNothing() is { } why => $"{error.Message.TrimEnd('.')}: {why}",
        _ => error.Message,
    };

    // The driver names the address and not the reason, or the reason and not the host.
    string NotReached(SocketException refused) =>
        $"{Name} cannot be reached: {refused.Message.TrimEnd('.')}. Does the server run, and is its Host right?";
}
