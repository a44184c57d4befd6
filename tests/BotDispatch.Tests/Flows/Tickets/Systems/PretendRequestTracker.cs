using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>
/// The tickets of a Request Tracker that behave as those of the real one were seen to (5.0.3): no search finds a number that was merged
/// away or deleted, and that number answers alone as the other ticket, or as a deleted one, with status 200.
/// </summary>
internal sealed partial class PretendRequestTracker : HttpMessageHandler
{
    public const string Root = "/rt/REST/2.0/";

    public static readonly Dictionary<string, string> Settings = new()
    {
        ["Tickets:RequestTracker:BaseAddress"] = "http://localhost/rt",
        ["Tickets:RequestTracker:Token"] = "1-14-abc",
        ["Tickets:RequestTracker:Prefix"] = "RT-",
    };

    readonly Dictionary<int, int> merged = [];

    /// <summary>The status of each ticket that is not new.</summary>
    public Dictionary<int, string> Statuses { get; } = [];

    /// <summary>The numbers that were asked for alone, in order, with nothing after them.</summary>
    public List<int> AskedAlone { get; } = [];

    public void Merge(int from, int into)
    {
        foreach (var earlier in merged.Where(each => each.Value == from).Select(each => each.Key).ToList())
            merged[earlier] = into;
        merged[from] = into;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath[Root.Length..];
        if (path == "rt")
            return Json(new JsonObject { ["Version"] = "5.0.3" });
        if (path == "tickets")
        {
            var query = Uri.UnescapeDataString(request.RequestUri.Query);
            var asked = Numbers().Matches(query).Select(each => int.Parse(each.Groups[1].Value, CultureInfo.InvariantCulture));
            var found = asked.Where(each => !merged.ContainsKey(each) && StatusOf(each) != "deleted"
                && (!query.Contains("__Inactive__", StringComparison.Ordinal) || StatusOf(each) == "resolved")).Distinct().ToList();
            return Json(new JsonObject { ["total"] = found.Count, ["items"] = new JsonArray([.. found.Select(each => (JsonNode)Written(each))]) });
        }
        if (!Alone().IsMatch(path))
            return Json(new JsonObject { ["total"] = 0, ["items"] = new JsonArray() });
        var number = int.Parse(path["ticket/".Length..], CultureInfo.InvariantCulture);
        AskedAlone.Add(number);
        return Json(Written(merged.GetValueOrDefault(number, number)));
    }

    string StatusOf(int number) => Statuses.GetValueOrDefault(number, "new");

    JsonObject Written(int number) => new()
    {
        ["id"] = number,
        ["Status"] = StatusOf(number),
        ["Subject"] = "Lift 2 is stuck",
        ["Priority"] = "80",
        ["LastUpdated"] = "2026-11-30T10:00:00Z",
    };

    static Task<HttpResponseMessage> Json(JsonObject answer) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") });

    [GeneratedRegex(@"id = (\d+)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^ticket/\d+$")]
    private static partial Regex Alone();
}
