using System.Globalization;

namespace BotDispatch.Hosting;

/// <summary>
/// Checks the addresses that the web server is to listen on. The server itself would report only one fault at a time, in its own words.
/// </summary>
internal static class ListeningCheck
{
    const int HighestPort = 65535;

    public static IEnumerable<string> Wrong(IConfiguration configuration)
    {
        foreach (var address in Split(configuration["urls"]).Where(address => !IsAddress(address)))
            yield return $"urls names {address}, which is not an address to listen on: write one like http://localhost:5080 (in the "
                + "environment ASPNETCORE_URLS).";
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren().Where(each => !IsAddress(each["Url"] ?? "")))
            yield return $"{endpoint.Path}:Url is not an address to listen on: write one like http://localhost:5080.";
        foreach (var name in (string[])["http_ports", "https_ports"])
            foreach (var port in Split(configuration[name]).Where(port =>
                !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= HighestPort)))
                yield return $"{name} names {port}, which is not a port: write numbers up to {HighestPort}, as 8080 (in the environment "
                    + $"ASPNETCORE_{name.ToUpperInvariant()}).";
    }

    static string[] Split(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static bool IsAddress(string written)
    {
        try
        {
            var address = BindingAddress.Parse(written);
            return address.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS"
                && address.PathBase.Length == 0
                && (address.IsUnixPipe || address.IsNamedPipe || address.Port is >= 0 and <= HighestPort);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
