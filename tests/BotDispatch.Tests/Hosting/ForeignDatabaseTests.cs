using System.Security.Cryptography;
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
