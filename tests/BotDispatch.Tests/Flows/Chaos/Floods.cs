using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>Requests of people who cannot say who they are, to every address that is open to the world.</summary>
internal static class Floods
{
    const int AtOnce = 20;

    static readonly string[] Bodies =
    [
        "", "{}", "null", "[]", "\"", "{\"\\ud800\":1}", "{\"collectedTones\":\"\\udc00\"}", "{\"a\":1e999}", new('[', 5000), "payload=%7B%22type%22%3A%22block_actions%22%7D",
        "command=%2Fdispatch&text=INC-1042&trigger_id=1", "{\"type\":\"message\",\"text\":\"\\ud83d\"}", "\u0000\u0001\u0002", "{\"status\":{\"name\":7},\"messageId\":[]}",
    ];

    static readonly string[] ContentTypes = ["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-7"];

    public static void Plan(Stage stage)
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("Slack:ApiBaseAddress", "http://localhost/api/"), ("Slack:SigningSecret", "8f742231b10e8888abcd99yyyzzz85a5"), ("Slack:BotToken", "xoxb-1-pretend"),
            ("Teams:AppId", "11111111-0000-4000-8000-000000000001"), ("Teams:AppPassword", "not-a-secret"), ("Teams:TenantId", "22222222-0000-4000-8000-000000000002"),
        ])
            stage.Settings[name] = value;
        // A call to Slack or Teams gets no answer in time. That costs strangers nothing either. Other troubles have addresses of their own.
        stage.Begins.Add(world =>
        {
            var before = world.Elsewhere;
            world.Elsewhere = address => before(address)
                ?? (address.Host == "localhost" && !address.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) ? null : new Unreachable());
        });
        for (var second = 0.0; second < 120; second += stage.Between(5, 40))
            stage.At(second, $"{AtOnce} requests of strangers", () => FloodAsync(stage));
    }

    static async Task FloodAsync(Stage stage)
    {
        var addresses = AddressesOf(stage.World);
        using var door = new HttpMessageInvoker(stage.World.Door);
        var requests = Enumerable.Range(0, AtOnce).Select(_ => Request(stage, stage.OneOf(addresses))).ToList();
        foreach (var (request, status) in requests.Zip(await Task.WhenAll(requests.Select(request => StatusAsync(door, request)))))
            // 503 says "come again": too many bodies are held at once.
            if (status >= 500 && status != 503)
                stage.Break(Promise.ErrorToStranger, $"{status} to {request.Method} {request.RequestUri} with {request.Content?.Headers.ContentType}");
    }

    // A process that dies answers nobody.
    static async Task<int> StatusAsync(HttpMessageInvoker door, HttpRequestMessage request)
    {
        try
        {
            using var response = await door.SendAsync(request, default);
            return (int)response.StatusCode;
        }
        catch (IOException)
        {
            return 0;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    // The page of the playground is for this machine only, and its stream does not end.
    static IReadOnlyList<(string Method, string Path)> AddressesOf(World world) =>
    [
        .. world.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && !path.StartsWith("/playground", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, endpoint.RoutePattern.RawText!))),
        ("GET", "/"), ("POST", "/"), ("POST", "/nothing/here"),
    ];

    static HttpRequestMessage Request(Stage stage, (string Method, string Path) address)
    {
        var path = address.Path.Replace("{token}", TokenOf(stage), StringComparison.Ordinal);
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}(s\.wav)?", _ => stage.OneOf("1s.wav", "0", "%ED%A0%80", "x"));
        // Half the time by another method than the one that is served.
        var request = new HttpRequestMessage(new(stage.OneOf(address.Method, "POST")), "http://localhost" + (path.StartsWith('/') ? path : "/" + path));
        if (request.Method == HttpMethod.Get)
            return request;
        var body = Encoding.UTF8.GetBytes(stage.OneOf(Bodies));
        if (stage.Chance(0.2))
            stage.Lot.NextBytes(body = new byte[stage.Lot.Next(1, 200_000)]);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(stage.OneOf(ContentTypes));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235"), ("X-Slack-Request-Timestamp", $"{stage.Lot.Next()}"), ("Authorization", "Bearer not.a.token"), ("Expect", "100-continue")])
            if (stage.Chance(0.3))
                request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    // One that was made up, or a true one with a sign changed.
    static string TokenOf(Stage stage)
    {
        var deliveries = stage.World.Routee.Deliveries;
        if (deliveries.Count == 0 || stage.Chance(0.4))
            return stage.OneOf("x", "a-0-1.AAAA", new('a', 300), "%2e%2e", "a-0-1.%ED%A0%80");
        var segments = new Uri(stage.OneOf(deliveries).Url).Segments;
        var token = segments[2].TrimEnd('/').ToCharArray();
        var at = stage.Lot.Next(token.Length);
        token[at] = token[at] == 'A' ? 'B' : 'A';
        return new(token);
    }

    sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError));
    }
}
