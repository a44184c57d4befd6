using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Teams.Handlers;

/// <summary>What a dialog belongs to.</summary>
/// <param name="FormId">Which opening of the dialog.</param>
/// <param name="By">To whom it was shown, by their id for this bot: nobody else sends it.</param>
/// <param name="Channel">Where the card is to stand.</param>
/// <param name="Reference">The ticket's, or the free words.</param>
/// <param name="Replaces">The closed dispatch whose thread this goes on in.</param>
/// <param name="Link">Where free words came from.</param>
internal sealed record DialogContext(string FormId, string By, string Channel, string Reference, string? Replaces, string? Link);

/// <summary>
/// ProtectedPayloads what travels in buttons and comes back: Teams brings it back as whatever a client sends. What is sealed is ours, of that kind and for that tenant, or it is not read.
/// </summary>
internal sealed class ProtectedPayloads(IDataProtectionProvider protection)
{
    // Every button carries it, and a card has a limit: letters stand as they are.
    static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>ProtectedPayloads it.</summary>
    public string Protect<T>(string tenant, T content) => Protector<T>(tenant).Protect(JsonSerializer.Serialize(content, Short));

    /// <summary>What was sealed; null for anything else.</summary>
    public T? Open<T>(string tenant, string text) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Protector<T>(tenant).Unprotect(text));
        }
        // Sealed by another release, whose words were others.
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }

    IDataProtector Protector<T>(string tenant) => protection.CreateProtector("BotDispatch.Teams.Handlers", typeof(T).Name, tenant);
}
