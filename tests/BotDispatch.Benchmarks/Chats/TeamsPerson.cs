using System.Diagnostics;
using System.Text;
using System.Text.Json;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>A person in Teams who writes commands in channels, presses the button of the answer, and sends the dialog.</summary>
internal sealed class TeamsPerson(PretendWorld world, PretendTeamsApi teams)
{
    const int Channels = 32;

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    int numbers;

    /// <summary>Writes the command, sends the dialog, and waits for the card; the dispatch's id.</summary>
    public async Task<string?> StartAsync(Uri host, string ticket)
    {
        var id = teams.NewId();
        var channel = $"19:ops{Interlocked.Increment(ref numbers) % Channels}@thread.tacv2";
        var conversation = $"{channel};messageid={id}";
        var (offer, card) = (teams.OfferAsync(conversation), teams.CardAsync(ticket));
        await SendAsync(host, "command acknowledged", Activity("message", id, conversation, $$$"""
            ,"text":"<at>BotDispatch</at> {{{ticket}}}","textFormat":"plain","entities":[{"type":"mention","text":"<at>BotDispatch</at>","mentioned":{"id":"28:{{{PretendTeamsApi.AppId}}}","name":"BotDispatch"}}]
            """));
        var opener = Data(await offer.WaitAsync(Timeout), isOpener: true);
        var shown = await SendAsync(host, "dialog opened", Invoke("task/fetch", conversation, opener));
        var said = await SendAsync(host, "dialog acknowledged", Invoke("task/submit", conversation,
            Data(shown, isOpener: false)[..^1] + ""","people":"load.1,load.2,load.3","note":""}"""));
        if (said.AsSpan().IndexOf("AdaptiveCard"u8) >= 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(said));
        var dispatch = await card.WaitAsync(Timeout);
        teams.Forget(conversation, ticket);
        return dispatch;
    }

    // The data of the button that opens a dialog, or of the first one that sends it.
    static string Data(byte[] json, bool isOpener)
    {
        using var parsed = JsonDocument.Parse(json);
        return Find(parsed.RootElement, isOpener) ?? throw new InvalidOperationException($"no such button: {Encoding.UTF8.GetString(json)}");
    }

    static string? Find(JsonElement element, bool isOpener) => element.ValueKind switch
    {
        JsonValueKind.Object when IsButton(element, isOpener) => element.GetProperty("data").GetRawText(),
        JsonValueKind.Object => element.EnumerateObject().Select(each => Find(each.Value, isOpener)).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(each => Find(each, isOpener)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    static bool IsButton(JsonElement element, bool isOpener) =>
        element.TryGetProperty("type", out var type) && type.ValueEquals("Action.Submit") && element.TryGetProperty("data", out var data)
        && (isOpener
            ? data.TryGetProperty("msteams", out _)
            : element.TryGetProperty("title", out var title) && title.ValueEquals("Dispatch"));

    string Invoke(string name, string conversation, string data) => Activity("invoke", $"f:{teams.NewId()}", conversation, $$$"""
        ,"name":"{{{name}}}","value":{"data":{{{data}}},"context":{"theme":"default"}}
        """);

    string Activity(string type, string id, string conversation, string more) => $$$"""
        {"type":"{{{type}}}","id":"{{{id}}}","timestamp":"2026-11-30T03:00:00.000Z","localTimestamp":"2026-11-30T03:00:00.000+00:00","localTimezone":"UTC","channelId":"msteams","serviceUrl":"{{{teams.ServiceUrl}}}","from":{"id":"29:dana","name":"Dana","aadObjectId":"33333333-0000-4000-8000-000000000003"},"conversation":{"conversationType":"channel","tenantId":"{{{PretendTeamsApi.Tenant}}}","id":"{{{conversation}}}","isGroup":true},"recipient":{"id":"28:{{{PretendTeamsApi.AppId}}}","name":"BotDispatch"},"channelData":{"tenant":{"id":"{{{PretendTeamsApi.Tenant}}}"},"teamsChannelId":"{{{conversation.Split(';')[0]}}}","teamsTeamId":"19:team@thread.tacv2","channel":{"id":"{{{conversation.Split(';')[0]}}}"},"team":{"id":"19:team@thread.tacv2"}},"locale":"en-US"{{{more}}}}
        """;

    async Task<byte[]> SendAsync(Uri host, string measure, string activity)
    {
        var headers = $"Authorization: {teams.Authorization}\r\nContent-Type: application/json; charset=utf-8\r\n";
        var bytes = Encoding.UTF8.GetBytes(activity);
        var begin = Stopwatch.GetTimestamp();
        var answer = await world.Wire.PostAsync(new(host, "api/messages"), headers, bytes);
        world.Timings.Add(measure, begin);
        return answer.IsGood ? answer.Body : throw new InvalidOperationException($"{answer.Status} {Encoding.UTF8.GetString(answer.Body)}");
    }
}
