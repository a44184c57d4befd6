using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using BotDispatch.Http;
using Microsoft.IdentityModel.Tokens;

namespace BotDispatch.Teams.Inbound;

/// <summary>A key of the issuer and the channels for which it may sign.</summary>
/// <param name="Name">Its <c>kid</c>.</param>
/// <param name="Rsa">The key that verifies signatures.</param>
/// <param name="Endorsements">The ids of those channels.</param>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed record IssuerKey(string Name, RsaSecurityKey Rsa, ImmutableHashSet<string> Endorsements)
{
    const int ShortestInBytes = 2048 / 8;

    /// <summary>The keys in a key set. Keys that are not RSA or too short are left out.</summary>
    public static IssuerKeySet ReadAll(JsonElement set) => new([.. set.List("keys").Select(Read).OfType<IssuerKey>()]);

    static IssuerKey? Read(JsonElement key) =>
        key.Text("kty") == "RSA" && key.Text("use") is null or "sig" && key.Text("kid") is { Length: > 0 } name
        && Bytes(key.Text("n")) is { Length: >= ShortestInBytes } modulus && Bytes(key.Text("e")) is { Length: > 0 } exponent
            ? new(
                name,
                new(new RSAParameters { Modulus = modulus, Exponent = exponent }) { KeyId = name },
                key.List("endorsements").Select(each => each.AsText()).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal))
            : null;

    static byte[]? Bytes(string? encoded) => encoded is not null && Base64Url.IsValid(encoded) ? Base64Url.DecodeFromChars(encoded) : null;
}

/// <summary>All keys of the issuer at one moment.</summary>
internal sealed record IssuerKeySet(ImmutableArray<IssuerKey> All)
{
    /// <summary>Whether the key set has no usable key.</summary>
    public bool IsEmpty => All.IsEmpty;
}
