using System.Diagnostics;
using BotDispatch.Tests.Playground;

namespace BotDispatch.Tests.Architecture;

/// <summary>The first command of the README, on a clone that has nothing but what is committed.</summary>
public sealed class FreshCloneTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-clone-").FullName;

    [CheckoutFact]
    public async Task One_command_on_a_fresh_clone_prints_the_address_of_a_playground_that_answers()
    {
        // It builds everything anew, on a machine that is busy with other tests.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        var clone = Path.Combine(folder, "clone");
        await RunAsync("git", ["clone", "--quiet", "--no-hardlinks", Repository.Root, clone], folder, limit.Token);

        using var app = Start("dotnet", ["run", "--project", "src/BotDispatch", "--", "--urls", $"http://127.0.0.1:{PlaygroundHost.FreePort()}"], clone);
        try
        {
            var address = await AddressAsync(app, limit.Token);
            using var http = new HttpClient();
            (await http.GetStringAsync(address, limit.Token)).ShouldContain("<title>BotDispatch");
            (await http.GetStringAsync(new Uri(address, "/readyz"), limit.Token)).ShouldBe("ready");
            File.Exists(Path.Combine(clone, "data", "botdispatch.db")).ShouldBeTrue("the database makes itself");
            Directory.GetFiles(clone, "*", new EnumerationOptions { RecurseSubdirectories = false }).Select(Path.GetFileName).ShouldContain("appsettings.json");
        }
        finally
        {
            app.Kill(entireProcessTree: true);
            await app.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static async Task<Uri> AddressAsync(Process app, CancellationToken ct)
    {
        // What it says instead, such as why it was not built, is the only trace of a failure.
        List<string> said = [];
        while (await app.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith("BotDispatch is ready. Open the playground: ", StringComparison.Ordinal))
                return new(line[(line.LastIndexOf(' ') + 1)..]);
            said.Add(line);
        }
        throw new InvalidOperationException("it ended without a word about the playground:\n" + string.Join('\n', said.TakeLast(20)));
    }

    static async Task RunAsync(string program, IEnumerable<string> arguments, string where, CancellationToken ct)
    {
        using var process = Start(program, arguments, where);
        await process.WaitForExitAsync(ct);
        process.ExitCode.ShouldBe(0, $"{program} failed");
    }

    static Process Start(string program, IEnumerable<string> arguments, string where)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = where, RedirectStandardOutput = true };
        // The environment of this test run is not that of a newcomer's shell.
        foreach (var name in start.Environment.Keys.Where(IsOfThisRun).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    // TMPDIR too: the compiler that stays for the next build would lose its pipe with the folder of this run.
    static bool IsOfThisRun(string name) =>
        name is "TMPDIR" || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Runs where there is a git checkout to clone, and else says why not.</summary>
internal sealed class CheckoutFactAttribute : FactAttribute
{
    public CheckoutFactAttribute()
    {
        if (!Path.Exists(Path.Combine(Repository.Root, ".git")))
            Skip = "needs a git checkout: a folder without history cannot be cloned";
    }
}
