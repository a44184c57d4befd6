using System.Security.Cryptography.X509Certificates;
using BotDispatch.Teams.Identity;
using static BotDispatch.Tests.Adapters.Teams.Identity.IdentityBench;

namespace BotDispatch.Tests.Adapters.Teams.Identity;

/// <summary>What is wrong is said with the name of the setting, and nothing that is secret.</summary>
public class IdentityTroubleTests
{
    [Theory]
    [InlineData(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.", "Teams:AppPassword is not the app's secret")]
    [InlineData(401, "invalid_client", "AADSTS7000222: The provided client secret keys for app are expired.", "Teams:AppPassword has expired")]
    [InlineData(400, "unauthorized_client", "AADSTS700016: Application with identifier 'x' was not found in the directory 'Contoso'.", "Teams:AppId is not known in the tenant of Teams:TenantId")]
    [InlineData(400, "invalid_request", "AADSTS90002: Tenant 'x' not found.", "Teams:TenantId is not a tenant")]
    [InlineData(401, "invalid_client", "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered.", "Teams:CertificatePath is not one of the app's")]
    [InlineData(401, "invalid_client", "AADSTS700213: No matching federated identity record found.", "no federated credential that fits")]
    [InlineData(400, "invalid_scope", "AADSTS1002012: The provided value for scope is not valid.", "Teams:Scope is not known")]
    [InlineData(400, "invalid_resource", "AADSTS500011: The resource principal was not found.", "Teams:Scope is not known")]
    [InlineData(401, "invalid_client", "AADSTS1234567: News for Megan.", "refuses the app: AADSTS1234567")]
    [InlineData(400, "we<b>ird", "no number", "refuses the app: unnamed_error")]
    public async Task The_issuers_refusal_names_the_setting(int status, string error, string description, string words)
    {
        await using var bench = await WithAsync();
        bench.Issuer.Answers(status, $$"""{"error":"{{error}}","error_description":"{{description}} Trace ID: 1 Correlation ID: 2","error_codes":[1]}""");
        (await bench.RefusedAsync()).ShouldContain(words);
        bench.Log.Text.ShouldContain("610 The bot gets no token");
        foreach (var secret in (string[])[Secret, "Megan", "Contoso", "client_secret"])
            bench.Log.Text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task An_app_without_its_tenant_must_name_it()
    {
        await using var bench = await WithAsync((options, _) => (options.TenantId, options.AppPassword) = ("", Secret));
        bench.Issuer.Answers(400, """{"error":"unauthorized_client","error_description":"AADSTS700016: Application with identifier 'x' was not found in the directory 'Bot Framework'."}""");
        (await bench.RefusedAsync()).ShouldContain("Teams:TenantId is missing");
    }

    [Fact]
    public async Task A_refusal_is_not_asked_for_with_every_message_but_again_after_a_while()
    {
        await using var bench = await WithAsync();
        bench.Issuer.Answers(401, """{"error":"invalid_client","error_description":"AADSTS7000215: x"}""");
        await bench.RefusedAsync();
        await bench.RefusedAsync();
        bench.Issuer.Requests.Count.ShouldBe(1);
        bench.Issuer.Answers(200, Token("token"));
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        (await bench.ValueAsync()).ShouldBe("token");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task An_issuer_that_cannot_answer_is_no_fault_of_the_settings(int status)
    {
        await using var bench = await WithAsync();
        bench.Issuer.Answers(status, "<html>");
        (await bench.GetAsync()).ShouldBeOfType<BotToken.NotReached>().Because.ShouldContain($"{status}");
        bench.Issuer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_no_token()
    {
        await using var bench = await WithAsync();
        bench.Issuer.Answers(200, "{}");
        (await bench.GetAsync()).ShouldNotBeOfType<BotToken.Have>();
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_tried_again_at_once()
    {
        await using var bench = await WithAsync();
        await bench.Issuer.DisposeAsync();
        (await bench.GetAsync()).ShouldBeOfType<BotToken.NotReached>().Because.ShouldBe("Teams:TokenAddress is not reached: the connection is refused");
        (await bench.GetAsync()).ShouldBeOfType<BotToken.NotReached>();
        bench.Redirecting.Meant.Count.ShouldBe(2);
        bench.Log.All.Count(line => line.Text.StartsWith("611 ", StringComparison.Ordinal)).ShouldBe(1, "it is said once");
    }

    [Fact]
    public async Task An_issuer_that_never_answers_is_waited_for_ten_seconds()
    {
        await using var bench = await WithAsync();
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Issuer.Answer = (_, _) =>
        {
            asked.SetResult();
            return answered.Task;
        };
        var getting = bench.GetAsync();
        await asked.Task;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        (await getting).ShouldBeOfType<BotToken.NotReached>().Because.ShouldContain("in time");
        answered.SetResult();
    }

    [Fact]
    public async Task Those_who_wait_while_somebody_asks_in_vain_are_answered_with_them()
    {
        await using var bench = await WithAsync();
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Issuer.Answer = (_, _) =>
        {
            asked.SetResult();
            return answered.Task;
        };
        var all = Enumerable.Range(0, 10).Select(_ => bench.GetAsync()).ToList();
        await asked.Task;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        (await Task.WhenAll(all)).ShouldAllBe(each => each is BotToken.NotReached);
        bench.Issuer.Requests.Count.ShouldBe(1);
        answered.SetResult();
        bench.Issuer.Answers(200, Token("token"));
        (await bench.ValueAsync()).ShouldBe("token");
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_is_not_answered_and_stops_nobody_else()
    {
        await using var bench = await WithAsync();
        using var stopped = new CancellationTokenSource();
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Issuer.Answer = (_, _) =>
        {
            asked.SetResult();
            return answered.Task;
        };
        var getting = bench.GetAsync(ct: stopped.Token);
        await asked.Task;
        await stopped.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => getting);
        answered.SetResult();
        bench.Issuer.Answers(200, Token("token"));
        (await bench.ValueAsync()).ShouldBe("token");
    }

    [Fact]
    public async Task Tokens_are_never_asked_for_over_http()
    {
        await using var bench = await WithAsync((options, _) => (options.AppPassword, options.TokenAddress) = (Secret, new("http://127.0.0.1/")));
        (await bench.RefusedAsync()).ShouldContain("Teams:TokenAddress");
        bench.Issuer.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_by_its_setting()
    {
        await using var certificate = await WithAsync((options, _) => options.CertificatePath = "/nowhere/bot.pfx");
        (await certificate.RefusedAsync()).ShouldContain("Teams:CertificatePath");
        await using var token = await WithAsync((options, _) => options.FederatedTokenFile = "/nowhere/token");
        (await token.RefusedAsync()).ShouldContain("Teams:FederatedTokenFile");
    }

    [Theory]
    [InlineData("bot.pfx")]
    [InlineData("bot.pem")]
    public async Task A_file_that_is_no_certificate_is_named_and_read_again_once_it_is_one(string name)
    {
        using var good = NewCertificate(out var key);
        await using var bench = await WithAsync((options, bench) => options.CertificatePath = bench.File(name, "nonsense"));
        (await bench.RefusedAsync()).ShouldContain("Teams:CertificatePath is not a certificate");
        if (name.EndsWith("pfx", StringComparison.Ordinal))
            bench.File(name, good.Export(X509ContentType.Pfx));
        else
            bench.File(name, good.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        await bench.ValueAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_named()
    {
        using var certificate = NewCertificate(out _);
        await using var bench = await WithAsync((options, bench) => (options.CertificatePath, options.CertificatePassword) = (bench.File("bot.pfx", certificate.Export(X509ContentType.Pfx, "right")), "wrong"));
        (await bench.RefusedAsync()).ShouldContain("Teams:CertificatePassword");
    }

    [Fact]
    public async Task A_certificate_without_its_key_is_named()
    {
        using var certificate = NewCertificate(out _);
        await using var bench = await WithAsync((options, bench) => options.CertificatePath = bench.File("bot.pem", certificate.ExportCertificatePem()));
        (await bench.RefusedAsync()).ShouldContain("Teams:CertificatePath");
    }

    [Fact]
    public async Task An_identity_that_is_not_assigned_to_the_machine_is_named()
    {
        await using var bench = await WithAsync((options, _) => options.ManagedIdentityClientId = options.AppId);
        bench.Issuer.Answers(400, """{"error":"invalid_request","error_description":"Identity not found"}""");
        (await bench.RefusedAsync()).ShouldContain("Teams:ManagedIdentityClientId");
    }

    [Fact]
    public async Task A_machine_without_managed_identities_is_named()
    {
        await using var bench = await WithAsync((options, _) => options.ManagedIdentityClientId = options.AppId);
        await bench.Issuer.DisposeAsync();
        (await bench.GetAsync()).ShouldBeOfType<BotToken.NotReached>().Because.ShouldContain("Teams:ManagedIdentityClientId");
    }

    [Fact]
    public void A_token_does_not_print() => new BotToken.Have("token-1").ToString().ShouldNotContain("token-1");
}
