using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Web;
using BotDispatch.Teams.Identity;
using BotDispatch.Tests.Adapters.Teams.Connector;
using Microsoft.IdentityModel.JsonWebTokens;
using static BotDispatch.Tests.Adapters.Teams.Identity.IdentityBench;

namespace BotDispatch.Tests.Adapters.Teams.Identity;

public class BotTokensTests
{
    [Fact]
    public async Task A_secret_is_shown_to_the_apps_own_tenant()
    {
        await using var bench = await WithAsync();
        (await bench.ValueAsync()).ShouldBe("token-1");
        var asked = bench.Issuer.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Target.Split('?')[0]).ShouldBe(("POST", TokenPath));
        bench.Redirecting.Meant.ShouldHaveSingleItem().GetLeftPart(UriPartial.Authority).ShouldBe("https://login.microsoftonline.com");
        var form = HttpUtility.ParseQueryString(asked.Body);
        (form["grant_type"], form["client_id"], form["client_secret"]).ShouldBe(("client_credentials", bench.Options.AppId, Secret));
        form["scope"]!.Split(' ').ShouldContain("https://api.botframework.com/.default");
    }

    [Theory]
    [InlineData("", "https://login.microsoftonline.com/", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token")]
    [InlineData("", "https://login.microsoftonline.us/", "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token")]
    [InlineData(Tenant, "https://login.microsoftonline.us", $"https://login.microsoftonline.us/{Tenant}/oauth2/v2.0/token")]
    [InlineData(Tenant, "https://login.partner.microsoftonline.cn/", $"https://login.partner.microsoftonline.cn/{Tenant}/oauth2/v2.0/token")]
    public async Task Each_cloud_is_asked_at_its_own_address_for_its_own_scope(string tenant, string address, string asked)
    {
        await using var bench = await WithAsync((options, _) =>
            (options.AppPassword, options.TenantId, options.TokenAddress, options.Scope) = (Secret, tenant, new(address), "https://api.botframework.us/.default"));
        await bench.ValueAsync();
        bench.Redirecting.Meant.ShouldHaveSingleItem().GetLeftPart(UriPartial.Path).ShouldBe(asked, StringCompareShould.IgnoreCase);
        HttpUtility.ParseQueryString(bench.Issuer.Requests.Single().Body)["scope"]!.ShouldContain("https://api.botframework.us/.default");
    }

    [Fact]
    public async Task A_token_is_kept_and_many_who_want_one_ask_once()
    {
        await using var bench = await WithAsync();
        (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => bench.ValueAsync())))).ShouldAllBe(value => value == "token-1");
        (await bench.ValueAsync()).ShouldBe("token-1");
        bench.Issuer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_ends_soon_is_not_used_again()
    {
        await using var bench = await WithAsync();
        var n = 0;
        // MSAL leaves the last five minutes of a token alone.
        bench.Issuer.Answer = (context, _) => StandIn.JsonAsync(context, 200, Token($"short-{++n}", seconds: 200));
        (await bench.ValueAsync()).ShouldBe("short-1");
        (await bench.ValueAsync()).ShouldBe("short-2");
    }

    [Fact]
    public async Task Who_comes_with_a_refused_token_gets_another_and_all_of_them_the_same()
    {
        await using var bench = await WithAsync();
        var first = await bench.ValueAsync();
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => bench.ValueAsync(first))))).ShouldAllBe(value => value == "token-2");
        bench.Issuer.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_too_is_not_replaced_again_at_once()
    {
        await using var bench = await WithAsync();
        var second = await bench.ValueAsync(await bench.ValueAsync());
        (await bench.GetAsync(second)).ShouldBeOfType<BotToken.Refused>().Because.ShouldContain("Teams:AppId");
        bench.Issuer.Requests.Count.ShouldBe(2);
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        (await bench.ValueAsync(second)).ShouldBe("token-3");
    }

    [Theory]
    [InlineData("bot.pfx", "")]
    [InlineData("bot.pfx", "pass")]
    [InlineData("bot.pem", "")]
    [InlineData("bot.pem", "pass")]
    public async Task A_certificate_signs_for_the_app(string file, string password)
    {
        using var certificate = NewCertificate(out var key);
        var encrypted = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        await using var bench = await WithAsync((options, bench) => (options.CertificatePassword, options.CertificatePath) = (password, file.EndsWith("pfx", StringComparison.Ordinal)
            ? bench.File(file, certificate.Export(X509ContentType.Pfx, password))
            : bench.File(file, certificate.ExportCertificatePem() + "\n" + (password.Length > 0 ? key.ExportEncryptedPkcs8PrivateKeyPem(password, encrypted) : key.ExportPkcs8PrivateKeyPem()))));
        await bench.ValueAsync();
        var form = HttpUtility.ParseQueryString(bench.Issuer.Requests.Single().Body);
        form["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var assertion = new JsonWebToken(form["client_assertion"]);
        assertion.Issuer.ShouldBe(bench.Options.AppId);
        assertion.Audiences.ShouldHaveSingleItem().ShouldContain(Tenant);
        form["client_secret"].ShouldBeNull();
    }

    [Fact]
    public async Task The_platforms_token_vouches_for_the_app_and_is_read_anew()
    {
        var file = "";
        await using var bench = await WithAsync((options, bench) => file = options.FederatedTokenFile = bench.File("token", "platform-1\n"));
        var first = await bench.ValueAsync();
        await File.WriteAllTextAsync(file, "platform-2");
        await bench.ValueAsync(first);
        bench.Issuer.Requests.Select(asked => HttpUtility.ParseQueryString(asked.Body)["client_assertion"]).ShouldBe(["platform-1", "platform-2"]);
    }

    [Fact]
    public async Task A_managed_identity_that_is_the_bot_is_asked_on_the_machine_itself()
    {
        await using var bench = await WithAsync((options, _) => options.ManagedIdentityClientId = options.AppId);
        bench.Issuer.Answer = AsMachine;
        (await bench.ValueAsync()).ShouldStartWith("machine-");
        var asked = bench.Issuer.Requests.Last();
        var query = HttpUtility.ParseQueryString(asked.Target[asked.Target.IndexOf('?')..]);
        (query["resource"], query["client_id"]).ShouldBe(("https://api.botframework.com", bench.Options.AppId));
        asked.Headers["Metadata"].ShouldBe("true");
        bench.Redirecting.Meant.ShouldAllBe(meant => meant.Host == "169.254.169.254");
    }

    [Fact]
    public async Task A_managed_identity_of_another_name_vouches_for_the_app()
    {
        await using var bench = await WithAsync((options, _) => options.ManagedIdentityClientId = Guid.NewGuid().ToString());
        bench.Issuer.Answer = (context, asked) => asked.Target.StartsWith(TokenPath, StringComparison.Ordinal) ? StandIn.JsonAsync(context, 200, Token("token-1")) : AsMachine(context, asked);
        (await bench.ValueAsync()).ShouldBe("token-1");
        var query = HttpUtility.ParseQueryString(bench.Issuer.Requests.ToArray()[^2].Target);
        (query["resource"], query["client_id"]).ShouldBe(("api://AzureADTokenExchange", bench.Options.ManagedIdentityClientId), string.Join('\n', bench.Issuer.Requests));
        HttpUtility.ParseQueryString(bench.Issuer.Requests.Last().Body)["client_assertion"]!.ShouldStartWith("machine-");
    }

    static Task AsMachine(Microsoft.AspNetCore.Http.HttpContext context, Received asked) => asked.Target.StartsWith("/metadata/identity/oauth2/token", StringComparison.Ordinal)
        ? StandIn.JsonAsync(context, 200, """{"access_token":"machine-1","expires_in":"86399","expires_on":"4102444800","resource":"x","token_type":"Bearer"}""")
        : StandIn.JsonAsync(context, 404, "{}");
}
