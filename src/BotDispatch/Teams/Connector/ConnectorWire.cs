using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Teams.Connector;

/// <summary>An answer, with what else came with it.</summary>
/// <param name="Answer">What the call came to.</param>
/// <param name="IsUnauthorized">The token was not taken, so surely nothing was done.</param>
/// <param name="Correlation">What Microsoft's support asks for; empty if it was not told.</param>
/// <param name="HasNoToken">Nothing was sent, for there is no token.</param>
internal sealed record ConnectorHttpResult(ConnectorAnswer Answer, bool IsUnauthorized = false, string Correlation = "", bool HasNoToken = false);

/// <summary>Sends one request and tells what it came to. It knows no conversation, remembers nothing and repeats nothing.</summary>
internal sealed partial class ConnectorWire(IHttpClientFactory clients, TimeProvider clock)
{
    static readonly string[] Correlations = ["X-Correlating-OperationId", "MS-CV"];

    /// <summary>Sends it with this token or none. Only <paramref name="ct"/> makes it throw.</summary>
    public async Task<ConnectorHttpResult> SendAsync(ConnectorCall call, ConnectorRequest what, Uri address, string? token, TimeSpan within, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(what.Method, new Uri(address, what.Path));
        if (what.Body is { } body)
            request.Content = new StringContent(SafeJson.Write(body), new MediaTypeHeaderValue("application/json", "utf-8"));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        RetryPolicy.SetBudget(request, within);
        // Connections to this machine, the Agents Playground's among them, go through no proxy.
        var proxy = address.IsLoopback ? null : HttpClient.DefaultProxy;
        return await clients.SendAsync<ConnectorHttpResult>(ConnectorHttp.Client, request, proxy,
            (response, said) => new(ConnectorReading.Of(call, response, said, clock.WallNow), response.StatusCode is HttpStatusCode.Unauthorized, CorrelationOf(response)),
            static failure => new(failure.IsNeverSent ? new ConnectorAnswer.NotReached(failure.Because) : new ConnectorAnswer.Lost(failure.Because)), ct);
    }

    static string CorrelationOf(HttpResponseMessage response) =>
        Correlations.Select(name => response.Headers.TryGetValues(name, out var told) ? told.First() : "").FirstOrDefault(told => Plain().IsMatch(told)) ?? "";

    [GeneratedRegex(@"^[A-Za-z0-9+/=_.-]{1,120}\z")]
    private static partial Regex Plain();
}
