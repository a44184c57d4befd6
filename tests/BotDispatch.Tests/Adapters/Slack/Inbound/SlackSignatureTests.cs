using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

public sealed class SlackSignatureTests
{
    const string Secret = InboundBench.Secret;
    static readonly byte[] Body = "token=x&text=hello"u8.ToArray();

    /// <summary>Where the public page is right and Slack's own framework is not.</summary>
    static readonly Dictionary<string, bool> DecidedOtherwiseThanBolt = new()
    {
        ["future_301s"] = false,
        ["extra_after_hex"] = false,
        ["invalid_utf8_bytes"] = true,
        ["timestamp_leading_zero"] = true,
    };

    static JsonArray Vectors => Captured.Read("signatures/vectors")["vectors"]!.AsArray();

    public static TheoryData<string> Names() => [.. Vectors.Select(vector => (string)vector!["name"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_vector_is_judged_as_Bolt_does_or_better(string name)
    {
        var vector = Vectors.Single(each => (string)each!["name"]! == name)!;
        var bolt = (string)vector["bolt"]! == "accept";
        var clock = At((long)vector["now_epoch_seconds"]!);
        var isValid = new SlackSignature(With((string)vector["signing_secret"]!), clock)
            .Check(Convert.FromBase64String((string)vector["body_base64"]!), (string?)vector["x_slack_request_timestamp"], (string?)vector["x_slack_signature"]) is SignatureVerdict.Valid;
        isValid.ShouldBe(DecidedOtherwiseThanBolt.TryGetValue(name, out var other) ? other : bolt);
        if (DecidedOtherwiseThanBolt.ContainsKey(name))
            isValid.ShouldNotBe(bolt, "or it is no exception any more");
    }

    [Fact]
    public void There_are_24_vectors() => Vectors.Count.ShouldBe(24);

    [Theory]
    [InlineData(-300, SignatureVerdict.Valid), InlineData(-301, SignatureVerdict.Stale), InlineData(300, SignatureVerdict.Valid), InlineData(301, SignatureVerdict.Stale), InlineData(-1_000_000_000, SignatureVerdict.Stale)]
    public void A_request_is_as_fresh_as_five_minutes_in_either_direction(int shift, object expected)
    {
        var clock = At(1_800_000_000);
        var timestamp = (1_800_000_000 + shift).ToString(System.Globalization.CultureInfo.InvariantCulture);
        new SlackSignature(With(Secret), clock).Check(Body, timestamp, InboundBench.Sign(Secret, timestamp, Body)).ShouldBe((SignatureVerdict)expected);
    }

    [Theory]
    [InlineData("9223372036854775807"), InlineData("99999999999999999999"), InlineData("1800000000\0"), InlineData(" 1800000000"), InlineData("1800000000 "), InlineData("+1800000000")]
    [InlineData("-1800000000"), InlineData("1,800,000,000"), InlineData("1800000000.0"), InlineData("1.8e9"), InlineData("0x6B49D200"), InlineData("１８００００００００"), InlineData(""), InlineData("000000000000001800000000")]
    public void A_timestamp_is_nothing_but_digits_however_well_it_is_signed(string timestamp) =>
        new SlackSignature(With(Secret), At(1_800_000_000)).Check(Body, timestamp, InboundBench.Sign(Secret, timestamp, Body)).ShouldNotBe(SignatureVerdict.Valid);

    [Fact]
    public void Any_other_spelling_of_a_signature_is_refused()
    {
        var good = InboundBench.Sign(Secret, "1800000000", Body);
        var signature = new SlackSignature(With(Secret), At(1_800_000_000));
        signature.Check(Body, "1800000000", good).ShouldBe(SignatureVerdict.Valid);
        foreach (var bad in (string?[])[null, "", "v0=", good[3..], good + "=x", good + "0", good[..^1], good.ToUpperInvariant(), "v0=" + good[3..].ToUpperInvariant(), "V0" + good[2..], "v1" + good[2..], " " + good, good + "," + good, good[..^1] + "é", good[..^1] + "\0"])
            signature.Check(Body, "1800000000", bad).ShouldBe(SignatureVerdict.Forged, bad);
    }

    [Fact]
    public void Two_secrets_are_good_while_one_is_being_changed_and_no_third_one()
    {
        var signature = new SlackSignature(With("new", "old"), At(1_800_000_000));
        foreach (var (secret, verdict) in (ReadOnlySpan<(string, SignatureVerdict)>)[("new", SignatureVerdict.Valid), ("old", SignatureVerdict.Valid), ("newold", SignatureVerdict.Forged), ("", SignatureVerdict.Forged)])
            signature.Check(Body, "1800000000", InboundBench.Sign(secret, "1800000000", Body)).ShouldBe(verdict, secret);
    }

    [Theory]
    [InlineData("", ""), InlineData(" ", "\t")]
    public void Without_a_secret_nothing_is_valid_not_even_what_is_signed_with_it(string secret, string previous)
    {
        foreach (var key in (string[])[secret, previous])
            new SlackSignature(With(secret, previous), At(1_800_000_000)).Check(Body, "1800000000", InboundBench.Sign(key, "1800000000", Body)).ShouldBe(SignatureVerdict.Forged);
    }

    [Fact]
    public void Every_byte_counts()
    {
        var body = Encoding.UTF8.GetBytes("a=1&b=" + new string('x', 100_000));
        var good = InboundBench.Sign(Secret, "1800000000", body);
        var signature = new SlackSignature(With(Secret), At(1_800_000_000));
        signature.Check(body, "1800000000", good).ShouldBe(SignatureVerdict.Valid);
        body[^1] ^= 1;
        signature.Check(body, "1800000000", good).ShouldBe(SignatureVerdict.Forged);
    }

    static FixedClock At(long seconds) => new(DateTimeOffset.FromUnixTimeSeconds(seconds));

    static IOptions<SlackOptions> With(string secret, string previous = "") => Options.Create(new SlackOptions { SigningSecret = secret, PreviousSigningSecret = previous });
}

/// <summary>A clock that stands at any moment, also before the one that the other tests begin at.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
