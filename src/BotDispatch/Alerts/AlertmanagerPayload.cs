using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Alerts;

/// <summary>The webhook of Prometheus Alertmanager, and that of Grafana, which has the same form.</summary>
/// <remarks>
/// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config,
/// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
/// <para>
/// Alertmanager 0.25: the message's own <c>status</c> says "resolved" while alerts of the group fire, if max_alerts cuts it. So only each
/// alert's own status is read.
/// </para>
/// </remarks>
internal static class AlertmanagerPayload
{
    const string Firing = "firing";
    const string Resolved = "resolved";

    public static AlertSender Alertmanager { get; } = new("Alertmanager", (body, _, _) => Read(body, "Alertmanager"));

    public static AlertSender Grafana { get; } = new("Grafana", (body, _, _) => Read(body, "Grafana"));

    // Of a message, so that its answer stays short.
    const int MostMistakes = 20;

    static AlertReading Read(ReadOnlyMemory<byte> body, string sender) => SafeJson.Read(body, message =>
    {
        if (message.Field("alerts") is not { ValueKind: JsonValueKind.Array } alerts)
            return AlertReading.Refused([("alerts", "is missing, or is no list.")]);
        var mistakes = alerts.EnumerateArray().Index().SelectMany(each => MistakesOf(each.Item, $"alerts[{each.Index}]"))
            .Take(MostMistakes).ToList();
        return mistakes.Count > 0 ? AlertReading.Refused(mistakes) : AlertReading.Of(new(
            [.. alerts.EnumerateArray().Select(each => AlertOf(each, sender))], message.Number("truncatedAlerts", 0)));
    }) ?? AlertReading.OtherForm;

    // Both always send both. An alert that only might be firing phones nobody.
    static IEnumerable<(string Field, string What)> MistakesOf(JsonElement alert, string name)
    {
        if (alert.ValueKind is not JsonValueKind.Object)
        {
            yield return (name, "is no object.");
            yield break;
        }
        if (alert.Text("status") is not (Firing or Resolved))
            yield return ($"{name}.status", "must be firing or resolved.");
        if (alert.Field("labels")?.Values() is not { IsEmpty: false })
            yield return ($"{name}.labels", "must be an object with at least one label.");
    }

    static Alert AlertOf(JsonElement alert, string sender)
    {
        var labels = alert.Field("labels")?.Values() ?? ImmutableDictionary<string, string>.Empty;
        var annotations = alert.Field("annotations")?.Values() ?? ImmutableDictionary<string, string>.Empty;
        var fingerprint = alert.Name("fingerprint") ?? FingerprintOf(labels);
        var name = labels.GetValueOrDefault("alertname") ?? "Alert";
        return new($"{sender.ToLowerInvariant()}:{fingerprint}", alert.Text("status") == Firing, labels, annotations,
            MomentOf(alert.Text("startsAt")), alert.Name("panelURL") ?? alert.Name("dashboardURL") ?? alert.Name("generatorURL"))
        {
            Title = annotations.GetValueOrDefault("summary")
                ?? (labels.GetValueOrDefault("instance") is { Length: > 0 } instance ? $"{name} on {instance}" : name),
            Description = annotations.GetValueOrDefault("description"),
            EndsAt = MomentOf(alert.Text("endsAt")),
            EndedBecause = $"the alert is resolved in {sender}",
        };
    }

    // Nine decimals, and an offset if the alert was posted with one.
    static DateTimeOffset? MomentOf(string? written) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year > 1970
            ? moment
            : null;

    static string FingerprintOf(ImmutableDictionary<string, string> labels)
    {
        var text = string.Join('\n', labels.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}\0{each.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
