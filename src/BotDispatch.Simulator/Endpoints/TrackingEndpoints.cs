using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Endpoints;

/// <summary>Answers tracking requests, as late and as incompletely as the disorder switches ask.</summary>
internal sealed class TrackingEndpoints(Exchange exchange)
{
    static readonly string[] SearchFields = ["id", "recipient", "from", "collectedTones", "groups", "country", "status.status", "campaign"];
    static readonly string[] Operators = ["is", "is_not", "contains", "starts_with", "ends_with"];

    public Answer OfConversation(Asked asked)
    {
        if (exchange.Calls.ByTracking(asked.Route("id")) is not { } call || IsHidden(call)) return Answer.NotFound("The conversation");
        return Page(asked, Seen(call) is { } leg ? [(call, leg)] : []);
    }

    public Answer OfLeg(Asked asked)
    {
        if (exchange.Calls.ByMessage(asked.Route("id")) is not { } call || IsHidden(call) || Seen(call) is not { } seen)
            return Answer.NotFound("The call");
        var leg = Leg(call, seen);
        leg["applicationName"] = exchange.Options.ApplicationId;
        if (call.Order.Plan?.Verbs.OfType<Verb.Say>().FirstOrDefault() is { } say)
            leg["message"] = new JsonObject { ["text"] = say.Text, ["language"] = say.Language, ["gender"] = say.Gender };
        if (call.Order.Plan?.Verbs.OfType<Verb.Play>().FirstOrDefault() is { } play) leg["fileURL"] = play.FileUrl;
        return Answer.Ok(leg);
    }

    public Answer Search(Asked asked)
    {
        if (asked.Json is not JsonArray array) return Answer.Error(400, "400000000", "The body is no array of filters");
        var findings = new Findings(_ => true);
        var filters = array.Select((node, i) => ReadFilter(node, $"[{i}]", findings)).ToList();
        var (from, to) = (Moment(asked, "from", findings), Moment(asked, "to", findings));
        if (findings.Errors.Count > 0) return Answer.Invalid(findings);

        // A search for one recipient, which a client makes after a lost answer, must not scan all calls.
        var candidates = filters.Find(filter => filter is { Field: "recipient", Operator: "is" }) is { } one
            ? exchange.Calls.To(one.Term)
            : exchange.Calls.All;
        return Page(asked, candidates
            .Where(call => call.CreatedAt >= (from ?? DateTimeOffset.MinValue) && call.CreatedAt <= (to ?? DateTimeOffset.MaxValue))
            .Select(call => (Call: call, Seen: Seen(call)!)).Where(leg => leg.Seen is not null)
            .Where(leg => filters.TrueForAll(filter => filter!.Fits(leg.Call, leg.Seen))));
    }

    Sighting? Seen(Call call) => call.SeenAt(exchange.Timeline.Now - exchange.Disorder.TrackingLag);

    bool IsHidden(Call call) => call.TimesNotFound < exchange.Disorder.TrackingNotFoundFirst && ++call.TimesNotFound > 0;

    Answer Page(Asked asked, IEnumerable<(Call Call, Sighting Seen)> legs)
    {
        var all = legs.ToList();
        if (asked.Query("sort")?.EndsWith("desc", StringComparison.OrdinalIgnoreCase) == true) all.Reverse();
        var size = Math.Clamp(int.TryParse(asked.Query("size"), out var wanted) ? wanted : 20, 1, 200);
        var page = Math.Clamp(int.TryParse(asked.Query("page"), out var number) ? number : 0, 0, int.MaxValue / size);
        var content = all.Skip(page * size).Take(size).Select(leg => (JsonNode)Leg(leg.Call, leg.Seen)).ToArray();
        var pages = (all.Count + size - 1) / size;
        return Answer.Ok(new JsonObject
        {
            ["content"] = new JsonArray(content),
            ["totalElements"] = all.Count,
            ["totalPages"] = pages,
            ["number"] = page,
            ["size"] = size,
            ["numberOfElements"] = content.Length,
            ["first"] = page == 0,
            ["last"] = page >= pages - 1,
        });
    }

    JsonObject Leg(Call call, Sighting seen)
    {
        var writing = exchange.Writing;
        var leg = new JsonObject
        {
            ["messageId"] = call.MessageId,
            ["conversationTrackingId"] = call.TrackingId,
            ["to"] = writing.Number(call.Order.To),
            ["from"] = writing.Number(call.Order.From),
            ["status"] = new JsonObject
            {
                ["status"] = writing.Name(seen.Status),
                ["date"] = writing.Date(seen.StatusAt, everyOther: true),
            },
            ["originatingService"] = "Voice",
            ["direction"] = "Outbound",
            ["duration"] = seen.Seconds,
            ["price"] = seen.Price,
            ["chargeInterval"] = 1,
            ["answeredBy"] = seen.AnsweredBy,
            ["recordings"] = new JsonArray(),
        };
        if (Filter.Country(call) is { } country) leg["country"] = country;
        writing.Tones(leg, seen.Tones);
        writing.Extras(leg);
        return leg;
    }

    static Filter? ReadFilter(JsonNode? node, string path, Findings findings)
    {
        if (node is not JsonObject json)
        {
            findings.Error(path, "is no filter");
            return null;
        }
        var fields = new Fields(json, path, findings);
        var field = fields.OneOf("fieldName", SearchFields, required: true);
        var with = fields.OneOf("searchOperator", Operators, required: true);
        return field is null || with is null ? null : new Filter(field, with, fields.Text("searchTerm") ?? "");
    }

    static DateTimeOffset? Moment(Asked asked, string name, Findings findings)
    {
        if (asked.Query(name) is not { Length: > 0 } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment;
        findings.Error(name, "is no ISO-8601 time");
        return null;
    }
}

/// <summary>One condition of a tracking search.</summary>
internal sealed record Filter(string Field, string Operator, string Term)
{
    public bool Fits(Call call, Sighting seen)
    {
        var (value, term) = (Value(call, seen), Field is "recipient" or "from" ? Term.TrimStart('+') : Term);
        return Operator switch
        {
            "is" => value == term,
            "is_not" => value != term,
            "contains" => value.Contains(term, StringComparison.Ordinal),
            "starts_with" => value.StartsWith(term, StringComparison.Ordinal),
            _ => value.EndsWith(term, StringComparison.Ordinal),
        };
    }

    // Without a table of prefixes we know only the home country.
    public static string? Country(Call call) => call.Order.To.StartsWith("+30", StringComparison.Ordinal) ? "GR" : null;

    string Value(Call call, Sighting seen) => Field switch
    {
        "id" => call.MessageId,
        "recipient" => call.Order.To.TrimStart('+'),
        "from" => call.Order.From.TrimStart('+'),
        "collectedTones" => seen.Tones,
        "country" => Country(call) ?? "",
        "status.status" => seen.Status,
        _ => "",
    };
}
