using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

/// <summary>Every request that Slack's own framework was sent, sent to us: answered as it answers, except where it is wrong.</summary>
public sealed class CapturedRequestsTests
{
    /// <summary>Our status where Bolt's is not right: it forgets unknown things for 3 s and then says 404, and its verdicts on signatures are not those of the public page.</summary>
    static readonly Dictionary<string, int> OtherThanBolt = new()
    {
        ["slash.unknown_command"] = 200,
        ["interactive.unknown_action"] = 200,
        ["events.app_rate_limited"] = 200,
        ["slash.handler_never_acks"] = 200,
        ["slash.handler_acks_after_3s"] = 200,
        ["slash.handler_throws_before_ack"] = 200,
        ["quirk.form_with_charset"] = 200,
        ["quirk.invalid_utf8_signed_over_raw_bytes"] = 200,
        ["quirk.future_1h_accepted_by_bolt"] = 401,
        ["malformed.empty_body"] = 400,
        ["malformed.get"] = 405,
    };

    /// <summary>Answers that the product never gives.</summary>
    static readonly string[] NeverAnswered = ["slash.ack_text", "interactive.view_submission_push", "interactive.block_suggestion_option_groups"];

    public static TheoryData<string> Requests() => [.. Captured.Names("bolt-http")];

    public static TheoryData<string> Payloads() => [.. Captured.Names("inbound")];

