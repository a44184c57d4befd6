using System.Globalization;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Employees.Graph;

/// <summary>What became of one request.</summary>
/// <param name="Answer">What came back.</param>
/// <param name="Wait">How long to wait before it may be repeated; null if a repetition is of no use.</param>
internal sealed record GraphAttempt(GraphAnswer Answer, TimeSpan? Wait = null);

/// <summary>The app's token for Microsoft Graph, kept until shortly before it expires.</summary>
/// <remarks>
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow,
/// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
/// </remarks>
internal sealed class GraphTokens(GraphPeopleOptions options, IHttpClientFactory clients, TimeProvider realTime)
{
    static readonly TimeSpan Reserve = TimeSpan.FromMinutes(5);
    static readonly TimeSpan ShortestUse = TimeSpan.FromMinutes(1);

    readonly GraphIdentity? identity = options.UsesManagedIdentity ? new(options, clients) : null;
    (string Value, DateTimeOffset Until)? kept;

    /// <summary>Returns a token, another one than <paramref name="refused"/>, or why there is none.</summary>
    public async Task<TokenOr<string, GraphAttempt>> GetAsync(string? refused, CancellationToken ct)
    {
        if (kept is var (value, until) && value != refused && realTime.GetUtcNow() < until)
            return new(value, null);
        kept = null;
        if (identity is not null)
        {
            var (issued, instead) = await identity.GetAsync(isFresh: refused is not null, ct);
            if (issued is not null)
                Keep(issued.Value, issued.Lifetime);
            return new(issued?.Value, instead);
        }
        var (assertion, problem) = options.GraphCertificatePath.Length == 0 ? (null, null) : GraphAssertion.Of(options, realTime.WallNow);
        if (problem is not null)
            return new(null, new(new GraphAnswer.NotNow($"because {problem.TrimEnd('.')}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenAddress)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", options.GraphClientId.Trim()), .. Credential(assertion),
                new("scope", options.Scope),
            ]),
        };
        return await GraphApi.SendAsync(clients, request, realTime, Read, ct);
    }

    TokenOr<string, GraphAttempt> Read(HttpResponseMessage response, JsonElement? body, GraphAttempt failed)
    {
        if (!response.IsSuccessStatusCode)
            return new(null, failed.Wait is null ? new(new GraphAnswer.NotNow(WordsFor(body, (int)response.StatusCode))) : failed);
        if (body?.Name("access_token") is not { } token)
            return new(null, new(new GraphAnswer.NotNow("because Employees:GraphTokenAddress answers without a token")));
        Keep(token, TimeSpan.FromSeconds(body.Value.Number("expires_in", 0)));
        return new(token, null);
    }

    void Keep(string token, TimeSpan lifetime)
    {
        var left = lifetime - Reserve;
        kept = (token, realTime.GetUtcNow() + (left < ShortestUse ? ShortestUse : left));
    }

    IEnumerable<KeyValuePair<string, string>> Credential(string? assertion) => assertion is null
        ? [new("client_secret", options.GraphClientSecret)]
        :
        [
            new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            new("client_assertion", assertion),
        ];

    static string WordsFor(JsonElement? body, int status)
    {
        var number = body?.List("error_codes").Select(each => each.AsText()).FirstOrDefault() is { } written
            && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
        var words = number switch
        {
            7000215 => "because Employees:GraphClientSecret is not the app's secret: the secret's value is meant, not its id",
            700027 => "because Employees:GraphCertificatePath is not a certificate of the app: upload its public part to the app's "
                + "registration",
            7000222 => "because Employees:GraphClientSecret has expired: make a new client secret for the app",
            700016 => "because Employees:GraphClientId is not known in the tenant of Employees:GraphTenantId",
            90002 or 900023 or 900021 => "because Employees:GraphTenantId is not a tenant of the cloud at Employees:GraphTokenAddress",
            7000112 => "because the app of Employees:GraphClientId is disabled in its tenant",
            500011 or 70011 or 1002012 => "because Employees:GraphBaseAddress is not of the cloud at Employees:GraphTokenAddress",
            53003 => "because a policy of the tenant blocks the app of Employees:GraphClientId",
            _ => $"because the issuer of tokens refuses the app of Employees:GraphClientId (status {status})",
        };
        return number == 0 ? words : $"{words} (AADSTS{number})";
    }
}
