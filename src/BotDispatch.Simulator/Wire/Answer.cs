using System.Text.Json.Nodes;

namespace BotDispatch.Simulator.Wire;

/// <summary>The answer of an endpoint; status 0 cuts the connection.</summary>
internal sealed record Answer(int Status, JsonNode? Body)
{
    public static readonly Answer Cut = new(0, null);

    public static Answer Ok(JsonNode body) => new(200, body);

    public static Answer Error(int status, string code, string message, JsonObject? properties = null)
    {
        var body = new JsonObject { ["code"] = code, ["developerMessage"] = message };
        if (properties is not null) body["properties"] = properties;
        return new(status, body);
    }

    public static Answer Invalid(Findings findings) =>
        Error(400, "400000000", "Validation Error",
            new JsonObject(findings.Errors.Select(error => KeyValuePair.Create(error.Key, (JsonNode?)error.Value))));

    public static Answer Invalid(string field, string because) =>
        Error(400, "400000000", "Validation Error", new JsonObject { [field] = because });

    public static Answer WrongState(string message) => Error(400, "400013001", message);

    public static Answer NotFound(string what) => Error(404, "404013000", $"{what} was not found");

    /// <summary>The error body of Spring, on which Routee's gateway is built.</summary>
    public static Answer Spring(int status, string error, string message, DateTimeOffset at, string path) => new(status, new JsonObject
    {
        ["timestamp"] = Writing.Exact(at),
        ["status"] = status,
        ["error"] = error,
        ["message"] = message,
        ["path"] = path,
    });
}
