using System.Text.RegularExpressions;
using BotDispatch.Http;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace BotDispatch.Employees.Graph;

/// <summary>A token of a managed identity, and how long it can be used.</summary>
internal sealed record IdentityToken(string Value, TimeSpan Lifetime);

/// <summary>Gets tokens as the managed identity of the machine, by MSAL, which knows every kind of machine that has one.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview</remarks>
internal sealed partial class GraphIdentity(GraphPeopleOptions options, IHttpClientFactory clients)
{
    readonly IManagedIdentityApplication app = ManagedIdentityApplicationBuilder.Create(IdOf(options.GraphManagedIdentity.Trim()))
        .WithHttpClientFactory(new MsalClients(clients, GraphApi.Identity), retryOnceOn5xx: false).Build();

    /// <summary>Returns a token that MSAL keeps, or with <paramref name="isFresh"/> a new one; or why there is none.</summary>
    public async Task<TokenOr<IdentityToken, GraphAttempt>> GetAsync(bool isFresh, CancellationToken ct)
    {
        try
        {
            var result = await app.AcquireTokenForManagedIdentity(options.Resource).WithForceRefresh(isFresh).ExecuteAsync(ct);
            // MSAL counts by the system's clock.
            return new(new(result.AccessToken, result.ExpiresOn - TimeProvider.System.GetUtcNow()), null);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested && WordsFor(failed) is { } because)
        {
            return new(null, new(new GraphAnswer.NotNow(because)));
        }
    }

    static string? WordsFor(Exception failed) => failed switch
    {
        // Microsoft.Identity.Client 4.92 reports a timeout of its HTTP client as request_timeout, with the status 0.
        MsalException { ErrorCode: MsalError.RequestTimeout } or HttpRequestException or OperationCanceledException or TimeoutException =>
            "because the managed identity of Employees:GraphManagedIdentity did not answer",
        MsalException { ErrorCode: MsalError.ManagedIdentityUnreachableNetwork } =>
            "because this machine offers no managed identity for Employees:GraphManagedIdentity: it works on Azure, and on machines that "
                + "Azure Arc manages",
        MsalServiceException { StatusCode: 429 or >= 500 } busy =>
            $"because the managed identity of Employees:GraphManagedIdentity cannot be asked now (status {busy.StatusCode})",
        MsalServiceException => "because Employees:GraphManagedIdentity is not assigned to this machine, or may not sign in",
        MsalException other => $"because Employees:GraphManagedIdentity cannot be used: {Clean(other.ErrorCode)}",
        _ => null,
    };

    // The words of other systems may contain anything.
    static string Clean(string code) => Word().IsMatch(code) ? code : "unnamed_error";

    static ManagedIdentityId IdOf(string written) => written.Equals(
        GraphPeopleOptionsValidator.SystemIdentity, StringComparison.OrdinalIgnoreCase)
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.WithUserAssignedClientId(written);

    [GeneratedRegex(@"^[a-z0-9_]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
