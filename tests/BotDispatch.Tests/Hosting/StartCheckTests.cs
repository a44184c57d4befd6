using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BotDispatch.Tests.Hosting;

/// <summary>All settings are checked at the start, in every environment and with every chat, through the program's own entry point.</summary>
public sealed class StartCheckTests
{
    const string App = "11111111-2222-4333-8444-555555555555";
    const string Tenant = "22222222-0000-4000-8000-000000000002";

    static readonly string[] Environments = ["Development", "Production", "Staging", "Nowhere"];

    static readonly (string Name, string? Value)[] NoChat = [("Slack:BotToken", null), ("Slack:SigningSecret", null)];

    static readonly Dictionary<string, (string Name, string? Value)[]> Chats = new()
    {
        ["Slack over HTTP"] = [],
        ["Slack over sockets"] = [("Slack:SigningSecret", null), ("Slack:AppToken", "xapp-1-secret")],
        ["Slack by OAuth"] = [("Slack:BotToken", null), ("Slack:ClientId", "1.2"), ("Slack:ClientSecret", "oauth-secret")],
        ["Teams with a secret"] = [.. NoChat, ("Teams:AppId", App), ("Teams:TenantId", Tenant), ("Teams:AppPassword", "hush-secret")],
        ["Teams of many tenants"] = [.. NoChat, ("Teams:AppId", App), ("Teams:TenantId", "*"), ("Teams:AppPassword", "hush-secret")],
        ["Teams with a managed identity"] = [.. NoChat, ("Teams:AppId", App), ("Teams:TenantId", Tenant), ("Teams:ManagedIdentityClientId", App)],
        ["both"] = [("Teams:AppId", App), ("Teams:TenantId", Tenant), ("Teams:AppPassword", "hush-secret")],
    };

    public static IEnumerable<object[]> FaultyStarts => from environment in Environments from row in Enumerable.Range(0, SettingFaults.Rows.Length) select (object[])[environment, row];

    public static IEnumerable<object[]> GoodStarts => from environment in Environments from chat in Chats.Keys select (object[])[environment, chat];

    [Theory, MemberData(nameof(FaultyStarts))]
    public async Task Every_fault_is_reported_at_once_and_once_and_nothing_else_is(string environment, int row)
    {
        // Development makes the key file that is not there.
        var wrong = SettingFaults.Rows[row].Where(each => environment != "Development" || each.Name != "Secrets:KeyFile").ToList();
        using var launch = new Launch().With(wrong.Select(each => (each.Name, (string?)each.Value)));
        var ended = await launch.RunAsync(environment);
        ended.Code.ShouldBe(1);
        var expected = wrong.Where(each => each.Says.Length > 0).ToList();
        foreach (var (_, _, says) in expected)
            ended.Faults.Count(fault => fault.StartsWith(says, StringComparison.Ordinal)).ShouldBe(1, $"{says}\n{ended.Error}");
        ended.Faults.Count.ShouldBe(expected.Count, ended.Error);
        ShouldBeForPeople(ended);
    }

