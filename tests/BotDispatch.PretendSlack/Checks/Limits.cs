using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>The lengths and counts that Slack keeps, read from <c>limits.json</c>, where each row names its source.</summary>
internal static class Limits
{
    static readonly FrozenDictionary<string, int> All = Read();

    public static int Of(string what) => All[what];

    static FrozenDictionary<string, int> Read()
    {
        using var file = typeof(Limits).Assembly.GetManifestResourceStream("limits.json")!;
        return JsonNode.Parse(file)!["limits"]!.AsArray().ToFrozenDictionary(row => (string)row!["what"]!, row => (int)row!["max"]!);
    }
}
