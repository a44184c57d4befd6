using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Identity;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>To whom the bot's token is shown, and to whom it never is.</summary>
public class TokenTests
{
    [Theory]
    [InlineData("https://smba.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net:443/amer/")]
    [InlineData("https://europe.webchat.botframework.com/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/gcc")]
    [InlineData("https://smba.infra.gov.teams.microsoft.us/gcch")]
    public async Task Teams_is_shown_the_token(string serviceUrl)
    {
        await using var bench = await WithAppAsync();
        await bench.SendAsync(serviceUrl);
        bench.Teams.Requests.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer token-1");
        bench.Redirecting.Meant.ShouldAllBe(meant => meant.Scheme == "https" && meant.Host == new Uri(serviceUrl).Host);
    }

    [Theory]
    [InlineData("http://smba.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net:8443/amer/")]
    [InlineData("https://evil.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/amer/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/amer/")]
    [InlineData("https://evil.example/smba.trafficmanager.net/")]
    [InlineData("https://evil.example#smba.trafficmanager.net/")]
    [InlineData("https://evil.example\\@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net\\@evil.example/")]
    [InlineData("https://smba.trafficmanager.net\t.evil.example/")]
    [InlineData("https://user:pass@smba.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net/amer/?x=")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("https://smba.trafficmanager.net./amer/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://localhost:56150/_connector")]
    [InlineData("ftp://smba.trafficmanager.net/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("smba.trafficmanager.net/amer/")]
    [InlineData("//smba.trafficmanager.net/amer/")]
    [InlineData("")]
    public async Task Nobody_else_is_called_at_all(string serviceUrl)
    {
        await using var bench = await WithAppAsync();
        (await bench.SendAsync(serviceUrl)).ShouldBe(new ConnectorAnswer.Refused("service_url_not_allowed", Refusal.Forbidden));
        bench.Teams.Requests.ShouldBeEmpty();
        bench.Redirecting.Meant.ShouldBeEmpty();
        bench.Log.Text.ShouldContain("627 Send was wanted at an address that is");
    }

    [Theory]
    [InlineData("https://evil.example/", "627 Send was wanted at an address that is not in Teams:AllowedServiceUrls; nothing was sent")]
    [InlineData("http://127.0.0.1:56151/", "627 Send was wanted at an address that is not in Teams:AllowedServiceUrls; nothing was sent")]
    [InlineData("http://smba.trafficmanager.net/amer/", "627 Send was wanted at an address that is http: the bot's token travels over https alone")]
    [InlineData("https://user:pass@smba.trafficmanager.net/amer/", "627 Send was wanted at an address that is not a plain address of a server; nothing was sent")]
    [InlineData("ftp://smba.trafficmanager.net/", "627 Send was wanted at an address that is neither https nor http; nothing was sent")]
    public async Task Why_an_address_is_not_called_is_said_as_it_is(string serviceUrl, string said)
    {
        await using var bench = await WithAsync(new() { AppId = AppId, AllowedServiceUrls = ["https://smba.trafficmanager.net", "http://127.0.0.1:56150"] });
        (await bench.SendAsync(serviceUrl)).ShouldBe(new ConnectorAnswer.Refused("service_url_not_allowed", Refusal.Forbidden));
        bench.Log.Text.ShouldContain(said);
    }

    [Fact]
    public async Task This_machine_is_called_over_http_where_an_administrator_names_it_and_its_port()
    {
        await using var bench = await WithAsync(new() { AppId = AppId, AllowedServiceUrls = ["http://127.0.0.1:56150"] });
        (await bench.SendAsync("http://127.0.0.1:56150/teams/")).ShouldBeOfType<ConnectorAnswer.Done>();
        bench.Teams.Requests.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer token-1");
        (await bench.SendAsync("http://127.0.0.1:56151/teams/")).ShouldBeOfType<ConnectorAnswer.Refused>();
        (await bench.SendAsync("http://localhost:56150/teams/")).ShouldBeOfType<ConnectorAnswer.Refused>();
        (await bench.SendAsync("http://192.0.2.1:56150/teams/")).ShouldBeOfType<ConnectorAnswer.Refused>();
        bench.Redirecting.Meant.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_an_app_this_machine_is_called_without_a_token_and_nobody_else()
    {
        await using var bench = await WithoutAppAsync();
        bench.Tokens = _ => throw new InvalidOperationException("nobody may ask for a token");
        (await bench.SendAsync(bench.LocalUrl)).ShouldBeOfType<ConnectorAnswer.Done>();
        bench.Teams.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
        (await bench.SendAsync(PublicUrl)).ShouldBeOfType<ConnectorAnswer.Refused>();
        (await bench.SendAsync("http://192.0.2.1/")).ShouldBeOfType<ConnectorAnswer.Refused>();
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, false)]
    public async Task An_adapter_that_is_off_calls_nobody(bool isDevelopment, bool? allowPlayground)
    {
        await using var bench = await WithAsync(new TeamsOptions { IsDevelopment = isDevelopment, AllowPlayground = allowPlayground });
        (await bench.SendAsync(bench.LocalUrl)).ShouldBeOfType<ConnectorAnswer.Refused>();
        bench.Teams.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var bench = await WithAppAsync();
        await using var elsewhere = await StandIn.StartAsync();
        bench.Teams.Answers(status, null, ("Location", elsewhere.Address.ToString()));
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.NotReached($"status {status}"));
        elsewhere.Requests.ShouldBeEmpty();
        bench.Teams.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cookie_is_not_kept()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(201, """{"id":"1"}""", ("Set-Cookie", "who=me; Path=/"));
        await bench.SendAsync();
        await bench.SendAsync();
        bench.Teams.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_and_the_request_made_once_more()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answer = (context, request) => StandIn.JsonAsync(context, request.Authorization == "Bearer token-2" ? 201 : 401, """{"id":"17"}""");
        (await bench.SendAsync()).ShouldBeOfType<ConnectorAnswer.Done>().Id.ShouldBe("17");
        bench.Teams.Requests.Select(request => request.Authorization).ShouldBe(["Bearer token-1", "Bearer token-2"]);
        bench.Teams.Requests.Select(request => request.Body).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"message":"Authorization has been denied for this request."}""", "http_401")]
    [InlineData("""{"error":{"code":"BotNotRegistered","message":"x"}}""", "BotNotRegistered")]
    public async Task A_second_refusal_means_that_the_registration_is_wrong(string body, string code)
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(401, body);
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.Refused(code, Refusal.Credentials));
        bench.Teams.Requests.Count.ShouldBe(2);
        bench.Log.Text.ShouldContain("623 Teams does not take the bot's credentials for Send");
    }

    [Fact]
    public async Task Without_another_token_the_first_refusal_counts()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(401, """{"error":{"code":"BotNotRegistered"}}""");
        bench.Tokens = refused => Task.FromResult<BotToken>(refused is null ? new BotToken.Have("token-1") : new BotToken.Refused("no other"));
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.Refused("BotNotRegistered", Refusal.Credentials));
        bench.Teams.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        await using var bench = await WithAppAsync();
        bench.Tokens = _ => Task.FromResult<BotToken>(new BotToken.Refused("Teams:AppPassword has expired"));
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.Refused("no_token", Refusal.Credentials));
        bench.Tokens = _ => Task.FromResult<BotToken>(new BotToken.NotReached("nobody answers"));
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.NotReached("nobody answers"));
        bench.Teams.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Waiting_for_the_token_is_part_of_the_ten_seconds()
    {
        await using var bench = await WithAppAsync();
        var token = new TaskCompletionSource<BotToken>();
        bench.Tokens = _ => token.Task;
        var sending = bench.SendAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        (await sending).ShouldBe(new ConnectorAnswer.NotReached("the token was not there in time"));
        token.SetResult(new BotToken.Have("too late"));
        bench.Teams.Requests.ShouldBeEmpty();
    }
}
