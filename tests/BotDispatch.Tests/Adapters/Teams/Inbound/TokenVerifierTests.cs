using BotDispatch.Teams.Inbound;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

public sealed class TokenVerifierTests : IAsyncLifetime
{
    VerifierBench bench = null!;

    public async Task InitializeAsync() => bench = await VerifierBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Every_token_of_the_corpus_is_judged_as_it_deserves()
    {
        var corpus = TokenCorpus.All(bench.Issuer);
        foreach (var (name, request) in corpus)
            (await bench.CheckAsync(request)).Status.ShouldBe(request.Status, name);
        corpus.Values.Count(request => request.Status == 200).ShouldBeGreaterThan(4);
    }

    /// <summary>A machine whose clock is wrong by an hour refuses everything that Teams sends, and an app's id is easily mistaken for another's.</summary>
    [Fact]
    public async Task Why_a_token_is_refused_is_said_so_that_an_administrator_can_mend_it()
    {
        async Task<string> WhyAsync(string token) => (await bench.CheckFromAsync("Bearer " + token, TokenCorpus.OurTenant)).ShouldBeOfType<CallerVerdict.Unproven>().Because;
        foreach (var hours in (int[])[-2, 2])
            (await WhyAsync(bench.Issuer.Good(claims => (claims["nbf"], claims["exp"]) = (bench.Issuer.Now + (hours * 3600), bench.Issuer.Now + (hours * 3600) + 3600))))
                .ShouldBe("the token is for another time than this machine's: is its clock right?");
        (await WhyAsync(bench.Issuer.Good(claims => claims["aud"] = "99999999-2222-4333-8444-555555555555"))).ShouldBe("the token is for another app than Teams:AppId");
        (await WhyAsync(bench.Issuer.Good(claims => claims["iss"] = "https://sts.example.com"))).ShouldBe("the token is of another issuer than Teams:Issuer");
        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        (await WhyAsync(PretendIssuer.Token(bench.Issuer.Claims(), signer: stranger))).ShouldBe("the token's signature is wrong");
    }

    [Fact]
    public async Task What_a_library_for_tokens_lets_through_is_refused_by_us_alone()
    {
        var corpus = TokenCorpus.All(bench.Issuer);
        using var http = new HttpClient();
        var keys = new JsonWebKeySet(await http.GetStringAsync(bench.Issuer.Address + "keys")).GetSigningKeys();
        foreach (var name in TokenCorpus.OnlyOurs)
        {
            var plain = await new JsonWebTokenHandler().ValidateTokenAsync(corpus[name].Authorization!["Bearer ".Length..], new()
            {
                ValidIssuer = PretendIssuer.Name,
                ValidAudience = PretendIssuer.App,
                IssuerSigningKeys = keys,
                LifetimeValidator = (_, _, _, _) => true,
            });
            plain.IsValid.ShouldBeTrue(name);
            (await bench.CheckAsync(corpus[name])).ShouldBeOfType<CallerVerdict.Forbidden>(name);
        }
    }

