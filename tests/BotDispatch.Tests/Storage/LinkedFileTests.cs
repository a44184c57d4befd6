using BotDispatch.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Storage;

/// <summary>The path of a database leads through symbolic links, which anybody may change while the process runs.</summary>
public sealed class LinkedFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-links-").FullName;

    [LinuxTheory]
    [InlineData("the file", "Data Source={0}/link")]
    [InlineData("the folder", "Data Source={0}/link/x.db")]
    [InlineData("the folder", "Data Source=file:{0}/link/x.db?mode=rwc")]
    [InlineData("a link to the folder", "Data Source={0}/first/x.db")]
    public async Task A_link_that_is_changed_under_the_process_changes_nothing_of_where_it_writes_and_is_reported(string what, string connection)
    {
        var (link, clock) = (Path.Combine(folder, "link"), new ManualClock());
        foreach (var each in (string[])["here", "there"])
        {
            Directory.CreateDirectory(Path.Combine(folder, each));
            await File.WriteAllBytesAsync(Path.Combine(folder, each, "x.db"), []);
        }
        var suffix = what is "the file" ? "/x.db" : "";
        File.CreateSymbolicLink(link, Path.Combine(folder, "here") + suffix);
        File.CreateSymbolicLink(Path.Combine(folder, "first"), link);
        await using var database = Open(connection);
        await database.ClaimAsync(default);
        await database.WriteAsync([new("CREATE TABLE notes (name text PRIMARY KEY, value text)"), NoteStore.Keep("before", "x")], default);
        using var health = new DatabaseHealth(database, clock, NullLogger<DatabaseHealth>.Instance);
        (await health.CheckAsync(default)).ShouldBeNull();

        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine(folder, "there") + suffix);
        // Whatever fails closes its connection, and the next one is opened anew.
        await Should.ThrowAsync<SqliteException>(database.WriteAsync<int>(_ => throw new SqliteException("disk I/O error", 10), default));
        await database.WriteAsync([NoteStore.Keep("after", "x")], default);
        (await database.ReadAsync(new("SELECT name FROM notes WHERE name <> 'health' ORDER BY name"), row => row.GetString(0), default)).ShouldBe(["after", "before"]);
        Directory.GetFiles(Path.Combine(folder, "there")).ShouldHaveSingleItem();
        new FileInfo(Path.Combine(folder, "there", "x.db")).Length.ShouldBe(0);
        clock.Advance(DatabaseHealth.Every);
        (await health.CheckAsync(default)).ShouldNotBeNull().ShouldContain($"leads to {folder}/there/x.db now");

        File.Delete(link);
        File.CreateSymbolicLink(link, Path.Combine(folder, "here") + suffix);
        clock.Advance(DatabaseHealth.Every);
        (await health.CheckAsync(default)).ShouldBeNull();
    }

    [LinuxTheory]
    [InlineData("{0}/circle", "symbolic links")]
    [InlineData("{0}/circle/x.db", "symbolic links")]
    [InlineData("{0}/to-nowhere", "nowhere")]
    [InlineData("{0}/to-a-folder", "is a folder, not a file")]
    public async Task A_link_that_leads_to_no_file_is_refused_with_the_reason(string path, string reason)
    {
        File.CreateSymbolicLink(Path.Combine(folder, "circle"), Path.Combine(folder, "circle"));
        File.CreateSymbolicLink(Path.Combine(folder, "to-nowhere"), Path.Combine(folder, "nowhere", "x.db"));
        File.CreateSymbolicLink(Path.Combine(folder, "to-a-folder"), folder);
        await using var database = Open($"Data Source={path}");
        (await Should.ThrowAsync<IOException>(database.ClaimAsync(default))).Message.ShouldContain(reason);
    }

    [LinuxTheory]
    [InlineData("made/x.db", "link")]
    [InlineData("made", "link/x.db")]
    public async Task A_link_to_what_is_not_there_yet_makes_it_where_it_leads(string target, string path)
    {
        if (target != "made")
            Directory.CreateDirectory(Path.Combine(folder, "made"));
        File.CreateSymbolicLink(Path.Combine(folder, "link"), target);
        await using var database = Open("Data Source={0}/" + path);
        await database.ClaimAsync(default);
        await database.WriteAsync([new("CREATE TABLE t (a text)")], default);
        Directory.GetFiles(Path.Combine(folder, "made")).Select(Path.GetFileName).ShouldBe(["x.db", "x.db-wal", "x.db-shm"], ignoreOrder: true);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Database Open(string connection) => new(Options.Create(new StorageOptions { ConnectionString = connection.Replace("{0}", folder, StringComparison.Ordinal) }));
}
