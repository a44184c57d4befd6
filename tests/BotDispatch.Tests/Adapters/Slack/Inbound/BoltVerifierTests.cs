using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

/// <summary>Our verdict on signatures beside that of Slack's own framework: the same, except where the public page says that it should not be.</summary>
public sealed class BoltVerifierTests
{
    const string Secret = InboundBench.Secret;
    const long Now = 1_800_000_000;

    [NodeFact("@slack/bolt")]
    public async Task Every_recorded_vector_is_still_judged_by_Bolt_as_it_was_recorded()
    {
        var vectors = Captured.Read("signatures/vectors")["vectors"]!.AsArray();
        var verdicts = await BoltAsync([.. vectors.Select(each => new Case(
            (string)each!["signing_secret"]!, (long)each["now_epoch_seconds"]!, (string?)each["x_slack_request_timestamp"], (string?)each["x_slack_signature"], Convert.FromBase64String((string)each["body_base64"]!)))]);
        foreach (var (vector, accepts) in vectors.Zip(verdicts))
            accepts.ShouldBe((string)vector!["bolt"]! == "accept", (string)vector["name"]!);
    }

    [NodeFact("@slack/bolt")]
    public async Task Six_hundred_requests_are_judged_by_us_as_by_Bolt_except_where_the_public_page_disagrees_with_it()
    {
        var random = new Random(20260105);
        var cases = Enumerable.Range(0, 600).Select(_ => Any(random)).ToArray();
        var verdicts = await BoltAsync(cases);
        int agreed = 0, accepted = 0, stricter = 0, laxer = 0;
        foreach (var (each, bolt) in cases.Zip(verdicts))
        {
            var signature = new SlackSignature(Options.Create(new SlackOptions { SigningSecret = each.Secret }), new FixedClock(DateTimeOffset.FromUnixTimeSeconds(each.Now)));
            var ours = signature.Check(each.Body, each.Timestamp, each.Signature) is SignatureVerdict.Valid;
            if (ours == bolt)
                (agreed, accepted) = (agreed + 1, accepted + (ours ? 1 : 0));
            else if (bolt)
            {
                (IsFromTheFuture(each) || HasTextAfterTheHex(each) || IsSpelledOtherwise(each)).ShouldBeTrue($"Bolt alone accepts {each}");
                stricter++;
            }
            else
            {
                (IsNoText(each.Body) || IsSpelledOtherwise(each)).ShouldBeTrue($"Bolt alone refuses {each}");
                laxer++;
            }
        }
        // Otherwise it would compare little.
        agreed.ShouldBeGreaterThan(400);
        accepted.ShouldBeGreaterThan(60);
        stricter.ShouldBeGreaterThan(5);
        laxer.ShouldBeGreaterThan(5);
    }

    static bool IsFromTheFuture(Case each) => long.TryParse(each.Timestamp, CultureInfo.InvariantCulture, out var seconds) && seconds > each.Now + 300;

    static bool HasTextAfterTheHex(Case each) => each.Signature!.Length > 67 && each.Signature[67] == '=';

    // Bolt makes a number of it before it signs it.
    static bool IsSpelledOtherwise(Case each) => each.Timestamp!.StartsWith('0') || each.Timestamp.Any(sign => !char.IsAsciiDigit(sign));

    static bool IsNoText(byte[] body) => !Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)).AsSpan().SequenceEqual(body);

    static Case Any(Random random)
    {
        var seconds = (Now + random.Next(6) switch
        {
            0 => -301,
            1 => 301,
            2 => random.Next(-400, 401),
            3 => 300,
            4 => -300,
            _ => 0,
        }).ToString(CultureInfo.InvariantCulture);
        var timestamp = random.Next(10) switch
        {
            0 => "0" + seconds,
            1 => ((string[])[seconds + ".0", "+" + seconds, "0x6B49D200", "", "soon", "1.8e9", "-" + seconds, seconds + "0"])[random.Next(8)],
            _ => seconds,
        };
        var body = Body(random);
        var signed = InboundBench.Sign(random.Next(12) == 0 ? "another" : Secret, random.Next(4) == 0 ? seconds : timestamp, body);
        var signature = random.Next(16) switch
        {
            0 => signed.ToUpperInvariant(),
            1 => "v0=" + signed[3..].ToUpperInvariant(),
            2 => signed[..random.Next(signed.Length)],
            3 => "v1" + signed[2..],
            4 => signed[3..],
            5 => signed + "=x",
            6 => signed + "0",
            7 => null,
            _ => signed,
        };
        if (random.Next(20) == 0)
            body = [.. body, (byte)' '];
        return new(Secret, Now, random.Next(25) == 0 ? null : timestamp, signature, body);
    }

    static byte[] Body(Random random)
    {
        var odd = new byte[random.Next(200)];
        random.NextBytes(odd);
        return random.Next(5) switch
        {
            0 => odd,
            1 => [0xef, 0xbb, 0xbf, .. "{\"type\":\"x\"}"u8],
            2 => Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(Encoding.Latin1.GetString(odd))}"),
            3 => Encoding.UTF8.GetBytes("text=" + Encoding.Latin1.GetString(odd) + "\r\n\0🛗"),
            _ => [],
        };
    }

    static async Task<List<bool>> BoltAsync(Case[] cases) =>
        [.. (await NodePackages.AskAsync("bolt-verifier.mjs", [.. cases.Select(each => JsonSerializer.Serialize(each, JsonSerializerOptions.Web))])).Select(line => (bool)JsonNode.Parse(line)!["accepts"]!)];

    /// <summary>One request; the body goes to Bolt in base64, as JSON writes bytes.</summary>
    sealed record Case(string Secret, long Now, string? Timestamp, string? Signature, byte[] Body);
}
