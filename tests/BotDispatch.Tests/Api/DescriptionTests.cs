using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using BotDispatch.Tests.Flows;
using BotDispatch.Tests.Flows.Tickets;

namespace BotDispatch.Tests.Api;

/// <summary>Exercises the API from its OpenAPI description, and holds every answer to it.</summary>
public sealed class DescriptionTests
{
    static readonly string[] Ann = ["ann.lee"];

    [Fact]
    public async Task Every_operation_answers_as_the_description_says()
    {
        await using var world = await World.BeginAsync(new(RemoteProgram.Settings) { ["Tickets:Redmine:BaseAddress"] = PretendRedmine.Address, ["Tickets:Redmine:ApiKey"] = "key" });
        using var program = await RemoteProgram.WithKeyAsync(world, may: "start,read,cancel,alerts,tickets");
        var redmine = new PretendRedmine();
        world.Elsewhere = address => address.AbsolutePath.StartsWith("/redmine/", StringComparison.Ordinal) ? redmine : null;
        using var starter = await RemoteProgram.WithKeyAsync(world, "starter", "start");
        using var reader = await RemoteProgram.WithKeyAsync(world, "reader", "read");
        using var stranger = RemoteProgram.WithText(world, "");
        var description = (await stranger.GetAsync("/openapi/v1.json")).Body;
        description.GetProperty("openapi").GetString().ShouldBe("3.1.0");
        var seen = new HashSet<(string Operation, string Status)>();

        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = (await AskAsync(program, "startDispatch", new { title = "Lift 2 is stuck", description = "Car 2", priority = "High", place = "Hamburg", link = "https://example.com/2", people = Ann, note = "Gate B" }, name: "one")).GetProperty("id").GetString()!;
        await AskAsync(program, "startDispatch", new { title = "Lift 2 is stuck", description = "Car 2", priority = "High", place = "Hamburg", link = "https://example.com/2", people = Ann, note = "Gate B" }, name: "one");
        await AskAsync(program, "startDispatch", new { ticket = "#7", people = (string[])["jonas.weber"] });
        await AskAsync(program, "startDispatch", new { ticket = "#7", people = (string[])["jonas.weber"] });
        await AskAsync(program, "startDispatch", "[]");
        await AskAsync(program, "startDispatch", new { title = 7, people = Ann });
        await AskAsync(program, "startDispatch", new string('x', 70_000));
        await AskAsync(program, "startDispatch", "title", mediaType: "text/plain");
        await AskAsync(reader, "startDispatch", new { title = "x", people = Ann });
        foreach (var operation in (string[])["readDispatch", "readEvents", "cancelDispatch"])
        {
            await AskAsync(starter, operation, id: id);
            await AskAsync(stranger, operation, id: id);
            await AskAsync(program, operation, id: "nosuchdispatch");
        }
        await AskAsync(stranger, "startDispatch", "{}");
        await AskAsync(reader, "cancelDispatch", id: id);
        await AskAsync(program, "readDispatch", id: id);
        await world.ToTheEndAsync(new DispatchId(id));
        (await AskAsync(program, "readDispatch", id: id)).GetProperty("status").GetString().ShouldBe("Accepted");
        await AskAsync(program, "readEvents", id: id);
        await AskAsync(program, "readEvents", id: id, query: "?limit=0");
        await AskAsync(program, "cancelDispatch", id: id);
        var second = (await AskAsync(program, "startDispatch", new { title = "Door 1", people = (string[])["marcus.reed"] })).GetProperty("id").GetString()!;
        await AskAsync(program, "cancelDispatch", id: second);

        foreach (var (operation, of) in ((string, string)[])[("sendAlerts", "alertmanager"), ("nameTickets", "redmine")])
        {
            await AskAsync(stranger, operation, "{}", id: of);
            await AskAsync(reader, operation, "{}", id: of);
            await AskAsync(program, operation, "neither JSON nor a form", id: of);
            await AskAsync(program, operation, new string('x', 4_500_000), id: of);
            await AskAsync(program, operation, "{}", id: of, encoding: "gzip");
        }
        await AskAsync(program, "nameTickets", "{}", id: "jira");
        await AskAsync(program, "sendAlerts", """{"alerts":[{"status":"firing","fingerprint":"f1"}]}""", id: "alertmanager");
        foreach (var (operation, _, _, described) in Operations())
            if (described.TryGetProperty("requestBody", out var requestBody))
                foreach (var example in requestBody.GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject())
                    (await AskAsync(program, operation, example.Value.GetProperty("value").GetRawText(), id: operation == "sendAlerts" ? "alertmanager" : "redmine"))
                        .TryGetProperty("detail", out _).ShouldBe(operation == "startDispatch" && example.Name == "ticket", $"{operation}: the example {example.Name}; #7 is being dispatched");

        await world.App.Get<Database>().WriteAsync([new("ALTER TABLE api_keys RENAME TO hidden")], default);
        foreach (var operation in Operations().ToList())
            await AskAsync(program, operation.Id, operation.Method == "post" ? "{}" : null, id: operation.Id == "sendAlerts" ? "alertmanager" : "redmine");

        var all = Operations().SelectMany(each => each.Described.GetProperty("responses").EnumerateObject().Select(response => (each.Id, response.Name)));
        // How long a body may take, how many strangers may fail, and a body that is cut off are tested where a connection is real.
        all.Where(each => each.Name is not ("408" or "429") && each is not ("nameTickets", "400")).Except(seen).ShouldBeEmpty("every operation and every answer that is described is exercised");

        async Task<JsonElement> AskAsync(
            RemoteProgram who, string operation, object? body = null, string? name = null, string id = "", string query = "", string mediaType = "application/json", string? encoding = null)
        {
            var (_, path, method, described) = Operations().Single(each => each.Id == operation);
            var (status, answer, response) = await who.SendAsync(new(method.ToUpperInvariant()), System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", id) + query, body, name, mediaType, encoding);
            var code = $"{status}";
            described.GetProperty("responses").TryGetProperty(code, out var expected).ShouldBeTrue($"{operation} answers {code}, which is not described");
            var content = expected.GetProperty("content").EnumerateObject().Single();
            response.Content.Headers.ContentType!.MediaType.ShouldBe(content.Name);
            Wrong(description, content.Value.GetProperty("schema"), answer, $"{operation} {code}").ShouldBeEmpty();
            if (body is not (null or string) && status < 400)
                Wrong(description, described.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"), JsonSerializer.SerializeToElement(body), "request").ShouldBeEmpty();
            seen.Add((operation, code));
            return answer;
        }

        IEnumerable<(string Id, string Path, string Method, JsonElement Described)> Operations() =>
            from path in description.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select (method.Value.GetProperty("operationId").GetString()!, path.Name, method.Name, method.Value);
    }

    [Fact]
    public void A_value_that_the_description_does_not_allow_is_found()
    {
        var description = JsonElement.Parse("""
            { "components": { "schemas": { "Lift": { "type": "object", "required": ["id"], "properties": {
              "id": { "type": "string", "enum": ["one"] }, "n": { "type": "integer", "minimum": 1 } } } } } }
            """);
        var schema = JsonElement.Parse("""{ "$ref": "#/components/schemas/Lift" }""");
        Wrong(description, schema, JsonElement.Parse("""{ "id": "one", "n": 1 }"""), "it").ShouldBeEmpty();
        Wrong(description, schema, JsonElement.Parse("""{ "n": "1" }"""), "it").ShouldBe(["it has no id", "it.n is not of type integer"]);
        Wrong(description, schema, JsonElement.Parse("""{ "id": "two", "other": 1 }"""), "it").ShouldBe(["it.other is not described", "it.id is none of its values"]);
    }

    /// <summary>What is wrong with a value by its schema: a reading of JSON Schema as far as our description uses it, that takes every field that is not described for wrong.</summary>
    static List<string> Wrong(JsonElement description, JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = description.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        var wrong = new List<string>();
        if (schema.TryGetProperty("type", out var type) && !IsOf(type.GetString()!, value))
            return [$"{where} is not of type {type.GetString()}"];
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)))
            wrong.Add($"{where} is none of its values");
        if (value.ValueKind is JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (n, item) in value.EnumerateArray().Index())
                wrong.AddRange(Wrong(description, items, item, $"{where}[{n}]"));
        if (value.ValueKind is not JsonValueKind.Object)
            return wrong;
        var properties = schema.TryGetProperty("properties", out var named) ? named : default;
        foreach (var required in schema.TryGetProperty("required", out var all) ? all.EnumerateArray().Select(each => each.GetString()!) : [])
            if (!value.TryGetProperty(required, out _))
                wrong.Add($"{where} has no {required}");
        foreach (var field in value.EnumerateObject())
            if (properties.ValueKind is JsonValueKind.Object && properties.TryGetProperty(field.Name, out _))
                continue;
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind is JsonValueKind.Object)
                wrong.AddRange(Wrong(description, others, field.Value, $"{where}.{field.Name}"));
            else
                wrong.Add($"{where}.{field.Name} is not described");
        foreach (var property in properties.ValueKind is JsonValueKind.Object ? properties.EnumerateObject() : default)
            if (value.TryGetProperty(property.Name, out var given))
                wrong.AddRange(Wrong(description, property.Value, given, $"{where}.{property.Name}"));
        return wrong;
    }

    static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException(type),
    };
}
