using System.Net;

namespace BotDispatch.Tests.Hosting;

/// <summary>The program as a process, on a real disk that is full or takes nothing.</summary>
public sealed class SmallDiskTests
{
    [MountTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_on_a_full_disk_is_refused_with_the_reason_and_a_later_one_finds_everything(bool isNew)
    {
        await using var disk = new SmallDisk();
        if (!isNew)
        {
            await disk.StartAsync();
            await disk.StopAsync();
        }
        await disk.FillAsync();
        var (code, said) = await disk.RunAsync();
        code.ShouldBe(1, said);
        said.ShouldContain("BotDispatch cannot start:\n- the database that Storage:ConnectionString names cannot be used.");
        said.ShouldContain("No space left on device");
        said.ShouldNotContain("   at ");
        await disk.EmptyAsync();
        await using var other = new SmallDisk();
        (await disk.DoAsync($"test -s \"$disk/launch.db\"")).ShouldBe(isNew ? 1 : 0);
    }

    [MountTheory]
    [InlineData("the filler")]
    public async Task Readiness_says_that_the_disk_is_full_and_when_it_no_longer_is(string what)
    {
        await using var disk = new SmallDisk();
        await disk.StartAsync();
        await disk.UntilAsync(async () => (await disk.GetAsync("readyz")).Status is HttpStatusCode.OK);
        await disk.FillAsync();
        await disk.UntilAsync(async () => (await disk.GetAsync("readyz")) is { Status: HttpStatusCode.ServiceUnavailable, Says: var says } && says.Contains("disk", StringComparison.Ordinal) && says.Contains("full", StringComparison.Ordinal));
        (await disk.GetAsync("healthz")).ShouldBe((HttpStatusCode.OK, "ok"), what);
        await disk.EmptyAsync();
        await disk.UntilAsync(async () => (await disk.GetAsync("readyz")).Status is HttpStatusCode.OK);
    }

    [MountTheory]
    [InlineData("file and folder", "Read-only file system")]
    [InlineData("folder", "nothing can be written, as SQLite must: ")]
    public async Task A_file_that_is_there_in_a_folder_that_takes_nothing_is_refused_with_the_reason(string what, string reason)
    {
        await using var disk = new SmallDisk("in/launch.db");
        (await disk.DoAsync("mkdir \"$disk/in\" \"$disk/out\" && : >\"$disk/in/launch.db\" && : >\"$disk/out/launch.db\" && mount --bind \"$disk/in\" \"$disk/in\"")).ShouldBe(0);
        // The file alone stays one that can be written.
        if (what is "folder")
            (await disk.DoAsync("mount --bind \"$disk/out/launch.db\" \"$disk/in/launch.db\"")).ShouldBe(0);
        (await disk.DoAsync("mount -o remount,bind,ro \"$disk/in\"")).ShouldBe(0);
        var (code, said) = await disk.RunAsync();
        code.ShouldBe(1, said);
        said.ShouldContain("BotDispatch cannot start:\n- the database that Storage:ConnectionString names cannot be used.");
        said.ShouldContain(reason);
        said.ShouldNotContain("another");
    }
}
