using BotDispatch.Teams;
using Microsoft.Extensions.Configuration;

namespace BotDispatch.Tests.Adapters.Teams;

public sealed class TeamsOptionsTests
{
    const string App = "11111111-2222-4333-8444-555555555555";
    const string Secret = "hush-hush";

    static TeamsOptions Good => new() { AppId = App, AppPassword = Secret };

    static List<string> Failures(TeamsOptions options) => [.. new TeamsOptionsValidator().Validate(null, options).Failures ?? []];

    static TeamsOptions With(string setting, string value)
    {
        var options = Good;
        new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build().GetSection("Teams").Bind(options);
        return options;
    }

    [Fact]
    public void Without_an_app_the_adapter_is_off_and_nothing_is_asked_for()
    {
        var nothing = new TeamsOptions();
        Failures(nothing).ShouldBeEmpty();
        (nothing.IsOn, nothing.AcceptsPlayground).ShouldBe((false, false));
    }

    [Theory]
    [InlineData(true, "", null, true), InlineData(true, "", true, true), InlineData(true, "", false, false), InlineData(true, App, null, false)]
    [InlineData(false, "", null, false), InlineData(false, "", true, false), InlineData(false, App, null, false), InlineData(false, App, true, false), InlineData(true, App, true, false)]
    public void Nobody_is_believed_without_a_token_but_in_Development_without_an_app(bool isDevelopment, string app, bool? allowed, bool accepts) =>
        new TeamsOptions { IsDevelopment = isDevelopment, AppId = app, AllowPlayground = allowed }.AcceptsPlayground.ShouldBe(accepts);

