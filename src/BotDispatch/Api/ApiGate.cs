using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using BotDispatch.Http;
using BotDispatch.Storage;

namespace BotDispatch.Api;

/// <summary>
/// Admits requests with a valid key, as a bearer token or as the password of basic authentication, because alert senders can send one of
/// the two. The key is looked up for each request, so a revoked key ends at once, on every node.
/// </summary>
internal sealed class ApiGate(ApiKeyStore keys, UnverifiedRequests unverified, TimeProvider real, ILogger<ApiGate> log)
{
    const string Bearer = "Bearer ";
    const string Basic = "Basic ";

    /// <summary>Returns the key of the request; null if the request was answered already, because it may not do this.</summary>
    public async Task<ApiKey?> AdmitAsync(HttpContext http, ApiPermission permission)
    {
        if (TextIn(http.Request.Headers.Authorization) is not { } text || !ApiKey.TryReadId(text, out var id))
            return await RefuseAsync(http, "no key, or something that is not written as a key is");
        ApiKeyRow? row;
        try
        {
            row = await keys.FindAsync(id, http.RequestAborted);
        }
        catch (Exception broken) when (broken is DbException or TimeoutException)
        {
            log.KeysNotRead(broken);
            await http.AnswerAsync(Problem.Unavailable("The keys cannot be read. Send the request again."));
            return null;
        }
        var now = real.GetUtcNow();
        if (row is null || !ApiKey.IsOf(row, text))
            return await RefuseAsync(http, "an unknown key");
        if (row.ExpiresAt <= now)
            return await RefuseAsync(http, "an expired key");
        var key = new ApiKey(row);
        if (!key.May(permission))
        {
            await http.AnswerAsync(Problem.Forbidden($"The key {key.Name} has no permission '{permission.ToString().ToLowerInvariant()}'. "
                + "An administrator gives permissions when a key is made: keys new NAME --may=..."));
            return null;
        }
        if (!(now - row.LastUsedAt < ApiKeyStore.UsePrecision))
            await NoteUseAsync(key, now);
        return key;
    }

    async Task<ApiKey?> RefuseAsync(HttpContext http, string reason)
    {
        await unverified.RefuseAsync(http, Problem.Unauthorized, reason);
        return null;
    }

    // When a key was last used is worth knowing, but no request fails because it could not be noted.
    async Task NoteUseAsync(ApiKey key, DateTimeOffset now)
    {
        try
        {
            await keys.NoteUseAsync(key.Id, now, CancellationToken.None);
        }
        catch (Exception broken) when (broken is DbException or TimeoutException)
        {
            log.UseNotNoted(broken, key.Name);
        }
    }

    static string? TextIn(string? header)
    {
        if (header is null || header.Length > 512)
            return null;
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return header[Bearer.Length..].Trim();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return null;
        var encoded = header[Basic.Length..].Trim();
        if (!Base64.IsValid(encoded))
            return null;
        var decoded = Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        return decoded.IndexOf(':') is >= 0 and var colon ? decoded[(colon + 1)..] : null;
    }
}
