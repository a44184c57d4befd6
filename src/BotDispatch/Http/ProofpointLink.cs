using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace BotDispatch.Http;

/// <summary>Reads the link inside a link of Proofpoint's URL Defense.</summary>
/// <remarks>
/// Version 1 has the link in <c>u</c>. Version 2 has it there with a hyphen for each percent sign and an underscore for each slash. Version
/// 3 is <c>/v3/__LINK__;SIGNS!!…</c>: each sign of the link that Proofpoint does not write there is an asterisk, and several in a row are
/// two asterisks and a letter for their number, <c>A</c> for two; the signs themselves follow as UTF-8 in base64 for addresses. As
/// Proofpoint's own decoder reads them (urldecoder.py, version 3.0.1).
/// </remarks>
internal static partial class ProofpointLink
{
    const string Numbers = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Returns the link inside; null if it cannot be read.</summary>
    /// <param name="text">The whole link of Proofpoint.</param>
    /// <param name="path">Its path.</param>
    /// <param name="target">What its query says is the target, decoded; empty if it says nothing.</param>
    public static string? Inside(string text, string path, string target) => path switch
    {
        "/v1/url" => target,
        "/v2/url" => WebUtility.HtmlDecode(Uri.UnescapeDataString(
            target.Replace('-', '%').Replace('_', '/'))),
        _ => OfVersion3(text),
    };

    static string? OfVersion3(string text)
    {
        if (Version3().Match(text) is not { Success: true } found || !Base64Url.IsValid(found.Groups["signs"].ValueSpan))
            return null;
        var signs = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(found.Groups["signs"].ValueSpan)).EnumerateRunes().ToArray();
        var (at, isWhole) = (0, true);
        var link = Replaced().Replace(Uri.UnescapeDataString(found.Groups["link"].Value), replaced =>
        {
            var count = replaced.Length == 1 ? 1 : Numbers.IndexOf(replaced.Value[2], StringComparison.Ordinal) + 2;
            isWhole &= at + count <= signs.Length;
            var these = string.Concat(signs.Skip(at).Take(count));
            at += count;
            return these;
        });
        // Mail servers write two slashes in a path as one.
        return isWhole ? OneSlash().Replace(link, "://") : null;
    }

    [GeneratedRegex("/v3/__(?<link>https?:/.+?)__;(?<signs>[a-z0-9_=-]*)(?:!|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Version3();

    [GeneratedRegex(@"\*(?:\*[A-Za-z0-9_-])?", RegexOptions.CultureInvariant)]
    private static partial Regex Replaced();

    [GeneratedRegex("(?<=^https?):/(?!/)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OneSlash();
}
