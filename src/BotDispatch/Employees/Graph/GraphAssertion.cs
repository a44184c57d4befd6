using System.Security.Cryptography;
using BotDispatch.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BotDispatch.Employees.Graph;

/// <summary>The statement, signed with a certificate, by which the app shows who it is.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/certificate-credentials</remarks>
internal static class GraphAssertion
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Returns a new one. The certificate is read each time, because an administrator may replace it.</summary>
    public static string Of(GraphPeopleOptions options, DateTimeOffset now)
    {
        using var certificate = CertificateFile.Load(options.GraphCertificatePath, options.GraphCertificatePassword);
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
