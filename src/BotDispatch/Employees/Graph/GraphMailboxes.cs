using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;

namespace BotDispatch.Employees.Graph;

/// <summary>
/// Reads the mailboxes of people, twenty in one request. What cannot be read never costs a person: what the reading before found
/// counts for mailboxes that cannot be read for the moment.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/graph/json-batching: a batch succeeds with status 200 whatever its requests say, each is throttled
/// by itself, and their answers come in any order.
/// </remarks>
internal sealed class GraphMailboxes(
    GraphApi graph, GraphPeopleOptions options, TimeProvider realTime, ImmutableDictionary<string, GraphMailbox> known)
{
    const int MostAtOnce = 20;
    const int MostRounds = 4;

    readonly ImmutableDictionary<string, GraphMailbox>.Builder found = ImmutableDictionary.CreateBuilder<string, GraphMailbox>();
    int forbidden;
    int unread;
    bool isDown;

    /// <summary>Returns the mailboxes by the ids of their owners, and what an administrator should know.</summary>
    public async Task<(ImmutableDictionary<string, GraphMailbox> Mailboxes, ImmutableArray<string> Notices)> ReadAsync(
        IReadOnlyList<string> ids, CancellationToken ct)
    {
        var isRefused = false;
        foreach (var some in ids.Chunk(MostAtOnce))
        {
            // A missing permission is the same for everybody. A policy that hides single mailboxes hides hardly twenty in a row.
            if (isRefused)
                forbidden += some.Length;
            // Nor does a server that does not answer at all answer for the next twenty.
            else if (isDown)
                Array.ForEach(some, KeepKnown);
            else
                isRefused = await ReadSomeAsync(some, ct) && found.Count == 0;
        }
        return (found.ToImmutable(), [.. Notices(ids.Count)]);
    }

    IEnumerable<string> Notices(int all)
    {
        if (forbidden > 0)
            yield return forbidden == all
                ? "time zones and automatic replies are not read, because the app lacks the application permission MailboxSettings.Read: "
                    + "add it to the app and grant admin consent, or set Employees:GraphMailboxes to false."
                : $"{Mailboxes(forbidden)} may not be read: a policy of the tenant hides them from the app.";
        if (unread > 0)
            yield return $"{Mailboxes(unread)} cannot be read for the moment, so time zones and automatic replies are those of the reading "
                + "before, if there was one.";
        foreach (var same in found.Values.SelectMany(each => each.Problems).GroupBy(each => each))
            yield return same.Count() is var count && count == 1 ? $"1 mailbox has {same.Key}." : $"{count} mailboxes have {same.Key}.";
    }

    static string Mailboxes(int count) => count == 1 ? "1 mailbox" : $"{count} mailboxes";

    /// <summary>Reads some mailboxes; true if all of them are forbidden.</summary>
    async Task<bool> ReadSomeAsync(string[] ids, CancellationToken ct)
    {
        var (left, before) = (ids.ToList(), forbidden);
        for (var round = 1; left.Count > 0; round++)
        {
            var answer = await graph.AskAsync(() => RequestFor(left), ct);
            if (answer is not GraphAnswer.Content(var body))
            {
                if (answer is GraphAnswer.Refused { Status: 403 })
                    forbidden += left.Count;
                else
                    left.ForEach(KeepKnown);
                isDown |= answer is GraphAnswer.NotNow;
                break;
            }
            var (again, pause) = Sort(left, body);
            if (again.Count > 0 && (round == MostRounds || !await graph.WaitAsync(pause, ct)))
            {
                again.ForEach(KeepKnown);
                break;
            }
            left = again;
        }
        return forbidden - before == ids.Length;
    }

    HttpRequestMessage RequestFor(List<string> ids)
    {
        var requests = new JsonArray([.. ids.Select((id, index) => (JsonNode)new JsonObject
        {
            ["id"] = index.ToString(CultureInfo.InvariantCulture),
            ["method"] = "GET",
            ["url"] = $"/users/{Uri.EscapeDataString(id)}/mailboxSettings",
        })]);
        return new(HttpMethod.Post, options.Root + "/$batch")
        {
            Content = new StringContent(
                SafeJson.Write(new JsonObject { ["requests"] = requests }), Encoding.UTF8, "application/json"),
        };
    }

    // Keeps what was answered, and returns what has to be asked again, and when.
    (List<string> Again, TimeSpan Pause) Sort(List<string> asked, JsonElement body)
    {
        var answers = body.List("responses").FirstBy(each => each.Text("id"));
        var (again, pause) = (new List<string>(), TimeSpan.Zero);
        for (var n = 0; n < asked.Count; n++)
        {
            var answer = answers.GetValueOrDefault(n.ToString(CultureInfo.InvariantCulture));
            switch (answer.Number("status", 0))
            {
                case 200 when answer.Field("body") is { ValueKind: JsonValueKind.Object } settings:
                    found[asked[n]] = GraphMailbox.Read(settings, options.GraphWorkingHours, realTime.GetUtcNow());
                    break;
                case 403:
                    forbidden++;
                    break;
                // Somebody without a mailbox.
                case 404:
                    break;
                case var status when GraphApi.WaitAfter(status, AskedFor(answer)) is { } wait:
                    again.Add(asked[n]);
                    pause = wait > pause ? wait : pause;
                    break;
                default:
                    KeepKnown(asked[n]);
                    break;
            }
        }
        return (again, pause);
    }

    static TimeSpan? AskedFor(JsonElement answer) =>
        answer.Field("headers") is { } headers
        && SafeJson.Find(headers, "Retry-After", StringComparison.OrdinalIgnoreCase)?.AsText() is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    void KeepKnown(string id)
    {
        unread++;
        if (known.TryGetValue(id, out var before))
            found[id] = before;
    }
}
