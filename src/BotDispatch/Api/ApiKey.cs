using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Api;

/// <summary>What a key may be used for.</summary>
internal enum ApiPermission
{
    /// <summary>Start dispatches.</summary>
    Start,
    /// <summary>Read the state and the events of dispatches.</summary>
    Read,
    /// <summary>Cancel dispatches.</summary>
    Cancel,
    /// <summary>Send alerts.</summary>
    Alerts,
    /// <summary>Say that a ticket has changed.</summary>
    Tickets,
}

/// <summary>A program that showed a key.</summary>
internal sealed class ApiKey(ApiKeyRow row)
{
    /// <summary>How a key begins, so that it is recognised where it should not stand.</summary>
    const string Prefix = "bd_";
    const int IdLength = 8;
    const int SecretBytes = 32;

    readonly string[] lists = Split(row.Lists);
    readonly string[] channels = row.Channels.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string Id => row.Id;

    public string Name => row.Name;

    /// <summary>The lists that the key may call. Null if it may call everybody.</summary>
    public IReadOnlyList<string>? Lists => lists.Length == 0 ? null : lists;

    /// <summary>The places that the key may use, as an administrator wrote them. Null if it may use all of them.</summary>
    public IReadOnlyList<string>? Channels => channels.Length == 0 ? null : channels;

    /// <summary>Whether the key may be used for this.</summary>
    public bool May(ApiPermission permission) =>
        Split(row.Permissions).Contains(permission.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The requester that threads name.</summary>
    /// <param name="sender">The program that uses the key, such as Grafana; null if only the key is known.</param>
    public Person AsPerson(string? sender = null) =>
        Person.OfProgram(Id, sender is null ? $"API key {Name}" : $"{sender} (key {Name})");

    /// <summary>Makes a new key. The text is shown once and is not stored.</summary>
    public static (string Id, string Text) Create()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        return (id, $"{Prefix}{id}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>Reads the id in the text of a key; false if the text cannot be a key of ours.</summary>
    public static bool TryReadId(string text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (text.Length != Prefix.Length + IdLength + 1 + (2 * SecretBytes) || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdLength] != '_')
            return false;
        id = text.Substring(Prefix.Length, IdLength);
        return text.Skip(Prefix.Length).All(letter => char.IsAsciiHexDigitLower(letter) || letter == '_');
    }

    /// <summary>The hash that is stored of a key.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether the text is the key of this row. Takes the same time for every wrong text.</summary>
    public static bool IsOf(ApiKeyRow row, string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Hash), Encoding.ASCII.GetBytes(HashOf(text)));

    static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
