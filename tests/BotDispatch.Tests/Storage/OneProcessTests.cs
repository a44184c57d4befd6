using System.Diagnostics;
using BotDispatch.Storage;
using BotDispatch.Tests.Published;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Storage;

/// <summary>flock on the file itself, which does not meet SQLite's own fcntl locks on Linux: .NET 10, Microsoft.Data.Sqlite 10.0.14, SQLite 3.53.4.</summary>
public sealed class OneProcessTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-claim-").FullName;

    string TheFile => Path.Combine(folder, "x.db");

    [Fact]
    public async Task A_SQLite_file_is_for_one_process_until_that_one_ends()
    {
        var first = Open($"Data Source={TheFile}");
        await first.ClaimAsync(default);
        await first.ClaimAsync(default);
        await using (var second = Open($"Data Source={TheFile}"))
            (await Should.ThrowAsync<InvalidOperationException>(second.ClaimAsync(default))).Message.ShouldSatisfyAllConditions(
                says => says.ShouldContain("Storage:ConnectionString is in use"),
                says => says.ShouldContain(TheFile),
                says => says.ShouldContain("If that is another BotDispatch"),
                says => says.ShouldContain("PostgreSql"));
        await first.DisposeAsync();
        await using var third = Open($"Data Source={TheFile}");
        await Should.NotThrowAsync(third.ClaimAsync(default));
    }

    [LinuxTheory]
    [InlineData("Data Source={0}/x.db")]
    [InlineData("Data Source={0}/./x.db;Pooling=False;Cache=Shared")]
    [InlineData("DataSource={0}/other/../x.db")]
    [InlineData("Filename=file:{0}/x.db")]
    [InlineData("Data Source=file:{0}/x.db?cache=shared")]
    [InlineData("Data Source=file://{0}/x.db?mode=rwc#part")]
    [InlineData("Data Source=file://localhost{0}/%78.db")]
    [InlineData("Data Source={0}/link.db")]
    [InlineData("Data Source={0}/link-to-folder/x.db")]
    [InlineData("Data Source={0}/hard.db")]
    [InlineData("Data Source=file:{0}/hard.db?mode=rwc")]
    [InlineData("relative")]
    public async Task A_second_process_is_refused_whatever_the_spelling(string connection)
    {
        Directory.CreateDirectory(Path.Combine(folder, "other"));
        await using var first = Open($"Data Source={TheFile}");
        await first.ClaimAsync(default);
        File.CreateSymbolicLink(Path.Combine(folder, "link.db"), TheFile);
        Directory.CreateSymbolicLink(Path.Combine(folder, "link-to-folder"), folder);
        using (var hard = Process.Start("ln", [TheFile, Path.Combine(folder, "hard.db")]))
            await hard.WaitForExitAsync();
        foreach (var left in Directory.GetFiles(folder, "*.lock"))
            File.Delete(left);
        var spelled = connection is "relative"
            ? $"Data Source={Path.GetRelativePath(Directory.GetCurrentDirectory(), TheFile)}"
            : connection.Replace("{0}", folder, StringComparison.Ordinal);
        await using var second = Open(spelled);
        (await Should.ThrowAsync<InvalidOperationException>(second.ClaimAsync(default))).Message.ShouldContain("is in use");
    }

    /// <summary>
    /// .NET 10.0 on Linux and macOS: with DOTNET_SYSTEM_IO_DISABLEFILELOCKING=1 two processes open the same file with FileShare.None, and neither gets an error. A switch in
    /// runtimeconfig.json goes before the variable, and of the variable's values only 1 and true, in any case, count.
    /// </summary>
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "", null)]
    [InlineData(null, "0", null)]
    [InlineData(null, "false", null)]
    [InlineData(null, "yes", null)]
    [InlineData(null, "1", "DOTNET_SYSTEM_IO_DISABLEFILELOCKING")]
    [InlineData(null, "TRUE", "DOTNET_SYSTEM_IO_DISABLEFILELOCKING")]
    [InlineData(false, "1", null)]
    [InlineData(true, null, "System.IO.DisableFileLocking")]
    public void Whatever_keeps_dotnet_from_locking_files_is_noticed(bool? set, string? variable, string? named)
    {
        if (named is null)
            FileLocking.WhyOff(set, variable).ShouldBeNull();
        else
            FileLocking.WhyOff(set, variable).ShouldNotBeNull().ShouldContain(named);
    }

    [LinuxTheory]
    [InlineData("1", "DOTNET_SYSTEM_IO_DISABLEFILELOCKING")]
    [InlineData("0", null)]
    public async Task A_process_that_locks_no_files_does_not_start_on_a_SQLite_file(string variable, string? refusal)
    {
        var start = PublishedProgram.Start(folder, "keys", "list", $"--Storage:ConnectionString=Data Source={TheFile}");
        start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = variable;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        (process.ExitCode == 0).ShouldBe(refusal is null, string.Concat(said));
        string.Concat(said).ShouldContain(refusal ?? "There are no keys");
        File.Exists(TheFile).ShouldBe(refusal is null);
    }

    /// <summary>
    /// .NET 10.0 on Linux: where flock fails with anything but EWOULDBLOCK, as on a file system that does not know it, FileShare.None opens the file without an error.
    /// </summary>
    [Fact]
    public void A_file_system_that_keeps_no_locks_is_found_by_a_second_lock_and_refused()
    {
        using (new FileStream(TheFile, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            FileLocking.CanLock(TheFile).ShouldBeFalse();
        FileLocking.CanLock(TheFile).ShouldBeTrue("as where the first lock was not kept");
        using var file = new SqliteFile(TheFile, _ => true);
        for (var times = 0; times < 2; times++)
            Should.Throw<InvalidOperationException>(file.Claim).Message
                .ShouldBe($"nothing would keep a second BotDispatch out of {TheFile}, which would phone everybody a second time, because its file system does not keep "
                    + $"locks: {TheFile}{(OperatingSystem.IsLinux() ? "" : ".lock")} could be locked twice. Keep the database on a local disk, or use Storage:Provider PostgreSql.");
        file.IsClaimed.ShouldBeFalse();
    }

    /// <summary>It holds names, telephone numbers and tickets.</summary>
    [LinuxTheory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task A_file_that_is_made_can_be_read_by_its_owner_and_group_alone_and_so_can_those_beside_it(string beside)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        await using (var database = Open($"Data Source={TheFile}"))
        {
            await database.ClaimAsync(default);
            await database.WriteAsync([new("CREATE TABLE x (y)")], default);
            (File.GetUnixFileMode(TheFile) & Others).ShouldBe(UnixFileMode.None);
            (File.GetUnixFileMode(TheFile + beside) & Others).ShouldBe(UnixFileMode.None);
        }
        File.SetUnixFileMode(TheFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await using var again = Open($"Data Source={TheFile}");
        await again.ClaimAsync(default);
        File.GetUnixFileMode(TheFile).HasFlag(UnixFileMode.OtherRead).ShouldBeTrue("an administrator may want it so");
    }

    [Theory]
    [InlineData("Data Source=file:{0}/made/by%20uri.db?mode=rwc", "made/by uri.db")]
    [InlineData("Data Source={0}/made/x.db", "made/x.db")]
    public async Task The_file_that_is_claimed_is_the_one_that_SQLite_opens(string connection, string file)
    {
        await using var database = Open(connection.Replace("{0}", folder, StringComparison.Ordinal));
        await database.ClaimAsync(default);
        var opened = await database.ReadAsync(new("PRAGMA database_list"), row => row.GetString(2), default);
        opened.ShouldBe([Path.Combine(folder, file)]);
        Directory.GetFiles(Path.Combine(folder, "made")).ShouldAllBe(each => each.StartsWith(Path.Combine(folder, file)));
    }

    [Fact]
    public async Task What_is_only_read_cannot_write_and_all_writing_shares_one_connection()
    {
        await using var database = Open($"Data Source={TheFile}");
        await database.WriteAsync([new("CREATE TABLE t (a text)")], default);
        await using (var reading = await database.OpenAsync(default))
        {
            using var command = reading.CreateCommand();
            command.CommandText = "INSERT INTO t VALUES ('x')";
            Should.Throw<SqliteException>(() => command.ExecuteNonQuery()).SqliteErrorCode.ShouldBe(8, "SQLITE_READONLY");
        }
        var (connections, atOnce, most) = (new HashSet<object>(), 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => database.WriteAsync(async session =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await Task.Yield();
            connections.Add(session.Connection);
            Interlocked.Decrement(ref atOnce);
            return n;
        }, default))));
        (connections.Count, most).ShouldBe((1, 1));
    }

    [Fact]
    public void Nothing_but_the_database_itself_opens_a_connection()
    {
        var source = Path.Combine(Architecture.Repository.Root, "src", "BotDispatch");
        var opening = Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file) is var code && (code.Contains("new SqliteConnection(") || code.Contains("OpenConnectionAsync(") || code.Contains("database.OpenAsync(")))
            .Select(file => Path.GetRelativePath(source, file));
        opening.ShouldBe([Path.Combine("Storage", "Database.cs")]);
    }

    [Fact]
    public async Task The_SQLite_that_is_loaded_cannot_damage_a_WAL_file()
    {
        await using var database = Open($"Data Source={TheFile}");
        await database.ClaimAsync(default);
        var version = (await database.ReadAsync(new("SELECT sqlite_version()"), row => row.GetString(0), default)).Single();
        Version.Parse(version).ShouldBeGreaterThanOrEqualTo(new(3, 51, 3));
        SqliteVersion.Problem(version).ShouldBeNull();
    }

    // Release notes of SQLite 3.51.3, 13 March 2026: the fault has been there since WAL mode came with 3.7.0.
    [Theory]
    [InlineData("3.7.0", true)]
    [InlineData("3.44.2", true)]
    [InlineData("3.50.4", true)]
    [InlineData("3.51.2", true)]
    [InlineData("3.51.3", false)]
    [InlineData("3.53.4", false)]
    [InlineData("4.0.0", false)]
    [InlineData("3.6.23", false)]
    [InlineData("unknown", true)]
    public void A_SQLite_that_may_damage_a_WAL_file_is_refused_by_its_version(string version, bool isRefused)
    {
        if (isRefused)
            SqliteVersion.Problem(version).ShouldNotBeNull().ShouldContain(version);
        else
            SqliteVersion.Problem(version).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Database Open(string connection) => new(Options.Create(new StorageOptions { ConnectionString = connection }));
}
