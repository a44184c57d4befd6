using BotDispatch.Files;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Files;

/// <summary>A file that changes in every way that a file can: nothing but its content tells.</summary>
public sealed class WatchedFileTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("botdispatch-");
    readonly ManualClock clock = new();
    readonly Logbook<WatchedFileTests> log = new();

    public void Dispose() => folder.Delete(recursive: true);

    // Kubernetes mounts a ConfigMap so: people.csv is a link to ..data/people.csv, ..data a link to a dated directory, and an update puts a new ..data in its place.
    [Fact]
    public void A_mounted_directory_is_read_again_when_only_a_link_above_the_file_is_swapped()
    {
        Mount("..2026_01", "ann");
        Link("..data", "..2026_01");
        Link("people.csv", Path.Combine("..data", "people.csv"));
        Link("link-to-link.csv", "people.csv");
        var list = Watch("link-to-link.csv");
        (Read(list)).ShouldBe("ann");

        Mount("..2026_02", "bob");
        Directory.Delete(PathOf("..data"));
        Link("..data", "..2026_02");
        (Read(list)).ShouldBe("bob");
    }

    [Fact]
    public void A_file_that_is_replaced_deleted_or_keeps_its_time_and_length_is_read_again()
    {
        var path = PathOf("people.csv");
        Write(path, "ann");
        var list = Watch("people.csv");
        (Read(list)).ShouldBe("ann");

        Write(path, "bob");
        (Read(list)).ShouldBe("bob");

        Write(PathOf("people.tmp"), "cyd");
        File.Move(PathOf("people.tmp"), path, overwrite: true);
        (Read(list)).ShouldBe("cyd");

        File.Delete(path);
        (Read(list)).ShouldBe("cyd");
        Write(path, "dan");
        (Read(list)).ShouldBe("dan");
    }

    [Fact]
    public void A_file_that_is_just_being_written_is_not_read_before_a_second_has_passed()
    {
        var path = PathOf("people.csv");
        Write(path, "ann\nbob");
        var list = Watch("people.csv");
        (Read(list)).ShouldBe("ann,bob");

        Write(path, "ann");
        File.SetLastWriteTimeUtc(path, (clock.GetUtcNow() + WatchedFile<string>.BetweenLooks - TimeSpan.FromSeconds(0.5)).UtcDateTime);
        (Read(list)).ShouldBe("ann,bob");
        (Read(list)).ShouldBe("ann");
    }

    [Fact]
    public void While_a_file_cannot_be_used_its_fault_and_the_age_of_the_list_are_shown_until_it_is_mended()
    {
        var path = PathOf("people.csv");
        Write(path, "ann");
        var list = Watch("people.csv");
        (Read(list)).ShouldBe("ann");
        list.Notices().ShouldBeEmpty();

        Write(path, "!broken");
        (Read(list)).ShouldBe("ann");
        clock.Advance(TimeSpan.FromMinutes(200));
        (Read(list)).ShouldBe("ann");
        list.Notices().ShouldBe(
        [
            "Some:File: the list in use is 3 h 20 min old (read 2026-01-05 09:00 UTC), because the file cannot be used now.",
            "Some:File: people.csv, line 1: it is broken.",
        ]);

        Write(path, "!worse");
        (Read(list)).ShouldBe("ann");
        File.WriteAllBytes(path, [0xFF, 0xFE, 0x61, 0]);
        (Read(list)).ShouldBe("ann");
        File.Delete(path);
        (Read(list)).ShouldBe("ann");
        list.Notices()[^1].ShouldBe("Some:File: people.csv: there is no such file.");

        Write(path, "bob");
        (Read(list)).ShouldBe("bob");
        list.Notices().ShouldBeEmpty();
        log.Lines.ShouldBe(
        [
            $"330 Information Read {path}: 1 entries",
            $"331 Error The last good list stays in use. {path}, line 1: it is broken.",
            $"331 Error The last good list stays in use. {path}, line 1: it is worse.",
            $"331 Error The last good list stays in use. {path}, line 1: it is UTF-16 text; save it as UTF-8.",
            $"331 Error The last good list stays in use. {path}: there is no such file.",
            $"330 Information Read {path}: 1 entries",
        ]);
    }

    [Fact]
    public void A_workbook_is_no_text_under_any_name()
    {
        var path = Path.Combine(folder.FullName, "people.csv");
        foreach (var begin in (byte[][])[[0x50, 0x4B, 3, 4, 20, 0], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]])
        {
            File.WriteAllBytes(path, begin);
            WatchedFile<string>.Load(path, _ => throw new InvalidOperationException("it is no text")).Problems.ShouldHaveSingleItem().In("people.csv")
                .ShouldBe("people.csv, line 1: it is a workbook of a spreadsheet, or another packed file; save it as text: as CSV in UTF-8, or as JSON or YAML.");
        }
    }

    [Fact]
    public void Bad_entries_beside_good_ones_are_named_by_line_in_the_log_and_in_the_overview()
    {
        var path = PathOf("people.csv");
        Write(path, "ann\n!1\n!2\n!3\n!4\n!5\n!6\n!7");
        var list = Watch("people.csv");
        (Read(list)).ShouldBe("ann");
        list.Notices().ShouldBe(
        [
            .. Enumerable.Range(1, 5).Select(bad => $"Some:File: people.csv, line {bad + 1}: it is {bad}."),
            "Some:File: 2 more problems are named in the log.",
        ]);
        log.Lines.ShouldBe(
        [
            $"330 Information Read {path}: 1 entries",
            .. Enumerable.Range(1, 7).Select(bad => $"332 Warning All other entries are in use. {path}, line {bad + 1}: it is {bad}."),
        ]);
    }

    [Fact]
    public void A_reader_that_throws_is_a_fault_of_the_file_and_repeats_nothing_of_it()
    {
        var path = PathOf("people.csv");
        Write(path, "ann");
        var list = Watch("people.csv");
        (Read(list)).ShouldBe("ann");
        Write(path, "throw secret");
        (Read(list)).ShouldBe("ann");
        log.Lines[^1].ShouldBe($"331 Error The last good list stays in use. {path}: it cannot be understood.");
        log.Exceptions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_does_not_answer_holds_nobody_up_and_is_reported_until_it_does()
    {
        var path = PathOf("people.csv");
        Write(path, "ann");
        using var entered = new SemaphoreSlim(0);
        using var answers = new SemaphoreSlim(0);
        var list = new WatchedFile<string>("Some:File", path, text =>
        {
            if (text == "slow")
            {
                entered.Release();
                answers.Wait();
            }
            return Parse(text);
        }, clock, log);
        list.Watch();
        Write(path, "slow");
        clock.Advance(WatchedFile<string>.BetweenLooks);
        var watching = Task.Run(list.Watch);
        await entered.WaitAsync();
        list.Read().ShouldBe(["ann"]);
        list.Notices().ShouldBeEmpty();

        clock.Advance(TimeSpan.FromSeconds(10));
        list.Read().ShouldBe(["ann"]);
        list.Read().ShouldBe(["ann"]);
        list.Notices().ShouldBe(["Some:File: the list in use is less than a minute old (read 2026-01-05 09:00 UTC), because the file does not answer. Is its network mount there?"]);
        answers.Release();
        await watching;
        list.Read().ShouldBe(["slow"]);
        list.Notices().ShouldBeEmpty();
        log.Lines.Count(line => line == $"334 Error {path} does not answer. The last good list stays in use").ShouldBe(1);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Nobody_takes_an_empty_list_for_the_truth_while_the_file_is_read_for_the_first_time(bool isWatched)
    {
        Write(PathOf("people.csv"), "ann");
        using var parsing = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var list = new WatchedFile<string>("Some:File", PathOf("people.csv"), text =>
        {
            parsing.Set();
            mayEnd.Wait();
            return Parse(text);
        }, clock, log);
        IReadOnlyList<string> read = [];
        var first = new Thread(() =>
        {
            if (isWatched)
                list.Watch();
            else
                list.Read();
        });
        var second = new Thread(() => read = list.Read());
        first.Start();
        parsing.Wait();
        second.Start();
        SpinWait.SpinUntil(() => (second.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);

        mayEnd.Set();
        first.Join();
        second.Join();
        read.ShouldBe(["ann"]);
    }

    WatchedFile<string> Watch(string name) => new("Some:File", PathOf(name), Parse, clock, log);

    string Read(WatchedFile<string> list)
    {
        clock.Advance(WatchedFile<string>.BetweenLooks);
        return string.Join(',', list.Read());
    }

    static FileContent<string> Parse(string text)
    {
        var lines = text.Split('\n');
        if (text.StartsWith("throw", StringComparison.Ordinal))
            throw new InvalidOperationException(text);
        return new(
            [.. lines.Where(line => !line.StartsWith('!'))],
            [.. lines.Index().Where(each => each.Item.StartsWith('!')).Select(each => new FileProblem(each.Index + 1, $"it is {each.Item[1..]}."))]);
    }

    void Mount(string directory, string text) => Write(Path.Combine(Directory.CreateDirectory(PathOf(directory)).FullName, "people.csv"), text);

    // Always the same time and, for words of the same length, the same length.
    static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    void Link(string name, string target) => File.CreateSymbolicLink(PathOf(name), target);

    string PathOf(string name) => Path.Combine(folder.FullName, name);
}
