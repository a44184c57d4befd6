using System.Collections.Frozen;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Voice.Routee;

/// <summary>All keys of a call so far, and the ids of the call if the report contains them.</summary>
internal sealed record KeysReport(string Tones, string? MessageId, string? TrackingId);

/// <summary>One row of Routee's records.</summary>
internal sealed record TrackedLeg(LegReport Report, string? Tones, string? To, DateTimeOffset? Date);

/// <summary>
/// Translates Routee's reports about a call. Webhooks and records spell them differently; an unknown value counts as no news.
/// </summary>
internal static class LegReports
{
    const int MostTones = 100;

    // "Unknown" is not among them: one page of the documentation calls it final and another does not, so it ends nothing. Tracking or the
    // deadline will.
    static readonly FrozenDictionary<string, LegStatus> Statuses = new Dictionary<string, LegStatus>
    {
        ["Queued"] = LegStatus.Queued,
        ["Initiated"] = LegStatus.Initiated,
        ["Ringing"] = LegStatus.Ringing,
        ["InProgress"] = LegStatus.InProgress,
        ["Completed"] = LegStatus.Completed,
        ["Busy"] = LegStatus.Busy,
        ["NoAnswer"] = LegStatus.NoAnswer,
        ["Failed"] = LegStatus.Failed,
        ["Unsent"] = LegStatus.Unsent,
        ["Terminated"] = LegStatus.Terminated,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a status webhook: <c>status.name</c>.</summary>
    public static LegReport OfWebhook(JsonElement body) => Report(body);

    /// <summary>Reads a report of keys. A report without keys means that nobody pressed one.</summary>
    public static KeysReport OfKeys(JsonElement body) => new(Tones(body) ?? "", body.Id("messageId"), body.Id("conversationTrackingId"));

    /// <summary>
    /// Reads the rows of a page of records: <c>status.status</c>, and what webhooks lack, namely who answered and the keys. Returns null if
    /// the text is neither a page of records nor a single record.
    /// </summary>
    public static IReadOnlyList<TrackedLeg>? OfRecords(JsonElement body)
    {
        var rows = body.ValueKind is JsonValueKind.Array ? body : body.Field("content") ?? body;
        return rows.ValueKind switch
        {
            JsonValueKind.Array when rows.EnumerateArray().All(row => row.ValueKind is JsonValueKind.Object) =>
                [.. rows.EnumerateArray().Select(Row)],
            JsonValueKind.Object when rows.Text("messageId") is not null => [Row(rows)],
            _ => null,
        };
    }

    /// <summary>Whether there are more records than this page contains.</summary>
    public static bool HasMore(JsonElement body, int rows) =>
        body.ValueKind is JsonValueKind.Object
            && (body.Number("totalElements") > rows || body.Field("last") is { ValueKind: JsonValueKind.False });

    /// <summary>
    /// Returns the status for any of its spellings; <see cref="LegStatus.None"/> if the name does not say how far the call is.
    /// </summary>
    public static LegStatus Status(string? name) => name is null ? LegStatus.None
        : Statuses.TryGetValue(name, out var status) ? status
        : Statuses.GetValueOrDefault(string.Concat(name.Where(char.IsAsciiLetter)), LegStatus.None);

    static TrackedLeg Row(JsonElement row) => new(
        Report(row), Tones(row), row.Text("to"),
        row.Field("status") is { } status ? status.Moment("date") ?? status.Moment("updatedDate") : row.Moment("date"));

    static LegReport Report(JsonElement row)
    {
        var status = Status(row.Field("status") is { } field ? field.Text("name") ?? field.Text("status") ?? field.AsText() : null);
        var hasEnded = status >= LegStatus.Completed;
        return new(
            status, row.Id("messageId"), row.Id("conversationTrackingId"),
            row.Text("answeredBy")?.ToUpperInvariant() switch
            {
                "HUMAN" => AnsweredBy.Human,
                "MACHINE" => AnsweredBy.Machine,
                _ => AnsweredBy.Unknown,
            },
            hasEnded && row.Number("duration") is { } seconds and >= 0 and < 1_000_000 ? TimeSpan.FromSeconds((double)seconds) : null,
            hasEnded ? row.Number("price") : null);
    }

    // Returns null if the row has no keys field, which differs from an empty one.
    static string? Tones(JsonElement row) => row.Text("collectedTones") is not { } tones
        ? null
        : string.Concat(tones.Where(tone => char.IsAsciiDigit(tone) || tone is '*' or '#').Take(MostTones));
}
