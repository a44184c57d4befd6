using System.Security.Cryptography;
using BotDispatch.Core;
using BotDispatch.Voice.Routee;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class CallbackTokensTests
{
    static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    static readonly byte[] OtherKey = RandomNumberGenerator.GetBytes(32);
    static readonly AttemptId Attempt = new(new("abcd2345"), 3, 12);

    readonly CallbackTokens tokens = new(new(Key));

    [Fact]
    public void A_token_carries_its_attempt() => tokens.Read(tokens.For(Attempt)).ShouldBe(Attempt);

    [Fact]
    public void A_token_can_stand_in_an_address_as_it_is() => Uri.EscapeDataString(tokens.For(Attempt)).ShouldBe(tokens.For(Attempt));

    [Fact]
    public void The_same_attempt_has_the_same_token_on_every_node() => new CallbackTokens(new(Key)).For(Attempt).ShouldBe(tokens.For(Attempt));

    [Fact]
    public void A_token_that_another_key_signed_is_refused()
    {
        var made = new CallbackTokens(new(OtherKey)).For(Attempt);
        made.ShouldNotBe(tokens.For(Attempt));
        tokens.Read(made).ShouldBeNull();
    }

    [Fact]
    public void No_sign_of_it_can_be_changed()
    {
        var token = tokens.For(Attempt);
        for (var at = 0; at < token.Length; at++)
            foreach (var other in (char[])['0', 'A', 'b', '-', '.'])
                if (token[at] != other)
                    tokens.Read(token[..at] + other + token[(at + 1)..]).ShouldBeNull();
    }

    [Fact]
    public void A_token_of_one_attempt_is_none_of_another()
    {
        var signature = tokens.For(Attempt).Split('.')[1];
        tokens.Read($"{Attempt with { Number = 13 }}.{signature}").ShouldBeNull();
        tokens.Read($"abcd2345-03-12.{signature}").ShouldBeNull();
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("."), InlineData("abcd2345-3-12"), InlineData("abcd2345-3-12."), InlineData(".AAAA"), InlineData("abcd2345-3-12.AAAA"), InlineData("a-b-c.é")]
    public void What_is_no_token_is_refused(string? token) => tokens.Read(token).ShouldBeNull();

    [Fact]
    public void An_endless_token_is_refused() => tokens.Read(new string('a', 100_000) + tokens.For(Attempt)).ShouldBeNull();

    [Fact]
    public void A_call_is_signed_once_for_all_its_addresses_and_callbacks()
    {
        var token = tokens.For(Attempt);
        tokens.For(Attempt).ShouldBeSameAs(token);
        var read = new CallbackTokens(new(Key));
        var sent = new string(token);
        read.Read(sent).ShouldBe(Attempt);
        read.For(Attempt).ShouldBeSameAs(sent);
    }

    [Fact]
    public void A_call_whose_token_was_forgotten_is_still_known_by_it()
    {
        var token = tokens.For(Attempt);
        for (var number = 0; number < 1000; number++)
            tokens.Read(tokens.For(new(new("others"), 0, number))).ShouldNotBeNull();
        tokens.Read(token).ShouldBe(Attempt);
        tokens.For(Attempt).ShouldBe(token);
    }

    [Fact]
    public void A_token_that_was_refused_is_remembered_by_nobody()
    {
        var forged = new CallbackTokens(new(OtherKey)).For(Attempt);
        tokens.Read(forged).ShouldBeNull();
        tokens.For(Attempt).ShouldNotBe(forged);
        tokens.Read(forged).ShouldBeNull();
    }
}
