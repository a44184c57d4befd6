using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Architecture;

/// <summary>Holds the table "Who may know whom" of src/README.md true.</summary>
public sealed partial class ImportTests
{
    static readonly Dictionary<string, string[]> May = new()
    {
        ["Ports"] = ["Core"],
        ["Files"] = [],
        ["Http"] = [],
        ["Settings"] = [],
        ["Storage"] = ["Core", "Settings"],
        ["Dispatching"] = ["Core", "Ports", "Storage", "Settings"],
        ["Chat"] = ["Core", "Ports", "Http", "Dispatching", "Settings"],
        ["Voice"] = ["Core", "Ports", "Http", "Dispatching", "Settings"],
        ["Slack"] = ["Core", "Ports", "Storage", "Chat", "Http", "Settings"],
        ["Teams"] = ["Core", "Ports", "Storage", "Chat", "Http", "Settings"],
        ["Employees"] = ["Core", "Ports", "Files", "Http", "Storage", "Settings"],
        ["Tickets"] = ["Core", "Ports", "Files", "Http", "Settings"],
        ["Api"] = ["Core", "Ports", "Http", "Storage", "Dispatching", "Chat", "Settings"],
        ["Alerts"] = ["Core", "Ports", "Files", "Http", "Storage", "Dispatching", "Chat", "Api", "Settings"],
        ["Playground"] = ["Core", "Ports", "Http", "Dispatching", "Storage", "Chat", "Hosting", "Simulator"],
    };

    [Fact]
    public void No_room_imports_more_than_it_may() => Wrong("BotDispatch", May).ShouldBeEmpty();

    [Fact]
    public void Every_room_has_its_row() =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "src", "BotDispatch")).Select(Path.GetFileName)
            .Except(["bin", "obj", "Properties", "Samples", "Hosting"]).ShouldBe(May.Keys, ignoreOrder: true);

    [Fact]
    public void The_core_and_the_simulator_import_nothing_of_ours()
    {
        foreach (var (project, own) in (ReadOnlySpan<(string, string)>)[("BotDispatch.Core", "Core"), ("BotDispatch.Simulator", "Simulator")])
            Sources(project).SelectMany(file => Imports(file).Where(room => room != own).Select(room => $"{Path.GetFileName(file)} imports {room}")).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_longer_than_anybody_wants_to_read() =>
        Sources("").Where(file => File.ReadLines(file).Count() > 300).Select(Path.GetFileName).ShouldBeEmpty();

    static List<string> Wrong(string project, Dictionary<string, string[]> may) =>
    [
        .. from file in Sources(project)
           let room = Path.GetRelativePath(Path.Combine(Repository.Root, "src", project), file).Split(Path.DirectorySeparatorChar)[0]
           where may.ContainsKey(room)
           from import in Imports(file)
           where import != room && !may[room].Contains(import)
           select $"{room}/{Path.GetFileName(file)} imports {import}",
    ];

    static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    static IEnumerable<string> Imports(string file) => File.ReadLines(file).Select(line => Using().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?BotDispatch\.(\w+)")]
    private static partial Regex Using();
}