    [Theory, MemberData(nameof(GoodStarts))]
    public async Task Every_chat_can_start_in_every_environment(string environment, string chat)
    {
        using var launch = new Launch().With(Chats[chat]);
        var ended = await launch.RunAsync(environment, "--check");
        ended.Faults.ShouldBeEmpty();
        ended.Code.ShouldBe(0);
        File.Exists(Path.Combine(launch.Folder, "launch.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_of_a_chat_that_is_not_set_up_is_named()
    {
        (string, string?)[] places = [("Chat:MirrorTo:0", "slack:T0ACME/C0OPS"), ("Chat:AlsoIn:Yard", "teams:22222222-0000-4000-8000-000000000002/19:aa@thread.tacv2")];
        using var slackAlone = new Launch().With(places);
        (await slackAlone.RunAsync("Production", "--check")).Faults.ShouldHaveSingleItem().ShouldBe(
            "Chat:AlsoIn:Yard (in the environment Chat__AlsoIn__Yard) is a channel of Teams, which is not set up: set up Teams, or remove the channel.");
        // In Development the app of Teams is on without any setting.
        using var noSlack = new Launch().With(places).With(NoChat);
        (await noSlack.RunAsync("Development", "--check")).Faults.ShouldHaveSingleItem().ShouldStartWith("Chat:MirrorTo:0 (in the environment Chat__MirrorTo__0) is a channel of Slack");
    }

    [Theory]
    [InlineData("Development", 0), InlineData("Production", 1), InlineData("Staging", 1), InlineData("Nowhere", 1)]
    public async Task Without_a_chat_only_Development_starts(string environment, int code)
    {
        using var launch = new Launch().With(NoChat);
        var ended = await launch.RunAsync(environment, "--check");
        ended.Code.ShouldBe(code);
        if (code == 1)
            ended.Faults.ShouldHaveSingleItem().ShouldStartWith("Slack and Teams are both not set up");
    }

    [Theory]
    [InlineData("20s"), InlineData("20 s"), InlineData("20 sec"), InlineData("20 seconds"), InlineData("00:00:20"), InlineData("0.5 min"), InlineData("1 min 30 s"), InlineData("1m30s")]
    [InlineData("0,25 h"), InlineData("1500 ms"), InlineData("0"), InlineData(" 20 S "), InlineData("1 h"), InlineData("")]
    public async Task A_duration_is_written_as_people_do(string written)
    {
        using var launch = new Launch().With(("Policy:RetryPause", written));
        (await launch.RunAsync("Production", "--check")).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080"), InlineData("https://localhost"), InlineData("https://0.0.0.0"), InlineData("https://[::1]/bot"), InlineData("https://bot.localhost")]
    [InlineData("https://10.1.2.3"), InlineData("https://192.168.0.7:8443"), InlineData("https://[fd00::7]"), InlineData("https://[::ffff:10.1.2.3]"), InlineData("https://169.254.1.1")]
    [InlineData("https://botdispatch"), InlineData("https://botdispatch:8443/desk"), InlineData("https://bot.local"), InlineData("https://bot.corp.internal."), InlineData("https://bot.lan")]
    public async Task An_address_that_Routee_cannot_reach_is_reported_unless_Routee_is_on_this_machine_too(string own)
    {
        using var launch = new Launch().With(("PublicBaseAddress", own));
        (await launch.RunAsync("Production", "--check")).Faults.ShouldHaveSingleItem().ShouldStartWith("PublicBaseAddress ");
        (await launch.RunAsync("Development", "--check")).Faults.ShouldBeEmpty("a developer may look at other things first");
        launch.With(("PublicBaseAddress", "http://127.0.0.1:5080"), ("Routee:BaseAddress", "http://127.0.0.1:9"), ("Routee:AuthBaseAddress", "http://127.0.0.1:9"));
        (await launch.RunAsync("Production", "--check")).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://bot.example.com"), InlineData("https://93.184.215.14"), InlineData("https://localhost.example.com"), InlineData("https://b\u00fccher.example"), InlineData("https://bot.internal.example.com")]
    public async Task An_address_that_Routee_may_reach_is_not_reported(string own)
    {
        using var launch = new Launch().With(("PublicBaseAddress", own));
        (await launch.RunAsync("Production", "--check")).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10.20.0.5/16", "Webhooks:AllowedPrivateAddresses (in the environment Webhooks__AllowedPrivateAddresses) has 10.20.0.5/16, which is an address in a network: write 10.20.0.0/16")]
    [InlineData("10.20.0.0/16", null)]
    public async Task The_networks_of_webhooks_are_read_at_the_start(string allowed, string? says)
    {
        using var launch = new Launch().With(("Webhooks:AllowedPrivateAddresses", allowed), ("Webhooks:Address:ops", "http://10.20.0.7/hook"),
            ("Webhooks:Secret:ops", "whsec_" + Convert.ToBase64String(new byte[32])));
        var ended = await launch.RunAsync("Production", "--check");
        if (says is null)
            ended.Faults.ShouldBeEmpty();
        else
            ended.Faults.ShouldContain(fault => fault.StartsWith(says, StringComparison.Ordinal), ended.Error);
    }

    [Theory]
    [InlineData("Production", 1), InlineData("Development", 0)]
    public async Task The_tenant_of_Teams_is_left_out_only_in_Development(string environment, int code)
    {
        using var launch = new Launch().With(("Teams:AppId", App), ("Teams:AppPassword", "hush-secret"));
        var ended = await launch.RunAsync(environment, "--check");
        ended.Code.ShouldBe(code);
        if (code == 1)
            ended.Faults.ShouldHaveSingleItem().ShouldStartWith("Teams:TenantId (in the environment Teams__TenantId) is missing: copy the App Tenant ID");
    }

    [Theory]
    [InlineData("ann.le", null, "Access:Cancel (in the environment Access__Cancel) names nobody who is known: ann.le (did you mean ann.lee?).")]
    [InlineData("zorro", null, "Access:Cancel (in the environment Access__Cancel) names nobody who is known: zorro.")]
    [InlineData("zorro", "U0DANA", null), InlineData("zorro", "ann.lee", null), InlineData("T0ACME/U0DANA", null, null), InlineData("lead@example.com", null, null)]
    [InlineData("22222222-0000-4000-8000-000000000002", null, null), InlineData("ANN.LEE", null, null)]
    public async Task A_list_of_Access_must_have_somebody_in_it_who_may_be_found(string first, string? second, string? says)
    {
        using var launch = new Launch().With(("Access:Cancel:0", first), ("Access:Cancel:1", second));
        var ended = await launch.RunAsync("Production", "--check");
        if (says is null)
            ended.Faults.ShouldBeEmpty();
        else
            ended.Faults.ShouldHaveSingleItem().ShouldStartWith(says);
    }

    [Theory]
    [InlineData("good.pfx", "right", null), InlineData("good.pem", "", null), InlineData("locked.pem", "right", null)]
    [InlineData("good.pfx", "wrong", "Teams:CertificatePassword (in the environment Teams__CertificatePassword) does not open")]
    [InlineData("good.pfx", "", "Teams:CertificatePassword (in the environment Teams__CertificatePassword) is missing")]
    [InlineData("locked.pem", "wrong", "Teams:CertificatePassword (in the environment Teams__CertificatePassword) does not open")]
    [InlineData("locked.pem", "", "Teams:CertificatePassword (in the environment Teams__CertificatePassword) is missing")]
    [InlineData("good.pem", "right", "Teams:CertificatePassword (in the environment Teams__CertificatePassword) is set, but the private key in")]
    [InlineData("public.pem", "", "holds no private key"), InlineData("public.pfx", "", "holds no private key"), InlineData("key.pem", "", "holds no certificate")]
    [InlineData("expired.pfx", "right", "the certificate expired on 2021-01-01"), InlineData("text.pfx", "", "it is not a PFX file"), InlineData("none.pfx", "", "there is no such file")]
    public async Task The_certificate_of_Teams_is_opened_before_it_is_needed(string file, string password, string? says)
    {
        using var launch = new Launch();
        WriteCertificates(launch.Folder);
        launch.With([.. Chats["Teams with a secret"], ("Teams:AppPassword", null), ("Teams:CertificatePath", Path.Combine(launch.Folder, file)), ("Teams:CertificatePassword", password)]);
        var ended = await launch.RunAsync("Production", "--check");
        if (says is null)
            ended.Faults.ShouldBeEmpty();
        else
            ended.Faults.ShouldHaveSingleItem().ShouldContain(says);
        ShouldBeForPeople(ended);
    }

    [Fact]
    public async Task The_token_file_of_a_workload_identity_must_be_there()
    {
        using var launch = new Launch();
        launch.With([.. Chats["Teams with a secret"], ("Teams:AppPassword", null), ("Teams:FederatedTokenFile", Path.Combine(launch.Folder, "token"))]);
        (await launch.RunAsync("Production", "--check")).Faults.ShouldHaveSingleItem().ShouldStartWith("Teams:FederatedTokenFile (in the environment Teams__FederatedTokenFile) is");
        await File.WriteAllTextAsync(Path.Combine(launch.Folder, "token"), "a.b.c");
        (await launch.RunAsync("Production", "--check")).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--chekc", "The argument --chekc is unknown, or has no value"), InlineData("check", "The argument check is unknown"), InlineData("-v", "The argument -v is unknown")]
    [InlineData("-x=hush-secret", "The argument -x is unknown"), InlineData("xoxb-1-secret", "The argument that begins with xox is unknown")]
    public async Task An_argument_that_means_nothing_is_named(string argument, string says)
    {
        using var launch = new Launch().With(("Policy:Plays", "0"));
        var ended = await launch.RunAsync("Production", argument);
        ended.Code.ShouldBe(1);
        ended.Faults.Count.ShouldBe(2);
        ended.Faults[0].ShouldStartWith(says);
        ended.Faults[1].ShouldStartWith("Policy:Plays");
        ShouldBeForPeople(ended);
    }

    static void ShouldBeForPeople(Ended ended)
    {
        foreach (var forbidden in (string[])["-secret", "secret-of", "System.", "Exception", "   at ", "(Parameter", "Int32", "TimeSpan"])
            ended.Error.ShouldNotContain(forbidden, Case.Sensitive);
    }

    static void WriteCertificates(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256);
        using var good = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5));
        using var expired = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var open = X509CertificateLoader.LoadCertificate(good.RawData);
        var locked = key.ExportEncryptedPkcs8PrivateKeyPem("right", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        File.WriteAllBytes(Path.Combine(folder, "good.pfx"), good.Export(X509ContentType.Pfx, "right"));
        File.WriteAllBytes(Path.Combine(folder, "expired.pfx"), expired.Export(X509ContentType.Pfx, "right"));
        File.WriteAllBytes(Path.Combine(folder, "public.pfx"), open.Export(X509ContentType.Pfx, ""));
        File.WriteAllText(Path.Combine(folder, "text.pfx"), "no certificate at all");
        File.WriteAllText(Path.Combine(folder, "good.pem"), good.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "locked.pem"), good.ExportCertificatePem() + "\n" + locked);
        File.WriteAllText(Path.Combine(folder, "public.pem"), good.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
