using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace BotDispatch.Storage;

/// <summary>
/// Brings the tables to this version's shape: numbered scripts, each applied once, under a lock, never edited after a release.
/// </summary>
internal sealed partial class Migrator(Database database, ILogger<Migrator> log)
{
    const string Prefix = "BotDispatch.Storage.Migrations.";
    // Which scripts were applied, and the first table of the first script.
    const string Versions = "schema_versions";
    const string First = "dispatches";

    /// <summary>Applies what is missing. Safe on many nodes at once.</summary>
    /// <exception cref="InvalidOperationException">
    /// The database is another program's, or a newer version's, in a sentence for an administrator. Nothing in it was changed.
    /// </exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (database.OddPlace is { } odd)
            log.PlaceIsOdd(odd);
        // Before anything is written: the connection that writes changes how a SQLite file is kept.
        if (!database.IsMissing && await ProblemAsync(ct) is { } problem)
            throw new InvalidOperationException(Of(problem));
        await database.WriteAsync(session => MigrateAsync(session, ct), ct);
    }

    async Task<string?> ProblemAsync(CancellationToken ct)
    {
        Statement names = new(database.Provider is StorageProvider.PostgreSql
            ? "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            : """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_%' ESCAPE '\'
                """);
        var tables = (await database.ReadAsync(names, row => row.GetString(0), ct)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (tables.Contains(Versions) && tables.Contains(First))
            return (await database.ReadAsync(new($"SELECT MAX(version) FROM {Versions}"), row => row.IsDBNull(0) ? 0 : row.GetInt32(0), ct))
                is [var version] && version > Scripts().Last().Version ? Newer(version) : null;
        // Litestream makes tables whose names begin with _ in the file that it copies. A schema of PostgreSQL may be shared, as long as no
        // table has a name of ours; a file of SQLite is a program's own.
        var others = database.Provider is StorageProvider.PostgreSql ? tables.Intersect(Scripts().SelectMany(each => TablesIn(each.Sql))
            .Append(Versions)) : tables;
        return others.Order(StringComparer.Ordinal).FirstOrDefault() is { } other
            ? $"is another program's: it has the table {other}, and it is not BotDispatch's. Nothing in it was changed. Write the name of "
                + (database.Provider is StorageProvider.PostgreSql
                    ? "another database, or of another schema (Search Path=…)."
                    : "another file: one that does not exist is made.")
            : null;
    }

    string Of(string problem) => $"the database that Storage:ConnectionString names ({database.Name}) {problem}";

    static string Newer(int version) =>
        $"is at version {version}, newer than this program knows ({Scripts().Last().Version}). Start the newer program, or restore the "
            + "backup from before the upgrade.";

    static IEnumerable<string> TablesIn(string sql) => Table().Matches(sql).Select(each => each.Groups[1].Value);

    [GeneratedRegex(@"^CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    async Task<int> MigrateAsync(WriteSession session, CancellationToken ct)
    {
        await session.BeginAsync(ct);
        if (database.Provider is StorageProvider.PostgreSql)
            await RunScriptAsync(session, "SELECT pg_advisory_xact_lock(4207551)", ct);
        await RunScriptAsync(session, $"CREATE TABLE IF NOT EXISTS {Versions} (version integer NOT NULL PRIMARY KEY)", ct);
        var applied = (await session.QueryAsync(new($"SELECT version FROM {Versions}"), row => row.GetInt32(0), ct)).ToHashSet();
        var scripts = Scripts().ToList();
        // Another node may have brought it there meanwhile.
        if (applied.Count > 0 && applied.Max() > scripts[^1].Version)
            throw new InvalidOperationException(Of(Newer(applied.Max())));
        foreach (var (version, sql) in scripts.Where(script => !applied.Contains(script.Version)))
        {
            await RunScriptAsync(session, sql, ct);
            await session.RunAsync([new($"INSERT INTO {Versions} (version) VALUES ($1)", version)], ct);
            log.Migrated(version);
        }
        await session.CommitAsync(ct);
        return scripts[^1].Version;
    }

    // A script has several statements, and a session runs one at a time.
    static async Task RunScriptAsync(WriteSession session, string sql, CancellationToken ct)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = session.Transaction;
        await command.ExecuteNonQueryAsync(ct);
    }

    static IEnumerable<(int Version, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name[Prefix.Length..].Split('.')[0], CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}
