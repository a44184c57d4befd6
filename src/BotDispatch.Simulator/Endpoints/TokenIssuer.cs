using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Simulator.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Simulator.Endpoints;

/// <summary>Issues tokens for credentials, the same token until it expires, and refuses requests without a valid token.</summary>
internal sealed class TokenIssuer(SimulatorOptions options)
{
    readonly Dictionary<string, Token> byScope = [], byValue = [];
    readonly Lock gate = new();

    /// <summary>Answers every credential with 401.</summary>
    public bool RefuseCredentials { get; set; }

    public Task<Answer> IssueAsync(Asked asked) => Task.FromResult(Issue(asked));

    public void Revoke()
    {
        lock (gate)
        {
            byScope.Clear();
            byValue.Clear();
        }
    }

    /// <summary>Returns the refusal for a request without a valid token; null if the token is valid.</summary>
    public Answer? Refuse(HttpContext http)
    {
        if (Bearer(http) is not { } value) return Unauthorized(http, "Full authentication is required to access this resource");
        lock (gate)
        {
            if (!byValue.TryGetValue(value, out var token) || token.Expires <= options.RealTime.GetUtcNow())
                return Unauthorized(http, "Invalid access token");
            return token.Scope.Split(' ').Contains("voice") ? null : Answer.Error(403, "403000000", "Access is denied");
        }
    }

    /// <summary>
    /// Whether this order keeps the pace of one per second for its token. If it does, its time becomes the last accepted one.
    /// </summary>
    public bool KeepsPace(HttpContext http, DateTimeOffset now)
    {
        if (Bearer(http) is not { } value) return true;
        lock (gate)
        {
            if (!byValue.TryGetValue(value, out var token)) return true;
            if (token.LastOrder is { } last && now - last < TimeSpan.FromSeconds(1)) return false;
            token.LastOrder = now;
            return true;
        }
    }

    Answer Issue(Asked asked)
    {
        if (RefuseCredentials || !IsUs(asked.Http)) return Unauthorized(asked.Http, "Bad credentials");
        var form = QueryHelpers.ParseQuery(asked.Body);
        if (form.GetValueOrDefault("grant_type") != "client_credentials")
            return OAuthError("unsupported_grant_type", "Unsupported grant type");
        var scope = form.GetValueOrDefault("scope").ToString() is { Length: > 0 } wanted ? wanted : string.Join(' ', options.Scopes);
        if (scope.Split(' ').Except(options.Scopes).FirstOrDefault() is { } unknown)
            return OAuthError("invalid_scope", $"Invalid scope: {unknown}");

        var now = options.RealTime.GetUtcNow();
        var token = TokenFor(scope, now);
        return Answer.Ok(new JsonObject
        {
            ["access_token"] = token.Value,
            ["token_type"] = "bearer",
            ["expires_in"] = (long)(token.Expires - now).TotalSeconds,
            ["scope"] = scope,
            ["permissions"] = new JsonArray([.. scope.Split(' ').Select(name => JsonValue.Create($"MT_ROLE_{name.ToUpperInvariant()}"))]),
        });
    }

    Token TokenFor(string scope, DateTimeOffset now)
    {
        lock (gate)
        {
            if (byScope.TryGetValue(scope, out var token) && token.Expires > now) return token;
            if (token is not null) byValue.Remove(token.Value);
            token = new Token(Guid.NewGuid().ToString(), scope, now + options.TokenLifetime);
            return byScope[scope] = byValue[token.Value] = token;
        }
    }

    bool IsUs(HttpContext http)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)) return false;
        if (!"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var ours = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApplicationId}:{options.ApplicationSecret}"));
        return header.Parameter == ours;
    }

    static string? Bearer(HttpContext http)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)) return null;
        return "Bearer".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;
    }

    Answer Unauthorized(HttpContext http, string message) =>
        Answer.Spring(401, "Unauthorized", message, options.RealTime.GetUtcNow(), http.Request.Path);

    static Answer OAuthError(string error, string description) =>
        new(400, new JsonObject { ["error"] = error, ["error_description"] = description });

    sealed record Token(string Value, string Scope, DateTimeOffset Expires)
    {
        public DateTimeOffset? LastOrder { get; set; }
    }
}
