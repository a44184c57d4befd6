using System.Net;
using BotDispatch.Teams;

namespace BotDispatch.Tests.Adapters.Teams.Identity;

public sealed class ProxyForIssuersTests
{
    [Theory]
    [InlineData("https://login.microsoftonline.com/t/oauth2/v2.0/token", false)]
    [InlineData("https://inside.example/", true)]
    [InlineData("http://169.254.169.254/metadata/identity/oauth2/token", true)]
    [InlineData("http://localhost:40342/metadata/identity/oauth2/token", true)]
    public void Issuers_are_asked_through_the_machines_proxy_and_its_own_identities_are_not(string address, bool isDirect)
    {
        var proxy = new ProxyForIssuers(new WebProxy("http://proxy.example:3128", BypassOnLocal: false, BypassList: ["inside\\.example"]));
        proxy.IsBypassed(new(address)).ShouldBe(isDirect);
        proxy.GetProxy(new("https://login.microsoftonline.com/")).ShouldBe(new Uri("http://proxy.example:3128"));
    }
}
