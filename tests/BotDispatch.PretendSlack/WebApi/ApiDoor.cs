using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>Every call comes in here: it is written down, spoilt where disorder says so, checked and answered.</summary>
internal sealed class ApiDoor
{
    readonly SlackStandIn slack;
    readonly FrozenDictionary<string, ApiMethod> methods;
    readonly PostingPace pace;

    public ApiDoor(SlackStandIn slack) => (this.slack, methods, pace) = (slack, ApiMethods.Of(slack), new(slack.Clock, slack.Disorder));

    public async Task AnswerAsync(HttpContext http, string method)
    {
        var (arguments, isJson) = await ReadAsync(http.Request);
        var token = Token(http.Request, arguments);
        var (team, _) = slack.Locked(() => slack.Tokens.Check(token));
        var place = slack.Log.Begin(slack.Clock.GetUtcNow(), method, team?.Id, arguments);
        var spoil = slack.Disorder.Take(method, team?.Id);
        if (spoil is Spoil.DoLate late) await Task.Delay(late.By, slack.Clock, http.RequestAborted);
        if (Instead(spoil) is { } instead)
        {
            slack.Log.End(place, instead.Status, instead.Status == 0 ? null : instead.Body, wasDone: false);
            await WriteAsync(http, instead, team, page: spoil is Spoil.Page);
            return;
        }
        var answer = slack.Locked(() => Do(method, arguments, isJson, token));
        var (status, isLost) = spoil switch { Spoil.LoseAnswer => (0, true), Spoil.BreakAfter => (500, true), _ => (answer.Status, false) };
        slack.Log.End(place, status, isLost ? null : answer.Body, answer.IsOk);
        if (spoil is Spoil.AnswerLate wait) await Task.Delay(wait.By, slack.Clock, http.RequestAborted);
        await WriteAsync(http, answer with { Status = status }, team, page: spoil is Spoil.BreakAfter);
    }

    static ApiAnswer? Instead(Spoil? spoil) => spoil switch
    {
        Spoil.Throttle throttle => ApiAnswer.Throttled(throttle.RetryAfter),
        Spoil.LoseRequest => ApiAnswer.Ok() with { Status = 0 },
        Spoil.BreakBefore => ApiAnswer.Error("service_unavailable") with { Status = 503 },
        Spoil.Refuse refuse => ApiAnswer.Error(refuse.Error),
        Spoil.Page => ApiAnswer.Ok(),
        _ => null,
    };

    ApiAnswer Do(string name, JsonObject arguments, bool isJson, string token)
    {
        if (!methods.TryGetValue(name, out var method)) return ApiAnswer.Error("unknown_method");
        Workspace? team = null;
        switch (method.Token)
        {
            case TokenKind.Bot when slack.Tokens.Check(token) is { Team: null, Error: var error }:
                return ApiAnswer.Error(token == slack.Options.AppToken ? "not_allowed_token_type" : error);
            case TokenKind.Bot:
                team = slack.Tokens.Check(token).Team!;
                break;
            case TokenKind.App when token != slack.Options.AppToken:
                return ApiAnswer.Error(token.Length == 0 ? "not_authed" : slack.Tokens.Check(token).Team is null ? "invalid_auth" : "not_allowed_token_type");
        }
        if (method.Scope is { } scope && !team!.Scopes.Contains(scope)) return ApiAnswer.MissingScope(scope, team.Scopes);
        var call = new ApiCall(name, isJson && !method.TakesJson ? [] : arguments, team, token);
        if (name == "chat.postMessage" && pace.Refuses(team!, call.Text("channel")) is { } wait) return ApiAnswer.Throttled(wait);
        return method.Answer(call);
    }

    // https://docs.slack.dev/apis/web-api/ : form or JSON in the body, or arguments in the address.
    static async Task<(JsonObject, bool IsJson)> ReadAsync(HttpRequest request)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in request.Query) arguments[name] = value.ToString();
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync()) arguments[name] = value.ToString();
            return (arguments, false);
        }
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true) return (arguments, false);
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        if (Json.TryParse(await reader.ReadToEndAsync()) is JsonObject body)
            foreach (var (name, value) in body) arguments[name] = value?.DeepClone();
        return (arguments, true);
    }

    static string Token(HttpRequest request, JsonObject arguments) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header is { Scheme: "Bearer", Parameter: { } token } ? token : arguments.Word("token") ?? "";

    static async Task WriteAsync(HttpContext http, ApiAnswer answer, Workspace? team, bool page)
    {
        if (answer.Status == 0)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (team is not null) http.Response.Headers["x-oauth-scopes"] = string.Join(',', team.Scopes);
        http.Response.ContentType = page ? "text/html" : "application/json; charset=utf-8";
        await http.Response.WriteAsync(page ? "<html>maintenance</html>" : answer.Body.Written());
    }
}
