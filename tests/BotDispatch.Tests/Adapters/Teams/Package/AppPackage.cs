using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Teams.Package;

/// <summary>What an administrator uploads to Teams, built by the command that the README names.</summary>
internal sealed class AppPackage : IDisposable
{
    public const string AppId = "11111111-2222-4333-8444-555555555555";

    /// <summary>The versions of the manifest's schema that it can be built for.</summary>
    public static readonly string[] Schemas = ["1.29", "1.25", "1.19"];

    static readonly string Folder = Path.Combine(Repository.Root, "manifest", "teams");

    readonly ZipArchive zip;

    AppPackage(ZipArchive zip) => this.zip = zip;

    /// <summary>The manifest as it is kept, before anything is filled in.</summary>
    public static JsonObject Kept => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!.AsObject();

    public IEnumerable<string> Names => zip.Entries.Select(entry => entry.FullName);

    public JsonObject Manifest => JsonNode.Parse(Bytes("manifest.json"))!.AsObject();

    /// <summary>Builds it with these properties, and says what the command printed; there is no package if it failed.</summary>
    public static async Task<(AppPackage? Package, string Printed)> BuildAsync(params string[] properties)
    {
        var file = Path.Combine(Path.GetTempPath(), $"botdispatch-package-{Guid.NewGuid():N}.zip");
        try
        {
            var start = new ProcessStartInfo("dotnet", ["build", Folder, .. properties.Select(each => "-p:" + each), "-p:Package=" + file]) { RedirectStandardOutput = true };
            // The environment of this test run is not that of an administrator's shell.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
                start.Environment.Remove(name);
            using var build = Process.Start(start)!;
            var printed = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();
            File.Exists(file).ShouldBe(build.ExitCode == 0, printed);
            return (build.ExitCode == 0 ? new(new(new MemoryStream(await File.ReadAllBytesAsync(file)))) : null, printed);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The one for that schema.</summary>
    public static async Task<AppPackage> OfSchemaAsync(string schema) =>
        (await BuildAsync($"AppId={AppId}", "Address=https://bot.example.com", $"Schema={schema}")).Package.ShouldNotBeNull();

    public byte[] Bytes(string name)
    {
        using var entry = zip.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => zip.Dispose();
}