    [Fact]
    public void There_is_something_to_compare_with()
    {
        Captured.Names("bolt-http").Count().ShouldBe(51);
        Captured.Names("inbound").Count().ShouldBe(25);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_is_answered_as_Slacks_own_framework_answers_it_or_better(string name)
    {
        await using var bench = await InboundBench.StartAsync();
        var captured = Captured.Read($"bolt-http/{name}");
        using var request = Request(name, captured["request"]!, bench);
        var answer = captured["response"]!;
        var never = new TaskCompletionSource<SlackReply>();
        bench.Handler = name switch
        {
            "slash.handler_never_acks" or "slash.handler_acks_after_3s" => _ => never.Task,
            "slash.handler_throws_before_ack" => _ => throw new InvalidOperationException("nope"),
            _ => delivery => Task.FromResult(ReplyAs((string)answer["body"]!, delivery)),
        };
        var sending = bench.Http.SendAsync(request);
        if (name is "slash.handler_never_acks" or "slash.handler_acks_after_3s")
        {
            await bench.HandlingAsync();
            bench.Clock.Advance(SlackDeadlines.Acknowledgement);
        }
        var response = await sending;
        ((int)response.StatusCode).ShouldBe(OtherThanBolt.TryGetValue(name, out var other) ? other : (int)answer["status"]!);
        if (!NeverAnswered.Contains(name) && name != "slash.handler_throws_before_ack")
            await ShouldSayAsync(response, (string)answer["body"]!);
        bench.Handled.Count.ShouldBe(response.StatusCode is HttpStatusCode.OK && !name.Contains("ssl_check", StringComparison.Ordinal) && name != "events.url_verification" ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_payload_is_understood_and_answered(string name)
    {
        await using var bench = await InboundBench.StartAsync();
        var captured = Captured.Read($"inbound/{name}");
        var answer = captured["official_sdk_answer"]!;
        bench.Handler = delivery => Task.FromResult(ReplyAs((string)answer["body"]!, delivery));
        var payload = captured["payload"]!;
        var (type, body) = ((string)captured["wire_encoding"]!) switch
        {
            "application/json" => ("application/json", payload.ToJsonString()),
            var encoding when encoding.Contains("payload", StringComparison.Ordinal) => ("application/x-www-form-urlencoded", $"payload={Uri.EscapeDataString(payload.ToJsonString())}"),
            _ => ("application/x-www-form-urlencoded", string.Join('&', payload.AsObject().Select(field => $"{field.Key}={WebUtility.UrlEncode((string)field.Value!)}"))),
        };
        var response = await bench.SendAsync(PathOf(name), type, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        if (!NeverAnswered.Contains(name))
            await ShouldSayAsync(response, (string)answer["body"]!);
        if (name is "slash.ssl_check_unsigned" or "events.url_verification")
            bench.Handled.ShouldBeEmpty();
        else
            (bench.Handled.ShouldHaveSingleItem() is { Kind: PayloadKind.Unknown } or { Kind: PayloadKind.Event, Action: ChatAction.Unknown }).ShouldBe(name == "events.app_rate_limited");
    }

    static async Task ShouldSayAsync(HttpResponseMessage response, string body)
    {
        var said = await response.Content.ReadAsStringAsync();
        if (body.Length == 0)
        {
            said.ShouldBeEmpty();
            return;
        }
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        JsonNode.DeepEquals(JsonNode.Parse(said), JsonNode.Parse(body)).ShouldBeTrue(said);
    }

    // The reply by which the product says what that body says.
    static SlackReply ReplyAs(string body, SlackDelivery delivery) => body.StartsWith('{') ? JsonNode.Parse(body)! switch
    {
        JsonObject json when (string?)json["response_action"] == "errors" => new SlackReply.Errors(json["errors"]!.AsObject().ToImmutableDictionary(each => each.Key, each => (string)each.Value!)),
        JsonObject json when (string?)json["response_action"] == "update" => new SlackReply.Update(Nodes.Drawing(json["view"]!)),
        JsonObject json when (string?)json["response_action"] == "clear" => new SlackReply.Clear(),
        JsonObject json when json["options"] is JsonArray options => new SlackReply.Options(Nodes.Drawing(options)),
        JsonObject json when delivery.Kind is PayloadKind.Command => new SlackReply.Message(Nodes.Drawing(json)),
        _ => new SlackReply.Nothing(),
    } : new SlackReply.Nothing();

    static HttpRequestMessage Request(string name, JsonNode captured, InboundBench bench)
    {
        var headers = captured["headers"]!.AsObject();
        var type = (string)headers["content-type"]!;
        var timestamp = (string?)headers["x-slack-request-timestamp"];
        var body = name switch
        {
            "limits.body_5MB" => Encoding.ASCII.GetBytes("payload=".PadRight((int)headers["content-length"]!, 'a')),
            "quirk.invalid_utf8_signed_over_raw_bytes" => [.. Encoding.UTF8.GetBytes(((string)captured["body"]!).TrimEnd('�')), 0xff, 0xfe],
            _ => Encoding.UTF8.GetBytes((string)captured["body"]!),
        };
        if (long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds))
            bench.Clock.AdvanceTo(DateTimeOffset.FromUnixTimeSeconds(name switch
            {
                "reject.stale_301s" => seconds + 301,
                "quirk.future_1h_accepted_by_bolt" => seconds - 3600,
                _ => seconds,
            }));
        // Signed anew over what is sent, so that each is refused for the one reason in its name.
        var signature = InboundBench.Sign(InboundBench.Secret, timestamp ?? "", body);
        var request = InboundBench.Request((string)captured["path"]! == "/nope" ? "/nope" : PathOf(name), type, body, timestamp, name switch
        {
            "reject.no_signature" or "events.url_verification_unsigned" => null,
            _ when name.Contains("ssl_check", StringComparison.Ordinal) => null,
            "reject.bad_signature" or "reject.wrong_secret" or "reject.body_altered_after_signing" => (string)headers["x-slack-signature"]!,
            "reject.signature_uppercase_hex" => "v0=" + signature[3..].ToUpperInvariant(),
            "reject.signature_v1" => "v1" + signature[2..],
            _ => signature,
        });
        foreach (var header in headers.Where(each => each.Key.StartsWith("x-slack-retry", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(header.Key, (string)header.Value!);
        if ((string)captured["method"]! == "GET")
            (request.Method, request.Content) = (HttpMethod.Get, null);
        return request;
    }

    static string PathOf(string name) => name switch
    {
        _ when name.StartsWith("interactive.block_suggestion", StringComparison.Ordinal) => "/slack/options",
        _ when name.StartsWith("interactive.", StringComparison.Ordinal) => "/slack/interactivity",
        _ when name.StartsWith("events.", StringComparison.Ordinal) || name is "malformed.json" => "/slack/events",
        _ => "/slack/commands",
    };
}
