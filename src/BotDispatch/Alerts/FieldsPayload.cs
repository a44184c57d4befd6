using System.Collections.Immutable;
using System.Text;
using BotDispatch.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Alerts;

/// <summary>
/// The notifications of Icinga and Nagios, and of Zabbix: single fields under the names of their own macros, as a form (which a shell
/// script can write without quoting anything wrong) or as a JSON object.
/// </summary>
/// <remarks>
/// https://icinga.com/docs/icinga-2/latest/doc/03-monitoring-basics/#notification-commands,
/// https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/macrolist.html,
/// https://www.zabbix.com/documentation/current/en/manual/appendix/macros/supported_by_location
/// </remarks>
internal static class FieldsPayload
{
    const int MostFields = 200;

    public static AlertSender Icinga { get; } = new("Icinga", (body, type, key) => Fields(body, type) is { } fields
        ? OfIcinga(fields, key) : AlertReading.OtherForm);

    public static AlertSender Zabbix { get; } = new("Zabbix", (body, type, key) => Fields(body, type) is { } fields
        ? OfZabbix(fields, key) : AlertReading.OtherForm);

    /// <summary>PROBLEM begins, RECOVERY ends. An acknowledgement means that somebody works on it, so it ends the ringing, too.</summary>
    static AlertReading OfIcinga(ImmutableDictionary<string, string> fields, string key)
    {
        var (kind, named) = (Of("NOTIFICATIONTYPE"), Of("HOSTNAME") ?? Of("HOSTALIAS"));
        if (kind is not { } type || named is not { } host)
            return Missing(("NOTIFICATIONTYPE", kind is not null), ("HOSTNAME", named is not null));
        var service = Of("SERVICENAME") ?? Of("SERVICEDESC");
        var isFiring = type.Equals("PROBLEM", StringComparison.OrdinalIgnoreCase);
        var isAcknowledged = type.Equals("ACKNOWLEDGEMENT", StringComparison.OrdinalIgnoreCase);
        if (!isFiring && !isAcknowledged && !type.Equals("RECOVERY", StringComparison.OrdinalIgnoreCase))
            return AlertReading.Of(AlertMessage.Nothing);
        var state = (service is null ? Of("HOSTSTATE") : Of("SERVICESTATE")) ?? "";
        var shown = Of("HOSTDISPLAYNAME") ?? host;
        var output = (service is null ? Of("HOSTOUTPUT") : Of("SERVICEOUTPUT")) ?? Of("OUTPUT");
        var labels = ImmutableDictionary<string, string>.Empty.Add("host", host).Add("state", state);
        if (service is not null)
            labels = labels.Add("service", service);
        return AlertReading.Of(new([new(
            $"icinga:{key}:{host}!{service}", isFiring, labels.SetItems(Others(fields)), [], Link: Of("LINK") ?? Of("URL"))
        {
            Title = (service is null ? shown : $"{Of("SERVICEDISPLAYNAME") ?? service} on {shown}")
                + (state.Length > 0 ? $": {state}" : ""),
            Description = output,
            EndedBecause = isAcknowledged ? "it was acknowledged in Icinga" : "the problem is over in Icinga",
        }]));

        string? Of(string name) => Value(fields, name);
    }

    /// <summary>The id of an event of Zabbix is that of the problem, in its recovery and in its updates, too.</summary>
    static AlertReading OfZabbix(ImmutableDictionary<string, string> fields, string key)
    {
        var (value, known) = (Of("EVENT.VALUE"), Of("EVENT.ID"));
        if (known is not { } id || value is null)
            return Missing(("EVENT.ID", known is not null), ("EVENT.VALUE", value is not null));
        if (value is not ("0" or "1"))
            return AlertReading.Refused([("EVENT.VALUE", "must be 1 for a problem or 0 for its end.")]);
        var isAcknowledged = Of("EVENT.ACK.STATUS")?.Equals("Yes", StringComparison.OrdinalIgnoreCase) == true;
        var labels = ImmutableDictionary<string, string>.Empty.SetItems(Tags(Of("EVENT.TAGSJSON"))).SetItems(Others(fields));
        if (Of("HOST.NAME") is { } host)
            labels = labels.SetItem("host", host);
        if (Of("EVENT.SEVERITY") is { } severity)
            labels = labels.SetItem("severity", severity);
        var name = Of("EVENT.NAME") ?? Of("TRIGGER.NAME") ?? "Problem";
        return AlertReading.Of(new([new(
            $"zabbix:{key}:{id}", value == "1" && !isAcknowledged, labels, [], Link: Of("LINK") ?? Of("TRIGGER.URL"))
        {
            Title = Of("HOST.NAME") is { } where && !name.Contains(where, StringComparison.OrdinalIgnoreCase) ? $"{name} on {where}" : name,
            Description = Of("EVENT.OPDATA") ?? Of("TRIGGER.DESCRIPTION"),
            EndedBecause = value == "1" ? "it was acknowledged in Zabbix" : "the problem is over in Zabbix",
        }]));

        string? Of(string name) => Value(fields, name);
    }

    static AlertReading Missing(params (string Name, bool IsThere)[] fields) => AlertReading.Refused(
        from field in fields where !field.IsThere select (field.Name, "is missing, is empty, or is a macro that was not filled in."));

    /// <summary>Fields of the administrator's own are labels; those of the sender itself have capital letters only.</summary>
    static IEnumerable<KeyValuePair<string, string>> Others(ImmutableDictionary<string, string> fields) =>
        fields.Where(each => each.Key.Any(char.IsAsciiLetterLower) && Value(fields, each.Key) is not null);

    static IEnumerable<KeyValuePair<string, string>> Tags(string? json) =>
        json is null || SafeJson.Parse(Encoding.UTF8.GetBytes($$"""{"tags":{{json}}}""")) is not { } parsed ? []
            : parsed.List("tags").Select(tag => KeyValuePair.Create(tag.Name("tag") ?? "", tag.Text("value") ?? ""))
                .Where(tag => tag.Key.Length > 0);

    // A macro that the sender does not know stays as it is written, or becomes *UNKNOWN*.
    static string? Value(ImmutableDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value && value != "*UNKNOWN*"
            && !(value[0] is '{' or '$' && value[^1] is '}' or '$' && value.Length < 60 && !value.Contains(' '))
            ? value
            : null;

    static ImmutableDictionary<string, string>? Fields(ReadOnlyMemory<byte> body, string? mediaType)
    {
        if (mediaType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return SafeJson.Read(body, message => message.Values());
        try
        {
            return QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span)).Take(MostFields)
                .ToImmutableDictionary(each => each.Key, each => each.Value[^1] ?? "");
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
