using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BotDispatch.Tests.Hosting;

/// <summary>
/// The proxy of a company, as an administrator sets it in the environment of the process and sees it in a check. Which variable counts is
/// .NET's own, so a real process is asked.
/// </summary>
public sealed class ProxyProcessTests
{
    const string Notice = "Worth a look: ";

    /// <summary>The variables, as <c>name=value</c> in lines; the line of the summary; and how each notice about them begins.</summary>
    public static TheoryData<string, string, string[]> Environments => new()
    {
        { "", "none", [] },
        { "HTTPS_PROXY=http://me:s3cret@proxy.example:3128", "proxy.example:3128 (HTTPS_PROXY, with a name and password)", [] },
        { "https_proxy=lower.example:1\nHTTPS_PROXY=http://upper.example:2\nALL_PROXY=all.example:3", "lower.example:1 (https_proxy) for https, all.example:3 (ALL_PROXY) for http", [] },
        { "https_proxy=\nHTTPS_PROXY=upper.example", "upper.example:80 (HTTPS_PROXY)", [] },
        { "ALL_PROXY=http://dom%5Cme:s3cret@all.example:3\nall_proxy=socks5://lower.example:4", "lower.example:4 (all_proxy)", [] },
        { "HTTP_PROXY=http://plain.example:3128", "none for https, plain.example:3128 (HTTP_PROXY) for http", ["HTTP_PROXY is for http:// alone"] },
        { "HTTPS_PROXY=\"http://proxy.example:3128\"", "none", ["HTTPS_PROXY is not understood"] },
        { "HTTPS_PROXY= http://proxy.example:3128\nALL_PROXY=all.example:3", "all.example:3 (ALL_PROXY)", ["HTTPS_PROXY is not understood"] },
        { "HTTPS_PROXY=p.example:1\nNO_PROXY=localhost,127.0.0.1,::1,127.0.0.0/8, .routee.net,192.0.2.7", "p.example:1 (HTTPS_PROXY); past it: connect.routee.net, auth.routee.net", [] },
        { "HTTPS_PROXY=p.example:1\nNO_PROXY=10.0.0.0/8,*,*.corp.example,routee.net,jira.corp.example:443", "p.example:1 (HTTPS_PROXY)",
            ["NO_PROXY names 10.0.0.0/8 and * and *.corp.example and jira.corp.example:443, which .NET passes over", "NO_PROXY names routee.net, which does not mean connect.routee.net and auth.routee.net"] },
        { "HTTPS_PROXY=p.example:1\nNO_PROXY=.routee.net\nno_proxy=localhost", "p.example:1 (HTTPS_PROXY)", ["no_proxy is set, so NO_PROXY"] },
    };

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task A_check_says_which_proxy_is_in_force_and_what_of_it_has_no_effect(string environment, string line, string[] notices)
    {
        using var launch = new Launch();
        var ended = await launch.RunProcessAsync("Production", variables: [.. Unset, .. environment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(each => (each.Split('=', 2)[0], each.Split('=', 2)[1]))], arguments: "--check");
        ended.Code.ShouldBe(0, ended.Error);
        var lines = ended.Out.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain($"  Proxy        {line}");
        var said = lines.Where(each => each.StartsWith(Notice, StringComparison.Ordinal) && each.Contains("_PROXY", StringComparison.OrdinalIgnoreCase)).Select(each => each[Notice.Length..]).ToList();
        said.Count.ShouldBe(notices.Length, string.Join('\n', said));
        foreach (var (notice, begins) in said.Zip(notices))
            notice.ShouldStartWith(begins);
        ended.Out.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("http://{0}", "the proxy of this machine (HTTPS_PROXY) wants a name and a password, and none stand there (status 407).")]
    [InlineData("http://me:s3cret@{0}", "the proxy of this machine (HTTPS_PROXY) does not accept the name and password that stand there (status 407).")]
    public async Task A_check_says_that_the_proxy_wants_a_password(string proxy, string said)
    {
        await using var server = new OneAnswer("407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"");
        using var launch = new Launch().With(Jira("https://jira.invalid"));
        var ended = await launch.RunProcessAsync("Production", variables: [.. Unset, ("HTTPS_PROXY", string.Format(null, proxy, server.EndPoint))], arguments: "--check");
        ended.Out.ShouldContain($"Jira could not be asked who BotDispatch is: {said}");
        ended.Out.ShouldNotContain("s3cret");
        server.Asked.ShouldContain("CONNECT jira.invalid:443 HTTP/1.1");
    }

    /// <summary>Else somebody with a proxy could not try the playground, whose telephones are called at an address of this machine.</summary>
    [Fact]
    public async Task What_is_on_this_machine_is_called_without_the_proxy()
    {
        await using var proxy = new OneAnswer("502 Bad Gateway");
        await using var jira = new OneAnswer("401 Unauthorized");
        using var launch = new Launch().With(Jira($"http://{jira.EndPoint}"));
        var ended = await launch.RunProcessAsync("Production", variables: [.. Unset, ("http_proxy", $"http://{proxy.EndPoint}")], arguments: "--check");
        ended.Faults.ShouldHaveSingleItem().ShouldContain("is not accepted by Jira (status 401)");
        proxy.Asked.ShouldBeEmpty();
    }

    static (string, string?)[] Jira(string address) =>
        [("Tickets:Jira:BaseAddress", address), ("Tickets:Jira:Email", "bot@example.com"), ("Tickets:Jira:ApiToken", "token")];

    // The machine that runs the tests may have proxies of its own. An empty no_proxy would hide NO_PROXY, so it is not among them.
    static (string, string)[] Unset => [("http_proxy", ""), ("HTTP_PROXY", ""), ("https_proxy", ""), ("HTTPS_PROXY", ""), ("all_proxy", ""), ("ALL_PROXY", "")];

    /// <summary>Gives every request the same answer and notes its first line.</summary>
    sealed class OneAnswer : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly CancellationTokenSource end = new();
        readonly Task serving;
        readonly string answer;

        public OneAnswer(string answer)
        {
            this.answer = answer;
            listener.Start();
            serving = ServeAsync();
        }

        public string EndPoint => listener.LocalEndpoint.ToString()!;

        public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = new();

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(end.Token);
                    using var reader = new StreamReader(client.GetStream());
                    for (var line = await reader.ReadLineAsync(end.Token); line is { Length: > 0 }; line = await reader.ReadLineAsync(end.Token))
                        if (line.EndsWith("HTTP/1.1", StringComparison.Ordinal))
                            Asked.Enqueue(line);
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), end.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await serving;
            listener.Dispose();
            end.Dispose();
        }
    }
}
