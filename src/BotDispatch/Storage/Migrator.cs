using System.Globalization;
using System.Reflection;
using Dapper;

namespace BotDispatch.Storage;

/// <summary>
/// Brings the tables to this version's shape: numbered scripts, each applied once, under a lock, never edited after a release.
/// </summary>
internal sealed class Migrator(Database database, ILogger<Migrator> log)
{
    const string Prefix = "BotDispatch.Storage.Migrations.";

    /// <summary>Applies what is missing. Safe on many nodes at once.</summary>
    public Task MigrateAsync(CancellationToken ct) => database.WriteAsync(session => MigrateAsync(session, ct), ct);

    async Task<int> MigrateAsync(WriteSession session, CancellationToken ct)
    {
        await session.BeginAsync(ct);
        var (connection, transaction) = (session.Connection, session.Transaction);
        if (database.Provider is StorageProvider.PostgreSql)
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(4207551)", transaction: transaction);
        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_versions (version integer NOT NULL PRIMARY KEY)", transaction: transaction);
        var applied = (await connection.QueryAsync<int>("SELECT version FROM schema_versions", transaction: transaction)).ToHashSet();
        var scripts = Scripts().ToList();
        if (applied.Count > 0 && applied.Max() > scripts[^1].Version)
            throw new InvalidOperationException(
                $"The database is at version {applied.Max()}, newer than this program knows ({scripts[^1].Version}). "
                + "Start the newer program, or restore the older database.");
        foreach (var (version, sql) in scripts.Where(script => !applied.Contains(script.Version)))
        {
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync("INSERT INTO schema_versions (version) VALUES (@version)", new { version }, transaction);
            log.Migrated(version);
        }
        await session.CommitAsync(ct);
        return scripts[^1].Version;
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
