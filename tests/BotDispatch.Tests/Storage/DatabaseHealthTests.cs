using BotDispatch.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Storage;

public sealed class DatabaseHealthTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task It_is_ready_when_a_write_was_committed(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var health = HealthOf(ground, out _);
        (await health.CheckAsync(default)).ShouldBeNull();
        (await ground.CountAsync("notes WHERE name = 'health'")).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_can_be_read_and_not_written_is_not_ready_and_said_once_with_its_reason_and_once_more_when_it_is_over(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var health = HealthOf(ground, out var log);
        await ground.WriteAsync("ALTER TABLE notes RENAME TO lost");
        for (var i = 0; i < 3; i++)
        {
            (await health.CheckAsync(default)).ShouldNotBeNull().ShouldContain("notes");
            ground.Clock.Advance(DatabaseHealth.Every);
        }
        await ground.WriteAsync("ALTER TABLE lost RENAME TO notes");
        (await health.CheckAsync(default)).ShouldBeNull();
        log.Lines.Count.ShouldBe(2);
        log.Lines.First().ShouldStartWith("Error: The database cannot be used, and /readyz says so: ");
        log.Lines.Last().ShouldBe("Information: The database can be used again");
    }

    [LinuxTheory]
    [InlineData("delete", "was deleted or replaced")]
    [InlineData("delete the WAL", "-wal was deleted or replaced")]
    [InlineData("delete all", "was deleted or replaced")]
    [InlineData("replace", "was deleted or replaced")]
    [InlineData("move", "was moved to")]
    [InlineData("cut to half", "shorter than it must be")]
    [InlineData("cut to nothing", "cut off or overwritten")]
    [InlineData("overwrite the first page", "cut off or overwritten")]
    [InlineData("overwrite pages with zeros", "the file is damaged")]
    [InlineData("overwrite pages with noise", "the file is damaged")]
    public async Task What_becomes_of_the_file_behind_our_back_is_noticed_with_its_reason(string permission, string reason)
    {
        await using var ground = await Ground.EmptyAsync(On.Sqlite);
        var node = ground.NewNode();
        await node.Get<Database>().ClaimAsync(default);
        await node.Get<Migrator>().MigrateAsync(default);
        for (var i = 0; i < 60; i++)
            await node.StartAsync(Some.Plan($"INC-{i}"));
        using var health = HealthOf(ground, out _);
        await ground.WriteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await health.LookForDamageAsync(default);
        (await health.CheckAsync(default)).ShouldBeNull();

        Do(permission, Path.Combine(ground.Folder, "test.db"));
        ground.Clock.Advance(DatabaseHealth.Every);
        await health.LookForDamageAsync(default);
        (await health.CheckAsync(default)).ShouldNotBeNull().ShouldContain(reason);
    }

    [Theory]
    [InlineData(14, "unable to open database file")]
    [InlineData(5, "database is locked")]
    public async Task A_file_that_could_not_be_looked_through_for_a_moment_is_not_taken_to_be_damaged(int code, string reason)
    {
        await using var ground = await Ground.EmptyAsync(On.Sqlite);
        var fails = false;
        ground.Connections = new((_, _) =>
        {
            if (fails)
                throw new SqliteException(reason, code);
        });
        var node = ground.NewNode();
        await node.Get<Database>().ClaimAsync(default);
        await node.Get<Migrator>().MigrateAsync(default);
        using var health = HealthOf(ground, out var log);
        fails = true;
        (await health.LookForDamageAsync(default)).ShouldBeFalse();
        fails = false;
        (await health.CheckAsync(default)).ShouldBeNull();
        (await health.LookForDamageAsync(default)).ShouldBeTrue();
        log.Lines.ShouldBeEmpty();
    }

    [LinuxTheory]
    [InlineData(2)]
    public async Task Every_few_seconds_it_is_looked_at_by_itself(int looks)
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        using var health = HealthOf(ground, out _);
        await health.StartAsync(default);
        for (var look = 0; look < looks; look++)
        {
            await Ground.UntilAsync(() => Task.FromResult(ground.Clock.NextTimer is not null));
            await ground.WriteAsync("DELETE FROM notes");
            ground.Clock.Advance(DatabaseHealth.Every);
            await Ground.UntilAsync(async () => await ground.CountAsync("notes WHERE name = 'health'") == 1);
        }
        await health.StopAsync(default);
    }

    static void Do(string permission, string file)
    {
        switch (permission)
        {
            case "delete":
                File.Delete(file);
                break;
            case "delete the WAL":
                File.Delete(file + "-wal");
                break;
            case "delete all":
                foreach (var each in Directory.GetFiles(Path.GetDirectoryName(file)!, "test.db*"))
                    File.Delete(each);
                break;
            case "replace":
                File.WriteAllText(file + ".new", "");
                File.Move(file + ".new", file, overwrite: true);
                break;
            case "move":
                File.Move(file, file + ".moved");
                break;
            default:
                // As somebody else does it, who asks for no lock.
                using (var shell = System.Diagnostics.Process.Start("sh", ["-c", permission switch
                {
                    "cut to half" => $"truncate -s $(( $(stat -c %s '{file}') / 2 )) '{file}'",
                    "cut to nothing" => $"truncate -s 0 '{file}'",
                    "overwrite the first page" => $"dd if=/dev/zero of='{file}' bs=4096 count=1 conv=notrunc status=none",
                    "overwrite pages with zeros" => $"dd if=/dev/zero of='{file}' bs=4096 seek=1 count=8 conv=notrunc status=none",
                    _ => $"dd if=/dev/urandom of='{file}' bs=4096 seek=1 count=8 conv=notrunc status=none",
                }]))
                    shell.WaitForExit();
                break;
        }
    }

    static DatabaseHealth HealthOf(Ground ground, out Warnings log)
    {
        log = new();
        using var factory = new LoggerFactory([log]);
        return new(ground.Node.Get<Database>(), ground.Clock, factory.CreateLogger<DatabaseHealth>());
    }
}
