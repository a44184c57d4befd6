using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using BotDispatch.Core;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Chat;

/// <summary>What a form's id says of it.</summary>
/// <param name="Id">The id itself.</param>
/// <param name="ExpiresAt">After this a submit is refused.</param>
/// <param name="IsFreeText">Its subject was typed: there is no ticket to look up.</param>
/// <param name="List">The id of the named list that it calls; null if it calls none.</param>
internal sealed record OpenedForm(string Id, DateTimeOffset ExpiresAt, bool IsFreeText, string? List = null);

/// <summary>
/// Names each opening of the dialog. The name itself carries its expiry and cannot be made or changed outside, so nothing is stored for
/// an open dialog.
/// </summary>
internal sealed class FormIds(IDataProtectionProvider protection, TimeProvider realTime)
{
    /// <summary>How long a dialog may stay open.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    // One for each chat: the names of platforms are ours, so their number is bounded.
    readonly ConcurrentDictionary<string, IDataProtector> protectors = new();

    /// <summary>Names the dialog that this delivery opens.</summary>
    public OpenedForm Open(string platform, string delivery, bool isFreeText, string? list = null) =>
        Named(platform, delivery, realTime.GetUtcNow() + Life, isFreeText, list);

    /// <summary>What the id says; null if it is not ours.</summary>
    public OpenedForm? Read(string platform, string formId)
    {
        try
        {
            return Protector(platform).Unprotect(formId).Split('|', 4) is [_, var expires, var kind, .. var list]
                ? new(formId, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(expires, CultureInfo.InvariantCulture)), kind == "text",
                    list is [var named] ? named : null)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Names the same dialog after another list was chosen in it. It may stay open no longer for that.</summary>
    public OpenedForm WithList(string platform, OpenedForm form, string? list) => string.Equals(form.List, list, StringComparison.Ordinal)
        ? form
        : Named(platform, form.Id, form.ExpiresAt, form.IsFreeText, list);

    /// <summary>Whether its time is over.</summary>
    public bool IsExpired(OpenedForm form) => realTime.GetUtcNow() >= form.ExpiresAt;

    OpenedForm Named(string platform, string delivery, DateTimeOffset expires, bool isFreeText, string? list)
    {
        var (id, kind) = (DispatchId.From(platform, delivery), isFreeText ? "text" : "ticket");
        var content = string.Create(CultureInfo.InvariantCulture, $"{id}|{expires.ToUnixTimeMilliseconds()}|{kind}");
        return new(Protector(platform).Protect(list is null ? content : $"{content}|{list}"), expires, isFreeText, list);
    }

    IDataProtector Protector(string platform) =>
        protectors.GetOrAdd(platform, static (name, from) => from.CreateProtector("BotDispatch.Chat.FormIds", name), protection);
}
