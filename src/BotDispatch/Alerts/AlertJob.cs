using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Api;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Alerts;

/// <summary>What a route makes of an alert: stored until its dispatch was started, so its names are promises.</summary>
internal sealed record AlertJob(
    Ticket Ticket, string? To, ImmutableArray<string> People, string? Note, ChatChannel? Channel, Person By)
{
    const int LongestDescription = 2000;

    /// <summary>Returns what the route makes of an alert, which stands for <paramref name="others"/> more of its group.</summary>
    public static AlertJob Of(Alert alert, AlertRoute route, int others, Person by)
    {
        var title = Filled(route.Title, alert) ?? PlainWords.OneLine(alert.Title);
        if (others > 0)
            title = $"{title} (and {others} more)";
        var description = route.Description is { } template ? AlertTemplate.Fill(template, alert).Trim() : alert.Description;
        var link = alert.Link is { Length: <= StartBody.LongestLink } written ? WebLink.Safe(written) : null;
        return new(
            new(ReferenceOf(alert), PlainWords.Shortened(title, ReplyText.MostFreeText),
                string.IsNullOrWhiteSpace(description) ? null : PlainWords.Shortened(description.Replace('\0', ' '), LongestDescription),
                Short(route.Priority, alert, alert.ValueOf("priority") ?? alert.ValueOf("severity"), StartBody.LongestPriority),
                Short(route.Place, alert, alert.ValueOf("place") ?? alert.ValueOf("site"), StartBody.LongestName), link, IsFreeText: true),
            route.To, route.People, route.Note, route.Channel, by);
    }

    public static string Write(AlertJob job) => JsonSerializer.Serialize(job, AlertsJson.Default.AlertJob);

    public static AlertJob Read(string stored) => JsonSerializer.Deserialize(stored, AlertsJson.Default.AlertJob)!;

    // People type it: /dispatch cancel alert-1a2b3c4d. Two open alerts never share it in practice.
    static string ReferenceOf(Alert alert) =>
        "alert-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(alert.Id)))[..10];

    static string? Short(string? template, Alert alert, string? otherwise, int longest) =>
        (Filled(template, alert) ?? (otherwise is null ? null : PlainWords.OneLine(otherwise))) is { Length: > 0 } text
            ? PlainWords.Shortened(text, longest)
            : null;

    static string? Filled(string? template, Alert alert) =>
        template is not null && PlainWords.OneLine(AlertTemplate.Fill(template, alert)) is { Length: > 0 } text ? text : null;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertJob))]
[JsonSerializable(typeof(AlertsTaken))]
internal sealed partial class AlertsJson : JsonSerializerContext;
