using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>One call of a method, with whatever encoding it came in already forgotten.</summary>
/// <param name="Method">As <c>chat.postMessage</c>.</param>
/// <param name="Arguments">A form's fields are texts.</param>
/// <param name="Team">Whose token it is; null where the method wants none.</param>
/// <param name="Token">As it came.</param>
internal sealed record ApiCall(string Method, JsonObject Arguments, Workspace? Team, string Token)
{
    public Workspace Bot => Team!;

    public string? Text(string name) => Arguments[name] is { } value ? value.ToString() : null;

    public bool Flag(string name) => Arguments.Flag(name);

    public int Number(string name, int otherwise) => int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    public bool Has(string name) => Arguments.ContainsKey(name);

    /// <summary>An object or a list, which in a form is JSON text; null if it is neither.</summary>
    public JsonNode? Node(string name) => Arguments[name] switch
    {
        JsonValue text => Json.TryParse(text.ToString()),
        { } node => node.DeepClone(),
        null => null,
    };
}

/// <summary>What a call is answered with.</summary>
internal sealed record ApiAnswer(JsonObject Body)
{
    public int Status { get; init; } = 200;

    public int? RetryAfter { get; init; }

    public bool IsOk => Body.Flag("ok");

    public static ApiAnswer Ok(params ReadOnlySpan<(string Name, JsonNode? Value)> properties)
    {
        var made = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in properties) made[name] = value;
        return new(made);
    }

    public static ApiAnswer Error(string error) => new(new JsonObject { ["ok"] = false, ["error"] = error });

    /// <summary>What was sent is wrong, and where.</summary>
    public static ApiAnswer Invalid(string error, IReadOnlyList<string> findings) => new(new JsonObject
    {
        ["ok"] = false,
        ["error"] = error,
        ["errors"] = new JsonArray([.. findings.Select(each => (JsonNode?)each)]),
        ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. findings.Select(each => (JsonNode?)$"[ERROR] {each}")]) },
    });

    public static ApiAnswer MissingScope(string needed, IEnumerable<string> provided) =>
        new(new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = string.Join(',', provided.Order()) });

    public static ApiAnswer Throttled(int? retryAfter) => Error("ratelimited") with { Status = 429, RetryAfter = retryAfter };
}
