using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BotDispatch.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BotDispatch.Employees.Graph;

/// <summary>The statement, signed with a certificate, by which the app shows who it is.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/certificate-credentials</remarks>
internal static class GraphAssertion
{
    const string Setting = "Employees:GraphCertificatePath";
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Returns a new one, or what is wrong with the certificate and what to do. The file is read each time, because an administrator may
    /// replace it, and once, because that may happen meanwhile.
    /// </summary>
    public static (string? Assertion, string? Problem) Of(GraphPeopleOptions options, DateTimeOffset now)
    {
        try
        {
            using var certificate = CertificateFile.Load(options.GraphCertificatePath, options.GraphCertificatePassword);
            if (CertificateFile.ProblemWith(Setting, options.GraphCertificatePath, certificate, now) is { } problem)
                return (null, problem);
            using var key = certificate.GetRSAPrivateKey();
            return key is null
                ? (null, $"{Setting} has no RSA key, and Microsoft Entra accepts no other: make a certificate with one.")
                : (Signed(certificate, options, now), null);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return (null, WordsFor(options, now));
        }
    }

    static string WordsFor(GraphPeopleOptions options, DateTimeOffset now) =>
        CertificateFile.ProblemWith(Setting, options.GraphCertificatePath, options.GraphCertificatePassword, now)
            ?? $"{Setting} is {options.GraphCertificatePath}: it cannot be used now.";

    static string Signed(X509Certificate2 certificate, GraphPeopleOptions options, DateTimeOffset now)
    {
        var app = options.GraphClientId.Trim();
        var credentials = new X509SigningCredentials(certificate, SecurityAlgorithms.RsaSsaPssSha256)
        {
            // A kept signer would use the certificate after it was disposed.
            CryptoProviderFactory = new() { CacheSignatureProviders = false },
        };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = options.TokenAddress.AbsoluteUri,
            Issuer = app,
            Claims = new Dictionary<string, object> { ["sub"] = app, ["jti"] = Guid.NewGuid().ToString() },
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["x5t#S256"] = Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData)),
            },
            SigningCredentials = credentials,
        });
    }
}
