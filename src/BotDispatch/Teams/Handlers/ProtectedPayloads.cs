using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Teams.Handlers;

/// <summary>
/// Protects what travels in buttons and comes back, because a client can send anything there. Only what this app protected is read:
/// content of the same kind, for the same tenant.
/// </summary>
internal sealed class ProtectedPayloads(IDataProtectionProvider protection)
{
    // Every button carries it, and a card has a limit: letters stand as they are.
    static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Protects it.</summary>
    public string Protect<T>(string tenant, T content) => Protector<T>(tenant).Protect(JsonSerializer.Serialize(content, Short));

    /// <summary>Protects what an open dialog belongs to; nobody but this user can send that dialog.</summary>
    public string ProtectDialog(string tenant, string userId, DialogContext dialog) => Protect<Dialog>(
        tenant, new(dialog.FormId, userId, dialog.Channel.Address, dialog.Reference, dialog.Replaces?.Value, dialog.Link));

    /// <summary>Reads what was protected; null for anything else.</summary>
    public T? Open<T>(string tenant, string text) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Protector<T>(tenant).Unprotect(text));
        }
        // Another release may have protected it, with other fields.
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads what an open dialog belongs to; null if it was not shown to this user.</summary>
    public DialogContext? OpenDialog(string tenant, string userId, string text) =>
        Open<Dialog>(tenant, text) is { } it && it.By == userId
            ? new(it.FormId, new(TeamsAddress.Platform, it.Channel), it.Reference, ReplacedBy(it), it.Link)
            : null;

    static DispatchId? ReplacedBy(Dialog dialog) => DispatchId.TryParse(dialog.Replaces, null, out var id) ? id : null;

    // Dialogs that were opened before an update must be read after it, so the purpose stays as it was.
    IDataProtector Protector<T>(string tenant) => protection.CreateProtector(
        "BotDispatch.Teams.Handlers", typeof(T) == typeof(Dialog) ? "DialogContext" : typeof(T).Name, tenant);

    /// <summary>What an open dialog belongs to, and to whom it was shown: their id for this bot.</summary>
    sealed record Dialog(string FormId, string By, string Channel, string Reference, string? Replaces, string? Link);
}
