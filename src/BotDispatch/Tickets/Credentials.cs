using System.Net.Http.Headers;
using System.Text;

namespace BotDispatch.Tickets;

/// <summary>Writes credentials as HTTP wants them.</summary>
internal static class Credentials
{
    /// <summary>A user and a password, in UTF-8 (RFC 7617).</summary>
    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
