using BotDispatch.Employees;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Ldap;
using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Flows;

/// <summary>The last good copy of a file with people outlives the process, as that of a directory server does. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class PeopleCopyTests
{
    const string Header = "id,name,email,phone,language,timezone,skills\n";
    const string Two = Header + "ann,Ann Lee,ann@example.com,+442079460001,,,lifts\nbob,Bob,,+442079460002,,,\n";

    /// <summary>Where files are the only source, too.</summary>
    [Theory]
    [InlineData(null, "there is no such file")]
    [InlineData("nonsense\n", "line 1: the header has no column id, name, email")]
    public async Task A_process_that_starts_while_the_file_is_gone_or_broken_knows_its_people_and_says_so(string? left, string problem)
    {
        using var file = new TemporaryFile("people.csv", Two);
        await using var world = await World.BeginAsync(new() { ["Employees:File"] = file.FilePath });
        (await PeopleAsync(world)).ShouldBe(["ann", "bob"]);
        await world.App.Get<EmployeeCopies>().StoreAsync(default);
        if (left is null)
            File.Delete(file.FilePath);
        else
            file.Write(left);

        await world.PassAsync(7200);
        await world.RestartAsync();
        (await PeopleAsync(world)).ShouldBe(["ann", "bob"]);
        world.App.Get<EmployeeDirectory>().Troubles.ShouldHaveSingleItem()
            .ShouldBe("Employees:File: the list in use is 2 h 0 min old (read 2026-01-05 09:00 UTC), because the file cannot be used now.");
        world.App.Get<EmployeeFile>().Notices()[^1].ShouldContain(problem);
        (await world.App.Get<Database>().ReadAsync(new("SELECT name || value FROM notes WHERE name LIKE 'copy:%'"), row => row.GetString(0), default))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                kept => kept.ShouldNotContain("people.csv"),
                kept => kept.ShouldNotContain("4420"));

        file.Write(Header + "cleo,Cleo,,+442079460003,,,\n");
        await world.PassAsync(10);
        (await PeopleAsync(world)).ShouldBe(["cleo"]);
        world.App.Get<EmployeeDirectory>().Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Beside_another_source_the_copy_is_used_as_soon_as_it_was_looked_for_and_the_newest_is_kept()
    {
        using var file = new TemporaryFile("people.csv", Two);
        await using var world = await World.BeginAsync();
        var options = new EmployeesFileOptions { File = file.FilePath, HasOtherSource = true };
        var log = new Logbook<EmployeeFile>();
        (EmployeeFile File, EmployeeCopies Copies, EmployeeCopying Copying) Begin()
        {
            var copies = new EmployeeCopies(() => world.App.Get<CopyStore>(), world.Clock, log);
            var people = new EmployeeFile(Options.Create(options), world.Clock, log, copies);
            return (people, copies, new(copies, people, new(Options.Create(options), world.Clock, log, copies), world.Clock));
        }

        var first = Begin();
        using (first.Copying)
            await first.Copying.StartAsync(default);
        file.Write(Two + "cleo,Cleo,,+442079460003,,,\n");
        world.Clock.Advance(TimeSpan.FromSeconds(4));
        first.File.Read().Length.ShouldBe(3);
        await first.Copies.StoreAsync(default);

        File.Delete(file.FilePath);
        var second = Begin();
        second.File.Read().ShouldBeEmpty("the database was not asked yet");
        using (second.Copying)
            await second.Copying.StartAsync(default);
        second.File.Read().Select(each => each.Id.Value).ShouldBe(["ann", "bob", "cleo"]);
        second.File.Trouble.ShouldBe("Employees:File: the list in use is less than a minute old (read 2026-01-05 09:00 UTC), because the file cannot be used now.");
        log.Lines[^1].ShouldBe($"336 Warning {file.FilePath}: the copy that an earlier process stored is in use: 3 entries, read 2026-01-05 09:00 UTC");
    }

    /// <summary>Opening a pipe that nobody writes to blocks for ever, as reading from a network mount that is gone does.</summary>
    [Fact]
    public async Task A_mount_that_hangs_at_the_start_holds_it_up_for_ten_seconds_where_there_is_a_copy()
    {
        await using var world = await World.BeginAsync();
        using var folder = new TemporaryFile("people.txt", "");
        var pipe = Path.Combine(Path.GetDirectoryName(folder.FilePath)!, "people.csv");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        var log = new Logbook<EmployeeFile>();
        var earlier = new EmployeeCopies(() => world.App.Get<CopyStore>(), world.Clock, log);
        earlier.Of(pipe).Keep(Two, world.Clock.GetUtcNow());
        await earlier.StoreAsync(default);

        var clock = new ManualClock();
        var copies = new EmployeeCopies(() => world.App.Get<CopyStore>(), clock, log);
        var (options, validator) = (new EmployeesFileOptions { File = pipe }, new EmployeesFileOptionsValidator(copies));
        var wrong = await WaitingAsync(() => validator.Validate(null, options).Failures);
        wrong.ShouldBe([$"Employees:File: {pipe}: it does not answer. Is its network mount there?"]);
        validator.Validate(null, options).Failures.ShouldBe(wrong, "without waiting again");
        await copies.FindAsync(default);
        validator.Validate(null, options).Succeeded.ShouldBeTrue();
        var file = new EmployeeFile(Options.Create(options), clock, log, copies);
        (await WaitingAsync(() => (object)file.Read())).ShouldBeOfType<System.Collections.Immutable.ImmutableArray<Core.Employee>>().Length.ShouldBe(2);
        file.Trouble.ShouldNotBeNull().ShouldEndWith("because the file does not answer. Is its network mount there?");
        log.Lines[^1].ShouldBe($"334 Error {pipe} does not answer. The last good list stays in use");

        async Task<T> WaitingAsync<T>(Func<T> what)
        {
            var waiting = Task.Run(what);
            while (!waiting.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
            return await waiting;
        }
    }

    [Fact]
    public async Task A_copy_that_cannot_be_stored_is_tried_again_after_a_minute()
    {
        await using var world = await World.BeginAsync();
        var (log, isDown) = (new Logbook<EmployeeFile>(), true);
        var copies = new EmployeeCopies(() => isDown ? throw new IOException("down") : world.App.Get<CopyStore>(), world.Clock, log);
        copies.Of("people.csv").Keep(Two, world.Clock.GetUtcNow());
        await copies.StoreAsync(default);
        await copies.StoreAsync(default);
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("352 Warning");
        isDown = false;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await copies.StoreAsync(default);
        var next = new EmployeeCopies(() => world.App.Get<CopyStore>(), world.Clock, log);
        next.Of("people.csv").IsWanted = true;
        await next.FindAsync(default);
        next.Of("people.csv").Earlier!.Value.Text.ShouldBe(Two);
    }

    [SlapdFact]
    public async Task A_process_that_starts_while_the_directory_server_is_down_knows_its_people_and_says_so()
    {
        using var server = new Slapd(20);
        await using var world = await World.BeginAsync();
        var log = new Logbook<LdapDirectory>();
        var options = new LdapOptions
        {
            Server = $"ldap://127.0.0.1:{server.Port}",
            TrustedCertificates = server.Trust,
            User = Slapd.Unlimited,
            Password = Slapd.Password,
            Base = "ou=people,dc=example,dc=org",
            Attributes = { ["skills"] = "departmentNumber" },
        };
        LdapDirectory Begin() => new(
            Options.Create(options), Options.Create(new EmployeesFileOptions()), world.Clock, log, () => world.App.Get<CopyStore>());
        var first = Begin();
        await first.RefreshAsync(default);
        (await CopiesAsync(world)).ShouldBe(0, "asking alone, as a check does, stores nothing");
        await first.KeepAsync(default);
        (await CopiesAsync(world)).ShouldBe(1);
        server.End();
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        var second = Begin();
        await second.RestoreAsync(default);
        await second.RefreshAsync(default);
        second.Read().ShouldBe(first.Read(), new SameEmployee());
        second.Notices().ShouldHaveSingleItem().ShouldEndWith("the copy in use is 20 min old.");
    }

    /// <summary>The settings of the world name one source; another one, and a calendar, were read by an earlier process.</summary>
    [Fact]
    public async Task The_copy_of_a_source_that_was_removed_from_the_settings_is_deleted_after_an_hour()
    {
        using var file = new TemporaryFile("people.csv", Two);
        await using var world = await World.BeginAsync(new() { ["Employees:File"] = file.FilePath });
        var earlier = new CopyStore(world.App.Get<Database>(), world.App.Get<NoteStore>());
        await earlier.KeepAsync("people", "Employees:SlackGroup S1", Two, world.Clock.GetUtcNow(), default);
        await earlier.KeepAsync("calendar", "UTC https://example.com/a.ics", "BEGIN:VCALENDAR", world.Clock.GetUtcNow(), default);
        await world.App.Get<EmployeeCopies>().StoreAsync(default);
        (await CopiesAsync(world)).ShouldBe(3);
        File.Delete(file.FilePath);
        await world.RestartAsync();

        var (clock, log) = (new ManualClock(), new Logbook<RemovedSources>());
        using var removed = new RemovedSources(world.App.Get<CopyStore>(), clock, log);
        var began = clock.GetUtcNow();
        await removed.StartAsync(default);
        while (!removed.ExecuteTask!.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
        await removed.ExecuteTask;
        (clock.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(1));
        (await CopiesAsync(world)).ShouldBe(2);
        log.Lines.ShouldHaveSingleItem().ShouldBe("356 Information Sources of people that are no longer in the settings: deleted their last good copies (1)");
        await world.RestartAsync();
        (await PeopleAsync(world)).ShouldBe(["ann", "bob"], "of the one that is in the settings the copy stays, however long it cannot be read");
    }

    sealed class SameEmployee : IEqualityComparer<Core.Employee>
    {
        public bool Equals(Core.Employee? x, Core.Employee? y) => Text(x!) == Text(y!);

        public int GetHashCode(Core.Employee each) => Text(each).GetHashCode(StringComparison.Ordinal);

        static string Text(Core.Employee each) => $"{each with { Skills = [] }} {string.Join(',', each.Skills)}";
    }

    static async Task<long> CopiesAsync(World world) =>
        (await world.App.Get<Database>().ReadAsync(new("SELECT COUNT(*) FROM notes WHERE name LIKE 'copy:%'"), row => row.GetInt64(0), default)).Single();

    static async Task<List<string>> PeopleAsync(World world) =>
        [.. (await world.App.Get<IEmployeeDirectory>().ListAsync(default)).Select(each => each.Id.Value)];
}