    [Fact]
    public async Task Strangers_make_us_ask_the_issuer_once_and_nobody_else_ever()
    {
        var corpus = TokenCorpus.All(bench.Issuer);
        foreach (var name in (string[])["a stranger's service address", "a service address without encryption", "another channel", "nothing"])
            (await bench.CheckAsync(corpus[name])).Status.ShouldBe(corpus[name].Status);
        bench.Issuer.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_tenant_in_the_settings_every_tenant_is_served()
    {
        await using var open = await VerifierBench.StartAsync(options => options.TenantId = "");
        var corpus = TokenCorpus.All(open.Issuer);
        (await open.CheckAsync(corpus["another tenant"])).ShouldBeOfType<CallerVerdict.Genuine>();
        (await open.CheckAsync(corpus["no tenant"])).ShouldBeOfType<CallerVerdict.Genuine>();
    }

    [Fact]
    public async Task Every_tenant_that_an_activity_names_must_be_ours()
    {
        var token = "Bearer " + bench.Issuer.Good();
        (await bench.CheckFromAsync(token, TokenCorpus.OurTenant, TokenCorpus.OurTenant.ToUpperInvariant())).ShouldBeOfType<CallerVerdict.Genuine>();
        (await bench.CheckFromAsync(token, TokenCorpus.OurTenant, "33333333-0000-4000-8000-000000000003")).ShouldBeOfType<CallerVerdict.Forbidden>();
    }

    [Fact]
    public async Task Keys_are_asked_for_once_while_they_do()
    {
        for (var count = 0; count < 20; count++)
            (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
        bench.Issuer.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_is_new_is_good_at_its_first_request_and_the_one_before_is_not_any_more()
    {
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
        bench.Issuer.RotateTo("new");
        bench.Clock.Advance(IssuerKeys.Pause);
        (await bench.StatusOfAsync(bench.Issuer.Good(key: "new"))).ShouldBe(200);
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(401);
        bench.Issuer.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Invented_keys_make_nobody_ask_more_than_once_in_a_minute()
    {
        for (var count = 0; count < 20; count++)
            (await bench.StatusOfAsync(bench.Issuer.Good(key: $"invented-{count}"))).ShouldBe(401);
        bench.Issuer.Asked.ShouldBe(1);
        bench.Clock.Advance(IssuerKeys.Pause);
        (await bench.StatusOfAsync(bench.Issuer.Good(key: "invented"))).ShouldBe(401);
        bench.Issuer.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Known_keys_stay_good_while_the_issuer_is_down()
    {
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
        bench.Issuer.IsDown = true;
        var asked = bench.Issuer.Asked;
        for (var day = 0; day < 3; day++)
        {
            bench.Clock.Advance(TimeSpan.FromDays(1));
            // Asked beside the request, once the question before has ended.
            do
                (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
            while (bench.Issuer.Asked < asked + day + 1);
        }
        await UntilAsync(() => bench.Logged.Count(604) > 0);
        bench.Issuer.IsDown = false;
        bench.Issuer.RotateTo("new");
        // The last question may still be under way, and is then waited for.
        var status = 0;
        for (var tries = 0; status != 200 && tries < 50; tries++)
        {
            bench.Clock.Advance(IssuerKeys.Pause);
            status = await bench.StatusOfAsync(bench.Issuer.Good(key: "new"));
        }
        status.ShouldBe(200);
        // A day that passes while the issuer thinks about it is a reason of its own; each is logged once.
        bench.Logged.Lines.Where(line => line.StartsWith("604 ", StringComparison.Ordinal)).ShouldBeUnique();
        bench.Logged.Count(604).ShouldBeInRange(1, 2);
        bench.Logged.Count(608).ShouldBe(1);
    }

    [Fact]
    public async Task Old_keys_are_looked_after_without_anybody_waiting()
    {
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
        var answer = new TaskCompletionSource();
        bench.Issuer.Hold = answer.Task;
        bench.Clock.Advance(IssuerKeys.Fresh);
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
        await UntilAsync(() => bench.Issuer.Asked == 2);
        answer.SetResult();
    }

    [Fact]
    public async Task Without_any_key_nobody_knows_and_the_next_request_asks_again()
    {
        bench.Issuer.IsDown = true;
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(503);
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(503);
        bench.Issuer.Asked.ShouldBe(1);
        bench.Issuer.IsDown = false;
        bench.Clock.Advance(IssuerKeys.FirstPause);
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(200);
    }

    [Fact]
    public async Task A_request_waits_two_seconds_for_a_silent_issuer_and_the_next_one_has_the_keys()
    {
        var answer = new TaskCompletionSource();
        bench.Issuer.Hold = answer.Task;
        var waiting = bench.StatusOfAsync(bench.Issuer.Good());
        await UntilAsync(() => bench.Issuer.Asked == 1);
        bench.Clock.Advance(IssuerKeys.RequestTimeout);
        (await waiting).ShouldBe(503);
        var next = bench.StatusOfAsync(bench.Issuer.Good());
        answer.SetResult();
        (await next).ShouldBe(200);
        bench.Issuer.Asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("http://keys.example/"), InlineData("ftp://127.0.0.1/keys"), InlineData("keys"), InlineData("")]
    public async Task Keys_are_not_fetched_from_where_anybody_could_write_them(string address)
    {
        bench.Issuer.KeysAddress = address;
        (await bench.StatusOfAsync(bench.Issuer.Good())).ShouldBe(503);
        bench.Logged.Count(604).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_names_its_reason_and_nothing_of_the_token()
    {
        foreach (var (name, request) in TokenCorpus.All(bench.Issuer))
            if (await bench.CheckAsync(request) is not CallerVerdict.Genuine and var refusal)
                foreach (var secret in (string[])["eyJ", PretendIssuer.App, "smba"])
                    refusal.ToString().ShouldNotContain(secret, Case.Sensitive, name);
    }

    static Task UntilAsync(Func<bool> isSo) => TeamsBench.UntilAsync(isSo);
}
