using System.Security.Cryptography;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Tests.Hosting;

/// <summary>A start with a file that is not our database says what it is and what to do, and changes nothing in it.</summary>
public sealed class ForeignDatabaseTests : IDisposable
{
    readonly Launch launch = new();

    string TheFile => Path.Combine(launch.Folder, "launch.db");

    public void Dispose() => launch.Dispose();

    [Theory]
    [InlineData("a text file", " is no SQLite database, or it is encrypted. Nothing in it was changed. Write the name of a new file (one that does not exist is made), or put a backup")]
    [InlineData("half a header", " is no SQLite database, or it is encrypted.")]
    [InlineData("CREATE TABLE customers (id integer)", ") is another program's: it has the table customers, and it is not BotDispatch's. Nothing in it was changed. Write the name of another file: one that does not exist is made.")]
    // Other programs count their migrations, too.
    [InlineData("CREATE TABLE schema_versions (version text); INSERT INTO schema_versions VALUES ('20240101')", ") is another program's: it has the table schema_versions")]
    [InlineData("CREATE TABLE dispatches (id integer)", ") is another program's: it has the table dispatches")]
    [InlineData("CREATE TABLE dispatches (id text); CREATE TABLE schema_versions (version integer); INSERT INTO schema_versions VALUES (1), (9999)",
        ") is at version 9999, newer than this program knows (")]
    public async Task It_is_said_what_it_is_and_what_to_do(string content, string said)
    {
        if (content.StartsWith("CREATE", StringComparison.Ordinal))
            await CreateAsync(content);
        else
            await File.WriteAllTextAsync(TheFile, content is "half a header" ? "SQLite format 3\0" : "id,name\n1,Ann\n");
        var before = Hash();
        foreach (var arguments in (string[][])[[], ["keys", "list"]])
        {
            var ended = arguments.Length == 0 ? await launch.RunAsync() : await launch.RunFirstAsync(arguments);
            ended.Code.ShouldBe(1);
            var fault = ended.Faults.ShouldHaveSingleItem(ended.Error);
            fault.ShouldContain(said);
            fault.ShouldContain(TheFile);
            fault.ShouldContain("Storage:ConnectionString");
            ended.Error.ShouldNotContain("   at ");
            Hash().ShouldBe(before);
        }
    }

    [Fact]
    public async Task A_damaged_database_of_ours_is_called_damaged()
    {
        await CreateAsync("CREATE TABLE dispatches (id text); CREATE TABLE schema_versions (version integer); INSERT INTO schema_versions VALUES (1)");
        var bytes = await File.ReadAllBytesAsync(TheFile);
        // The first page, after the header.
        RandomNumberGenerator.Fill(bytes.AsSpan(100, 200));
        await File.WriteAllBytesAsync(TheFile, bytes);
        var ended = await launch.RunAsync();
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldHaveSingleItem(ended.Error).ShouldContain("is damaged (SQLite Error 11: 'database disk image is malformed'). Keep a copy of it, and put the last backup in its place.");
    }

    // What must go on to start: what is new, what is empty, what is ours, and ours beside the tables of a program that copies it.
    [Theory]
    [InlineData("no file")]
    [InlineData("an empty file")]
    [InlineData("CREATE TABLE left_over (id integer); DROP TABLE left_over")]
    [InlineData("CREATE TABLE _litestream_seq (id integer); CREATE TABLE _litestream_lock (id integer)")]
    [InlineData("ours")]
    [InlineData("ours and _litestream_seq")]
    public async Task What_is_new_empty_or_our_own_is_used(string content)
    {
        if (content is "an empty file")
            await File.WriteAllBytesAsync(TheFile, []);
        if (content.StartsWith("CREATE", StringComparison.Ordinal))
            await CreateAsync(content);
        if (content.StartsWith("ours", StringComparison.Ordinal))
            (await launch.RunFirstAsync("keys", "new", "first")).Code.ShouldBe(0);
        if (content.Contains("and", StringComparison.Ordinal))
            await CreateAsync("CREATE TABLE _litestream_seq (id integer)");
        var ended = await launch.RunFirstAsync("keys", "new", "second");
        (ended.Code, ended.Faults.Count).ShouldBe((0, 0), ended.Error);
        SqliteFile.IsDatabase(TheFile).ShouldBeTrue();
    }

