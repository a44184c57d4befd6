using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BotDispatch.Simulator.Wire;

/// <summary>Writes names, dates, numbers and tones in the way that the switches select.</summary>
internal sealed partial class Writing(SimulatorSwitches switches, DisorderSwitches disorder)
{
    public string Name(string status) => disorder.SpacedStatusNames ? WordStarts().Replace(status, " ") : status;

    public string Date(DateTimeOffset at, bool everyOther) => disorder.Dates switch
    {
        DateStyle.Milliseconds => Exact(at),
        DateStyle.Mixed when everyOther => Exact(at),
        _ => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string Number(string number) => disorder.Numbers switch
    {
        NumberStyle.WithPlus when number.Length > 0 && char.IsAsciiDigit(number[0]) => "+" + number,
        NumberStyle.WithoutPlus => number.TrimStart('+'),
        _ => number,
    };

    public void Tones(JsonObject json, string tones)
    {
        if (tones.Length > 0 || switches.EmptyTones == EmptyTones.EmptyText) json["collectedTones"] = tones;
        else if (switches.EmptyTones == EmptyTones.Null) json["collectedTones"] = null;
    }

    public void Extras(JsonObject json)
    {
        if (!disorder.ExtraFields) return;
        json["undocumentedText"] = "ignore me";
        json["undocumentedObject"] = new JsonObject { ["depth"] = 1 };
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStarts();
}
