using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace BotDispatch.PretendTeams.Connector;

/// <summary>Every request of the app comes in here: it is written down, its host and token are looked at, it is spoilt where disorder says so, and answered.</summary>
internal sealed class ConnectorDoor(TeamsStandIn teams)
{
    readonly SendingPace pace = new(teams.Clock);
    readonly Conversations conversations = new(teams);

    public async Task AnswerAsync(HttpContext http)
    {
        var (options, request) = (teams.Options, http.Request);
        var asked = new Uri($"{request.Scheme}://{request.Host}{request.Path}");
        if (IsBelow(asked, new(options.MetadataAddress, "/v1/.well-known/")))
            await WriteAsync(http, Logged("keys", asked, new ConnectorReply(200, asked.AbsolutePath.EndsWith("/keys", StringComparison.Ordinal) ? teams.Signing.Keys() : teams.Signing.Metadata())));
        else if (IsBelow(asked, options.TokenAddress) && asked.AbsolutePath.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal))
        {
            var (status, body) = teams.Tokens.Issue(asked.Segments[^4].Trim('/'), await request.ReadFormAsync());
            await WriteAsync(http, Logged("token", asked, new ConnectorReply(status, body)));
        }
        else if (((Uri[])[options.ServiceUrl, options.EverybodysServiceUrl]).FirstOrDefault(address => IsBelow(asked, address)) is { } called)
            await ConnectAsync(http, request.Path.Value![called.AbsolutePath.Length..]);
        else
        {
            teams.Complain(null, $"a call to a stranger: {asked}");
            await WriteAsync(http, Logged("stranger", asked, new ConnectorReply(404)));
        }
    }

    async Task ConnectAsync(HttpContext http, string path)
    {
        var body = await BodyAsync(http.Request);
        if (ConnectorCall.Of(http.Request.Method, path, body, http.Request.Query) is not { } call)
        {
            teams.Complain(null, $"no such call: {http.Request.Method} {path}");
            await WriteAsync(http, ConnectorReply.Error(404, "NotFound"));
            return;
        }
        // A semicolon or an at sign that is not encoded means something else in an address.
        if (http.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0].IndexOfAny([';', '@', '=']) >= 0)
            teams.Complain(null, $"an id that is not encoded: {path}");
        var index = teams.Log.Begin(teams.Clock.GetUtcNow(), call.Kind, call.Conversation, $"{http.Request.Method} {path}", body);
        if (Before(http, call) is { } refused)
        {
            teams.Log.End(index, refused.Status, wasDone: false);
            await WriteAsync(http, refused);
            return;
        }
        var spoil = teams.Disorder.Take(call.Kind, call.Conversation);
        var reply = Instead(spoil) ?? teams.Locked(() => conversations.Do(call));
        var wasDone = Instead(spoil) is null && reply.IsDone;
        reply = spoil switch
        {
            Spoil.LoseAnswer => ConnectorReply.Nothing,
            Spoil.BreakAfter(var status) => new(status),
            Spoil.WithoutId when wasDone => new(202),
            _ => reply,
        };
        teams.Log.End(index, reply.Status, wasDone);
        if (spoil is Spoil.AnswerLate wait)
            await Task.Delay(wait.By, teams.Clock, http.RequestAborted);
        await WriteAsync(http, reply);
    }

    ConnectorReply? Before(HttpContext http, ConnectorCall call)
    {
        var token = AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header) && header.Scheme == "Bearer" ? header.Parameter : null;
        if (teams.Options.Tokens && !teams.Tokens.IsGood(token))
            return new(401, new() { ["message"] = "Authorization has been denied for this request." });
        if (call.Kind is not ("send" or "update" or "thread") || teams.Locked(() => pace.Count(call.Conversation)) is not { } limit)
            return null;
        if (teams.Disorder.ThrottlesAboveLimits)
            return ConnectorReply.Throttled(null);
        teams.Complain(null, $"too fast: {limit}");
        return null;
    }

    static ConnectorReply? Instead(Spoil? spoil) => spoil switch
    {
        Spoil.Throttle(var after) => ConnectorReply.Throttled(after),
        Spoil.Busy => ConnectorReply.Error(412, "PreconditionFailed", "Precondition failed"),
        Spoil.Break(var status) => new(status),
        Spoil.LoseRequest => ConnectorReply.Nothing,
        Spoil.Refuse(var status, var code) => ConnectorReply.Error(status, code),
        _ => null,
    };

    ConnectorReply Logged(string what, Uri asked, ConnectorReply reply)
    {
        teams.Log.End(teams.Log.Begin(teams.Clock.GetUtcNow(), what, "", asked.AbsoluteUri, null), reply.Status, reply.IsDone);
        return reply;
    }

    static bool IsBelow(Uri asked, Uri address) =>
        asked.Scheme == address.Scheme && asked.Authority == address.Authority && asked.AbsolutePath.StartsWith(address.AbsolutePath, StringComparison.Ordinal);

    static async Task<JsonObject?> BodyAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return Json.TryParse(await reader.ReadToEndAsync() is { Length: > 0 } text ? text : "null") as JsonObject;
    }

    async Task WriteAsync(HttpContext http, ConnectorReply reply)
    {
        if (reply.Status == 0)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = reply.Status;
        http.Response.Headers["MS-CV"] = $"cv.{teams.Log.Calls.Count}";
        if (reply.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (reply.Body is not { } body)
            return;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(body.Written());
    }
}
