using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Playground;

/// <summary>The files of the page. They are part of the program, so they are the same in a source tree and in a published build.</summary>
internal sealed class PageFiles
{
    const string Folder = "playground/";

    static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    readonly FrozenDictionary<string, PageFile> files = Load();

    /// <summary>Returns the file with that name; 404 if there is none.</summary>
    public IResult Send(string name, HttpResponse response)
    {
        if (!files.TryGetValue(name, out var file))
            return TypedResults.NotFound();
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return TypedResults.Bytes(file.Content, file.Type, entityTag: file.Tag);
    }

    static FrozenDictionary<string, PageFile> Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Folder.Length..], name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
                return new PageFile(content, Types[Path.GetExtension(name)], new EntityTagHeaderValue(tag));
            });
    }

    sealed record PageFile(byte[] Content, string Type, EntityTagHeaderValue Tag);
}
