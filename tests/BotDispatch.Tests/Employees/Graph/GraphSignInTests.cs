using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Web;
using BotDispatch.Employees.Graph;
using BotDispatch.Tests.Adapters.Teams.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BotDispatch.Tests.Employees.Graph;

/// <summary>The three ways in which the app that reads people shows who it is.</summary>
public sealed class GraphSignInTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("botdispatch-graph-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("app.pfx", "")]
    [InlineData("app.pfx", "pass")]
    [InlineData("app.pem", "")]
    public async Task A_certificate_signs_for_the_app_and_the_secret_is_not_needed(string file, string password)
    {
        using var certificate = IdentityBench.NewCertificate(out var key);
        await using var graph = await WithAnnAsync(options =>
            (options.GraphClientSecret, options.GraphCertificatePath, options.GraphCertificatePassword) = ("", Write(file, certificate, key, password), password));
        new GraphPeopleOptionsValidator().Validate(null, graph.Options).Failures.ShouldBeNull();
        (await graph.ReadAsync()).ShouldHaveSingleItem().Name.ShouldBe("Ann Lee");
        var form = HttpUtility.ParseQueryString(graph.Requests.First().Body);
        form["client_secret"].ShouldBeNull();
        form["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var assertion = new JsonWebToken(form["client_assertion"]);
        assertion.GetHeaderValue<string>("x5t#S256").ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData)));
        var judged = await new JsonWebTokenHandler().ValidateTokenAsync(form["client_assertion"], new()
        {
            IssuerSigningKey = new X509SecurityKey(certificate),
            ValidIssuer = graph.Options.GraphClientId,
            ValidAudience = graph.Options.TokenAddress.AbsoluteUri,
            ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256],
            LifetimeValidator = (from, to, _, _) => from <= graph.Clock.GetUtcNow().UtcDateTime && to - from == TimeSpan.FromMinutes(10),
        });
        judged.Exception.ShouldBeNull();
        assertion.Subject.ShouldBe(graph.Options.GraphClientId);
    }

    [Fact]
    public async Task A_certificate_that_the_app_does_not_have_is_named()
    {
        using var certificate = IdentityBench.NewCertificate(out var key);
        await using var graph = await WithAnnAsync(options => (options.GraphClientSecret, options.GraphCertificatePath) = ("", Write("app.pem", certificate, key, "")));
        graph.Next.Add(("/token", 401, """{"error":"invalid_client","error_description":"AADSTS700027: x","error_codes":[700027]}""", []));
        await graph.ReadAsync();
        graph.People.Notices().Single().ShouldContain("because Employees:GraphCertificatePath is not a certificate of the app: upload its public part to the app's registration (AADSTS700027)");
    }

    [Fact]
    public async Task A_certificate_that_was_removed_or_expires_is_named_and_the_last_copy_stays()
    {
        using var certificate = IdentityBench.NewCertificate(out var key);
        var path = Write("app.pem", certificate, key, "");
        await using var graph = await WithAnnAsync(options => (options.GraphClientSecret, options.GraphCertificatePath) = ("", path));
        await graph.ReadAsync();
        graph.Clock.Advance(TimeSpan.FromHours(2));
        File.Delete(path);
        (await graph.ReadAsync()).Length.ShouldBe(1);
        graph.People.Notices().Single().ShouldContain($"because Employees:GraphCertificatePath is {path}: there is no such file");
    }

    [Theory]
    [InlineData("expired", "the certificate expired on 2025-12-31. Make a new one")]
    [InlineData("curve", "Employees:GraphCertificatePath has no RSA key, and Microsoft Entra accepts no other: make a certificate with one")]
    [InlineData("locked", "Employees:GraphCertificatePassword does not open ")]
    [InlineData("missing", "there is no such file")]
    [InlineData("damaged", "it is not a PFX file")]
    public async Task A_certificate_that_cannot_be_used_is_named_and_never_keeps_the_bot_from_starting(string which, string because)
    {
        using var certificate = IdentityBench.NewCertificate(out var key);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = new CertificateRequest("CN=x", curve, HashAlgorithmName.SHA256).CreateSelfSigned(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var old = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2025, 12, 31, 0, 0, 0, TimeSpan.Zero));
        var path = Path.Combine(folder.FullName, which + (which is "locked" or "damaged" ? ".pfx" : ".pem"));
        if (which == "expired")
            await File.WriteAllTextAsync(path, old.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        else if (which == "curve")
            await File.WriteAllTextAsync(path, other.ExportCertificatePem() + "\n" + curve.ExportPkcs8PrivateKeyPem());
        else if (which == "locked")
            Write("locked.pfx", certificate, key, "pass");
        else if (which == "damaged")
            await File.WriteAllTextAsync(path, "PFX");
        await using var graph = await WithAnnAsync(options =>
            (options.GraphClientSecret, options.GraphCertificatePath, options.GraphCertificatePassword) = ("", path, which == "locked" ? "wrong" : ""));
        new GraphPeopleOptionsValidator().Validate(null, graph.Options).Failures.ShouldBeNull();
        (await graph.ReadAsync()).ShouldBeEmpty();
        graph.People.Notices().Single().ShouldContain(because);
        graph.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_managed_identity_that_does_not_answer_is_not_said_to_be_none()
    {
        await using var graph = await WithAnnAsync(options => (options.GraphClientSecret, options.GraphManagedIdentity) = ("", "system"));
        graph.Redirecting.Failure = new TaskCanceledException("no answer in time");
        (await graph.ReadAsync()).ShouldBeEmpty();
        graph.People.Notices().Single().ShouldContain("because the managed identity of Employees:GraphManagedIdentity did not answer");
    }

    [Theory]
    [InlineData("system", null)]
    [InlineData("0bd9fd6f-8f93-4758-87c3-1fb73740a310", "0bd9fd6f-8f93-4758-87c3-1fb73740a310")]
    public async Task A_managed_identity_of_the_machine_needs_no_app_and_no_secret(string identity, string? client)
    {
        await using var graph = await WithAnnAsync(options => (options.GraphClientSecret, options.GraphClientId, options.GraphTenantId, options.GraphManagedIdentity) = ("", "", "", identity));
        new GraphPeopleOptionsValidator().Validate(null, graph.Options).Failures.ShouldBeNull();
        (await graph.ReadAsync()).ShouldHaveSingleItem(string.Join('\n', graph.People.Notices())).Name.ShouldBe("Ann Lee");
        var asked = graph.Requests.Single(each => each.Target.Contains("/metadata/identity/oauth2/token", StringComparison.Ordinal));
        var query = HttpUtility.ParseQueryString(asked.Target[asked.Target.IndexOf('?')..]);
        (query["resource"], query["client_id"]).ShouldBe((graph.Options.Resource, client));
        asked.Headers["Metadata"].ShouldBe("true");
        graph.Requests.Single(each => each.Target.Contains("transitiveMembers", StringComparison.Ordinal)).Authorization.ShouldBe("Bearer machine-token");
        graph.Redirecting.Meant.ShouldAllBe(meant => meant.Host == "169.254.169.254");
    }

    [Fact]
    public async Task An_identity_that_the_machine_does_not_have_is_named()
    {
        await using var graph = await WithAnnAsync(options => (options.GraphClientSecret, options.GraphManagedIdentity) = ("", Guid.NewGuid().ToString()));
        graph.Next.Add(("/metadata/identity", 400, """{"error":"invalid_request","error_description":"Identity not found"}""", []));
        (await graph.ReadAsync()).ShouldBeEmpty();
        graph.People.Notices().Single().ShouldBe("Employees:GraphGroup: people cannot be read, because Employees:GraphManagedIdentity is not assigned to this machine, or may not sign in; nobody could be read from it yet.");
    }

    [Fact]
    public void Settings_that_do_not_fit_together_are_named_at_the_start()
    {
        Wrong(options => options.GraphManagedIdentity = "system").ShouldBe(["Employees:GraphClientSecret and Employees:GraphManagedIdentity are set, and only one of them can be used: remove the others."]);
        Wrong(options => (options.GraphClientSecret, options.GraphManagedIdentity) = ("", "mine")).ShouldHaveSingleItem().ShouldStartWith("Employees:GraphManagedIdentity is no identity: write system");
        Wrong(options => options.GraphClientSecret = "").ShouldHaveSingleItem().ShouldEndWith("or set Employees:GraphCertificatePath or Employees:GraphManagedIdentity.");
        Wrong(options => (options.GraphClientSecret, options.GraphCertificatePath) = ("s3cret~value", "app.pem"))
            .ShouldBe(["Employees:GraphClientSecret and Employees:GraphCertificatePath are set, and only one of them can be used: remove the others."]);

        static IEnumerable<string> Wrong(Action<GraphPeopleOptions> change)
        {
            GraphPeopleOptions options = new()
            {
                GraphGroup = PretendGraph.Group,
                GraphTenantId = "example.onmicrosoft.com",
                GraphClientId = "5c7a2c1e-0f6d-4a40-9c7a-000000000001",
                GraphClientSecret = "s3cret~value",
            };
            change(options);
            return new GraphPeopleOptionsValidator().Validate(null, options).Failures ?? [];
        }
    }

    string Write(string file, X509Certificate2 certificate, RSA key, string password)
    {
        var path = Path.Combine(folder.FullName, file);
        if (file.EndsWith("pfx", StringComparison.Ordinal))
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        else
            File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    static async Task<PretendGraph> WithAnnAsync(Action<GraphPeopleOptions> change)
    {
        var graph = await PretendGraph.StartAsync(change);
        graph.Pages[0].Add(PretendGraph.User("ann", "Ann Lee", "+44 7700 900101"));
        return graph;
    }
}
