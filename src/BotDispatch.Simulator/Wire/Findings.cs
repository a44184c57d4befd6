using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Simulator.Wire;

/// <summary>The result of reading an order. Errors refuse the order; warnings are ignored, as Routee ignores them.</summary>
internal sealed class Findings(Func<Uri, bool> mayCall)
{
    public Dictionary<string, string> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Error(string path, string because) => Errors.TryAdd(path, because);

    public Uri? Callback(string path, string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) Error(path, "is required");
        else if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            Error(path, "is no http address");
        else if (!mayCall(uri)) Error(path, $"the simulator calls back only allowed hosts, not {uri.Host}");
        else return uri;
        return null;
    }
}

/// <summary>Reads one JSON object field by field, and records the fields that are wrong or unknown.</summary>
internal sealed class Fields(JsonObject json, string path, Findings findings)
{
    readonly HashSet<string> known = [];

    public Findings Findings => findings;

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public bool Has(string name)
    {
        known.Add(name);
        return json[name] is not null;
    }

    public string? Text(string name, bool required = false)
    {
        known.Add(name);
        if (json[name] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text)) return text;
        if (json[name] is { } other && other.GetValueKind() != JsonValueKind.String) findings.Error(PathOf(name), "is no text");
        else if (required) findings.Error(PathOf(name), "is required");
        return null;
    }

    public string? OneOf(string name, IReadOnlyList<string> allowed, bool required = false)
    {
        if (Text(name, required) is not { } text) return null;
        if (allowed.Contains(text)) return text;
        findings.Error(PathOf(name), $"is none of {string.Join(", ", allowed)}");
        return null;
    }

    /// <summary>Reads a boolean. Routee's documentation writes some booleans as texts, so both are read.</summary>
    public bool Flag(string name)
    {
        known.Add(name);
        switch (json[name])
        {
            case null: return false;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False: return value.GetValue<bool>();
            case JsonValue value when value.TryGetValue<string>(out var text) && bool.TryParse(text, out var flag): return flag;
            default:
                findings.Error(PathOf(name), "is neither true nor false");
                return false;
        }
    }

    public double? Number(string name, double least, double most = double.MaxValue)
    {
        known.Add(name);
        if (json[name] is not { } node) return null;
        if (node is JsonValue value && value.TryGetValue<double>(out var number) && number >= least && number <= most) return number;
        findings.Error(PathOf(name), most == double.MaxValue ? $"is no number from {least}" : $"is no number from {least} to {most}");
        return null;
    }

    public Fields? Object(string name, bool required = false)
    {
        known.Add(name);
        if (json[name] is JsonObject inner) return new Fields(inner, PathOf(name), findings);
        if (json[name] is not null) findings.Error(PathOf(name), "is no object");
        else if (required) findings.Error(PathOf(name), "is required");
        return null;
    }

    public JsonArray? Array(string name)
    {
        known.Add(name);
        if (json[name] is JsonArray array) return array;
        findings.Error(PathOf(name), json[name] is null ? "is required" : "is no array");
        return null;
    }

    public void WarnOfUnknown()
    {
        foreach (var (name, _) in json.Where(field => !known.Contains(field.Key)))
            findings.Warnings.Add($"{PathOf(name)} is unknown and ignored");
    }
}
