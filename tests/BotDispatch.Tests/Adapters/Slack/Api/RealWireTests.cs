using System.Net;
using System.Net.Sockets;
using System.Text;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Api;

/// <summary>With the connections that the product makes, on loopback.</summary>
public class RealWireTests
{
    [Fact]
    public async Task Where_nobody_listens_nothing_was_reached()
    {
        // Bound, so that nobody else listens there meanwhile.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var room = await OpenAsync($"http://{nobody.LocalEndPoint}/");
        (await room.CallAsync("chat.postMessage", installation: "")).ShouldBeOfType<SlackAnswer.NotReached>();
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_is_a_lost_answer_and_no_second_request()
    {
        using var listener = Listen(out var address);
        await using var room = await OpenAsync(address);
        var served = ServeAsync(listener, "");
        (await room.CallAsync("chat.postMessage", """{"text":"once"}""", installation: "")).ShouldBeOfType<SlackAnswer.Lost>();
        (await served).ShouldContain("text=once");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task What_does_not_speak_TLS_was_not_reached()
    {
        using var listener = Listen(out var address);
        await using var room = await OpenAsync("https" + address["http".Length..]);
        var served = ServeAsync(listener, "HTTP/1.1 400 Bad Request\r\n\r\n");
        (await room.CallAsync("chat.postMessage", installation: "")).ShouldBeOfType<SlackAnswer.NotReached>();
        await served;
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere_and_no_cookie_is_kept()
    {
        using var listener = Listen(out var address);
        await using var room = await OpenAsync(address);
        var served = ServeAsync(listener, $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {address}elsewhere\r\nSet-Cookie: d=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        (await room.CallAsync("chat.postMessage", installation: "")).ShouldBeOfType<SlackAnswer.NotReached>();
        await served;
        listener.Pending().ShouldBeFalse();
        served = ServeAsync(listener, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"ok\":true}");
        (await room.CallAsync("chat.postMessage", installation: "")).ShouldBeOfType<SlackAnswer.Ok>();
        (await served).ShouldNotContain("Cookie");
    }

    static Task<SlackRoom> OpenAsync(string address) => SlackRoom.OpenAsync(("ApiBaseAddress", address), ("Real", "yes"));

    static TcpListener Listen(out string address)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        return listener;
    }

    /// <summary>Reads one request, says this, and closes.</summary>
    static async Task<string> ServeAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[16 * 1024];
        var request = "";
        // Head and body may come one after the other.
        do
        {
            var count = await stream.ReadAsync(buffer);
            request += Encoding.Latin1.GetString(buffer, 0, count);
            if (count == 0)
                break;
        }
        while (request.StartsWith("POST", StringComparison.Ordinal) && !IsWhole(request));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request;
    }

    static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;
        var length = request.Split("\r\n").First(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))["Content-Length: ".Length..];
        return request.Length - head - 4 >= int.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
    }
}