    [Theory]
    [InlineData(""), InlineData(App)]
    public void Outside_of_Development_the_process_does_not_start_unauthenticated(string app)
    {
        var options = new TeamsOptions { AppId = app, AppPassword = app.Length > 0 ? Secret : "", AllowPlayground = true };
        Failures(options).ShouldContain(each => each.StartsWith("Teams:AllowPlayground lets everybody on this machine in without a token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Teams:AppId", "dispatch", "Teams:AppId must be the app registration's id")]
    [InlineData("Teams:AppId", "{11111111-2222-4333-8444-555555555555}", "Teams:AppId must be the app registration's id")]
    [InlineData("Teams:TenantId", "example.onmicrosoft.com", "Teams:TenantId must be the tenant's id")]
    [InlineData("Teams:AppPassword", "", "Teams:AppPassword is missing: set it, or another credential")]
    [InlineData("Teams:CertificatePath", "bot.pfx", "Teams:AppPassword and Teams:CertificatePath exclude each other")]
    [InlineData("Teams:FederatedTokenFile", "/var/token", "Teams:AppPassword and Teams:FederatedTokenFile exclude each other")]
    [InlineData("Teams:CertificatePassword", Secret, "Teams:CertificatePassword belongs to Teams:CertificatePath")]
    [InlineData("Teams:OpenIdMetadataAddress", "http://login.botframework.com/v1/.well-known/openidconfiguration", "Teams:OpenIdMetadataAddress must be an https address")]
    [InlineData("Teams:OpenIdMetadataAddress", "login.botframework.com", "Teams:OpenIdMetadataAddress must be an https address")]
    [InlineData("Teams:Issuer", " ", "Teams:Issuer must be the issuer")]
    [InlineData("Teams:TokenAddress", "ftp://login.microsoftonline.com/", "Teams:TokenAddress must be an https address")]
    [InlineData("Teams:Scope", "https://api.botframework.com", "Teams:Scope must end with /.default")]
    [InlineData("Teams:AllowedServiceUrls:0", "http://smba.trafficmanager.net", "Teams:AllowedServiceUrls: http://smba.trafficmanager.net must be https and a host")]
    [InlineData("Teams:AllowedServiceUrls:0", "https://smba.trafficmanager.net/emea", "Teams:AllowedServiceUrls: https://smba.trafficmanager.net/emea must be https and a host")]
    [InlineData("Teams:AllowedServiceUrls:0", "*", "Teams:AllowedServiceUrls: * must be https and a host")]
    [InlineData("Teams:ServiceUrl", "https://smba.example.org/teams", "Teams:ServiceUrl must be an https address on one of the hosts of Teams:AllowedServiceUrls")]
    [InlineData("Teams:ServiceUrl", "https://smba.trafficmanager.net/teams?x=y", "Teams:ServiceUrl must be an https address on one of the hosts of Teams:AllowedServiceUrls")]
    [InlineData("Teams:ServiceUrl", "http://smba.trafficmanager.net/teams", "Teams:ServiceUrl must be an https address on one of the hosts of Teams:AllowedServiceUrls")]
    [InlineData("Teams:AllowPlayground", "true", "Teams:AllowPlayground lets everybody on this machine in without a token")]
    public void A_wrong_setting_is_named_and_said_what_is_wrong_with_it(string setting, string value, string message)
    {
        var failures = Failures(With(setting, value));
        failures.ShouldContain(each => each.StartsWith(message, StringComparison.Ordinal), string.Join('\n', failures));
        failures.ShouldAllBe(each => !each.Contains(Secret));
    }

    [Theory]
    [InlineData("Teams:AppPassword"), InlineData("Teams:CertificatePath"), InlineData("Teams:ManagedIdentityClientId"), InlineData("Teams:FederatedTokenFile")]
    public void One_credential_is_enough_and_none_is_any_use_without_an_app(string setting)
    {
        var options = With(setting, "anything");
        if (setting != "Teams:AppPassword")
            options.AppPassword = "";
        Failures(options).ShouldBeEmpty();
        options.AppId = "";
        Failures(options).ShouldHaveSingleItem().ShouldStartWith($"{setting} is set, but Teams:AppId is missing");
    }

    [Fact]
    public void Another_cloud_is_a_matter_of_addresses()
    {
        var options = Good with
        {
            OpenIdMetadataAddress = new("https://login.botframework.azure.us/v1/.well-known/openidconfiguration"),
            Issuer = "https://api.botframework.us",
            TokenAddress = new("https://login.microsoftonline.us/"),
            Scope = "https://api.botframework.us/.default",
        };
        Failures(options).ShouldBeEmpty();
        options.MayReach("https://smba.infra.gov.teams.microsoft.us/gcch").ShouldBeTrue();
        options.AllowedServiceUrls = ["https://*.botframework.azure.cn"];
        Failures(options).ShouldBeEmpty();
        options.MayReach("https://smba.botframework.azure.cn/x").ShouldBeTrue();
        options.MayReach("https://smba.trafficmanager.net/emea/").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Teams:TokenAddress", "https://login.microsoftonline.us/")]
    [InlineData("Teams:Issuer", "https://api.botframework.us")]
    [InlineData("Teams:Scope", "https://api.botframework.azure.cn/.default")]
    [InlineData("Teams:OpenIdMetadataAddress", "https://login.botframework.azure.us/v1/.well-known/openidconfiguration")]
    public void Two_clouds_at_once_are_none(string setting, string value) =>
        Failures(With(setting, value)).ShouldHaveSingleItem().ShouldStartWith("Teams:OpenIdMetadataAddress, Teams:Issuer, Teams:TokenAddress and Teams:Scope are not of one cloud");

    [Theory]
    [InlineData("Teams:Issuer", "urn:issuer"), InlineData("Teams:OpenIdMetadataAddress", "http://127.0.0.1:5000/metadata"), InlineData("Teams:TokenAddress", "https://login.example.org/")]
    public void What_is_of_no_cloud_that_is_known_goes_with_any(string setting, string value) => Failures(With(setting, value)).ShouldBeEmpty();

    [Fact]
    public void No_secret_is_printed() => (Good with { CertificatePassword = Secret }).ToString().ShouldNotContain(Secret);

    [Theory]
    [InlineData("https://smba.trafficmanager.net/amer/", true), InlineData("https://SMBA.trafficmanager.net/amer", true), InlineData("https://smba.infra.gcc.teams.microsoft.com/gcc", true)]
    [InlineData("https://teams.microsoft.com/", true), InlineData("https://europe.webchat.botframework.com/", true), InlineData("https://smba.trafficmanager.net:443/amer/", true)]
    [InlineData("http://smba.trafficmanager.net/amer/", false), InlineData("https://evil.trafficmanager.net/amer/", false), InlineData("https://a.smba.trafficmanager.net/", false)]
    [InlineData("https://smba.trafficmanager.net.evil.example/", false), InlineData("https://smba.trafficmanager.net@evil.example/", false), InlineData("https://evil.example@smba.trafficmanager.net/", false)]
    [InlineData("https://evilteams.microsoft.com.example/", false), InlineData("https://evilteams.microsoft.com/", false), InlineData("https://smba.trafficmanager.net:8443/", false)]
    [InlineData("https://evil.example/?https://teams.microsoft.com", false), InlineData("https://evil.example#.teams.microsoft.com", false), InlineData("https://evil.example\\.teams.microsoft.com/", false)]
    [InlineData("//smba.trafficmanager.net/", false), InlineData("smba.trafficmanager.net", false), InlineData("ftp://smba.trafficmanager.net/", false), InlineData("https://smba.trafficmanager.net./", false)]
    [InlineData("http://localhost:56150/_connector", false), InlineData("https://*.teams.microsoft.com/", false), InlineData("", false), InlineData(null, false)]
    public void Only_the_hosts_of_Microsoft_are_answered(string? serviceUrl, bool may) => Good.MayReach(serviceUrl).ShouldBe(may);

    [Fact]
    public void This_machine_may_be_answered_where_it_is_named()
    {
        var options = Good with { AllowedServiceUrls = ["http://127.0.0.1:5000"] };
        Failures(options).ShouldBeEmpty();
        options.MayReach("http://127.0.0.1:5000/anything").ShouldBeTrue();
        options.MayReach("http://127.0.0.1:5001/anything").ShouldBeFalse();
        options.MayReach("http://localhost:5000/").ShouldBeFalse();
    }
}
