using System.Text.Json;
using System.Text.RegularExpressions;

namespace BotDispatch.Hosting;

/// <summary>Says how the settings files are read, and what is wrong with one that .NET could not read.</summary>
internal static partial class SettingsFile
{
    /// <summary>
    /// The argument that makes .NET read the settings files once, at the start. Otherwise it watches the folder of appsettings.json with
    /// everything in it, and writes to a database there are reported to this process.
    /// </summary>
    /// <remarks>PhysicalFileProvider of .NET 10 watches subfolders too, whatever it was asked to watch.</remarks>
    public const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Returns the file, the line if it is known, and what to do.</summary>
    public static string Describe(InvalidDataException broken)
    {
        var file = Quoted().Match(broken.Message) is { Success: true } found ? found.Groups["file"].Value : "A file of settings";
        for (Exception? inner = broken.InnerException; inner is not null; inner = inner.InnerException)
            switch (inner)
            {
                case JsonException { LineNumber: { } line } json:
                    return $"{file}, line {line + 1}, place {json.BytePositionInLine + 1}: this is not JSON. A comma, quotation mark or "
                        + "bracket is missing or too much there or just before.";
                case FormatException when Quoted().Match(inner.Message) is { Success: true } key
                    && inner.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase):
                    return $"{file}: {key.Groups["file"].Value} is written twice. Remove one of them.";
                case UnauthorizedAccessException:
                    return $"{file} cannot be read: let the account of this process read it.";
            }
        return $"{file}: this is not a JSON object of settings. It begins with {{ and ends with }}, and its text is UTF-8.";
    }

    [GeneratedRegex("'(?<file>[^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
