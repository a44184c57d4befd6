using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>An answer, with what else came with it.</summary>
/// <param name="Answer">What the call came to.</param>
/// <param name="Scopes">What the token may do, in Slack's own comma list; null where it is not told.</param>
internal sealed record SlackHttpResult(SlackAnswer Answer, string? Scopes = null);

/// <summary>Sends one request and tells what it came to. It knows no installation, remembers nothing and repeats nothing.</summary>
internal sealed class SlackWire(IHttpClientFactory clients, SlackReach reach, IOptions<SlackOptions> options, TimeProvider clock)
{
    /// <summary>Methods that can be lost without leaving anybody in doubt.</summary>
    public static readonly FrozenSet<string> ChangesNothing = FrozenSet.Create("apps.connections.open", "auth.test");

    /// <summary>Asks Slack to do <paramref name="method"/>, with this token or none. Only <paramref name="ct"/> makes it throw.</summary>
    public async Task<SlackHttpResult> AskAsync(string method, string? token, JsonObject arguments, TimeSpan within, CancellationToken ct)
    {
        AuthenticationHeaderValue? bearer = null;
        if (token is not null && !AuthenticationHeaderValue.TryParse($"Bearer {token}", out bearer))
            return new(new SlackAnswer.Refused("invalid_auth", Refusal.Token, "a token that cannot be sent"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Api(options.Value), method)) { Content = SlackForm.Of(arguments) };
        request.Headers.Authorization = bearer;
        var heard = await SendAsync(request, (response, body) => new(SlackReading.Of(response, body, clock.WallNow), ScopesOf(response)), within, ct);
        Note(heard.Answer, ChangesNothing.Contains(method));
        return heard;
    }

    /// <summary>Posts a message to an address of Slack's that needs no token; whether it was taken.</summary>
    public async Task<SlackHttpResult> SayAsync(Uri address, JsonObject message, TimeSpan within, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(SafeJson.Write(message), new MediaTypeHeaderValue("application/json")),
        };
        var heard = await SendAsync(request, (response, body) =>
        {
            var said = SafeJson.Parse(body);
            var isTaken = response.IsSuccessStatusCode && said?.Field("ok") is not { ValueKind: JsonValueKind.False };
            return new(isTaken ? new SlackAnswer.Ok(said ?? default) : new SlackAnswer.Refused($"http_{(int)response.StatusCode}", Refusal.Other));
        }, within, ct);
        Note(heard.Answer, changesNothing: false);
        return heard;
    }

    Task<SlackHttpResult> SendAsync(HttpRequestMessage request, Func<HttpResponseMessage, byte[], SlackHttpResult> read, TimeSpan within, CancellationToken ct)
    {
        RetryPolicy.SetBudget(request, within);
        var proxy = options.Value.ApiBaseAddress is { IsLoopback: true } ? null : HttpClient.DefaultProxy;
        return clients.SendAsync(SlackHttp.Client, request, proxy, read,
            static failure => new(failure.IsNeverSent ? new SlackAnswer.NotReached(failure.Because) : new SlackAnswer.Lost(failure.Because)), ct);
    }

    void Note(SlackAnswer answer, bool changesNothing)
    {
        if (answer is SlackAnswer.NotReached { Because: var because })
            reach.Failed(because);
        else if (answer is SlackAnswer.Lost { Because: var lost })
        {
            // Of what changes something each is told by itself, for nobody knows whether it was done.
            if (changesNothing)
                reach.Failed(lost);
        }
        else
            reach.Answered();
    }

    static string? ScopesOf(HttpResponseMessage response) => response.Headers.TryGetValues("x-oauth-scopes", out var told) ? string.Join(',', told) : null;

    static Uri Api(SlackOptions options) => new(options.ApiBaseAddress!.AbsoluteUri.TrimEnd('/') + "/");
}