    // On Linux by the handle that claims the file, elsewhere by one of its own: the bytes decide everywhere.
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("SQLite format 3\0", false)]
    [InlineData("id,name\n1,Ann\n", false)]
    [InlineData("sqlite format 3\0 and so on, in small letters, for as long as a header is: one hundred bytes and some more of them", false)]
    [InlineData("SQLite format 3\0 and so on, for as long as a header is: one hundred bytes and some more of them, as they may come", true)]
    public void A_file_is_a_database_by_its_first_bytes(string? bytes, bool isDatabase)
    {
        if (bytes is not null)
            File.WriteAllText(TheFile, bytes);
        SqliteFile.IsDatabase(TheFile).ShouldBe(isDatabase);
        if (bytes is null)
            return;
        // Another program may be writing it.
        using var other = new FileStream(TheFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        SqliteFile.IsDatabase(TheFile).ShouldBe(isDatabase);
    }

    [Theory, OnPostgreSql]
    public async Task Of_PostgreSQL_it_is_said_what_it_is_and_what_to_do(On on)
    {
        foreach (var (content, said) in ((string, string)[])
        [
            ("CREATE TABLE dispatches (id integer)", ") is another program's: it has the table dispatches, and it is not BotDispatch's. Nothing in it was changed. Write the name of another database, or of another schema (Search Path=…)."),
            ("CREATE TABLE schema_versions (version text)", ") is another program's: it has the table schema_versions"),
            ("CREATE TABLE alerts (id integer); CREATE TABLE customers (id integer)", ") is another program's: it has the table alerts"),
            ("CREATE TABLE dispatches (id text); CREATE TABLE schema_versions (version integer); INSERT INTO schema_versions VALUES (1), (9999)", ") is at version 9999, newer than this program knows ("),
        ])
        {
            await using var ground = await Ground.EmptyAsync(on);
            ground.NewNode();
            await ground.WriteAsync(content);
            var before = await TablesAsync(ground);
            launch.With(("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", ground.ConnectionString));
            foreach (var ended in (Ended[])[await launch.RunAsync(), await launch.RunFirstAsync("keys", "list")])
            {
                ended.Code.ShouldBe(1);
                var fault = ended.Faults.ShouldHaveSingleItem(ended.Error);
                fault.ShouldContain(said);
                fault.ShouldContain("Storage:ConnectionString");
                fault.ShouldContain("postgres at 127.0.0.1");
            }
            (await TablesAsync(ground)).ShouldBe(before);
        }
    }

    [Theory, OnPostgreSql]
    public async Task Of_PostgreSQL_what_is_empty_our_own_or_shared_without_a_table_of_our_names_is_used(On on)
    {
        foreach (var content in (string[])["SELECT 1", "CREATE TABLE customers (id integer)", "CREATE VIEW dispatches_of_others AS SELECT 1 AS id"])
        {
            await using var ground = await Ground.EmptyAsync(on);
            ground.NewNode();
            await ground.WriteAsync(content);
            var before = await TablesAsync(ground);
            launch.With(("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", ground.ConnectionString));
            foreach (var name in (string[])["first", "second"])
            {
                var ended = await launch.RunFirstAsync("keys", "new", name);
                (ended.Code, ended.Faults.Count).ShouldBe((0, 0), ended.Error);
            }
            (await TablesAsync(ground)).ShouldContain("dispatches");
            before.ShouldBeSubsetOf(await TablesAsync(ground));
        }
    }

    static async Task<IReadOnlyList<string>> TablesAsync(Ground ground) =>
        await ground.ReadAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name");

    async Task CreateAsync(string sql)
    {
        await using var database = new SqliteConnection($"Data Source={TheFile};Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(TheFile)));
}
