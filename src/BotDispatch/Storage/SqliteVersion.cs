namespace BotDispatch.Storage;

/// <summary>Which versions of SQLite may hold our file.</summary>
/// <remarks>
/// Every version from 3.7.0 to 3.51.2 can, rarely, damage a database in WAL mode when a checkpoint and a commit of two connections meet:
/// https://www.sqlite.org/releaselog/3_51_3.html.
/// </remarks>
internal static class SqliteVersion
{
    static readonly Version FirstDamaging = new(3, 7, 0);
    static readonly Version FirstMended = new(3, 51, 3);

    /// <summary>Why what <c>sqlite_version()</c> says is not to be used; null if it may be.</summary>
    public static string? Problem(string version) =>
        !Version.TryParse(version, out var parsed)
            ? $"the SQLite that this process has loaded calls its version \"{version}\", which cannot be read."
        : parsed >= FirstDamaging && parsed < FirstMended
            ? $"the SQLite that this process has loaded is {version}: versions from 3.7.0 to 3.51.2 can damage the database "
                + "(it uses WAL mode). Run the program with the e_sqlite3 library that it is published with, "
                + $"or with {FirstMended} or newer."
        : null;
}
