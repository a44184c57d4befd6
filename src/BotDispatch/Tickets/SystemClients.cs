using BotDispatch.Http;

namespace BotDispatch.Tickets;

/// <summary>Makes the client of each ticket system, all of them on one set-up of connections.</summary>
internal sealed class SystemClients(IHttpClientFactory clients, TimeProvider realTime, ILogger<SystemClient> log)
{
    const int LargestAnswer = 1024 * 1024;
    const int LargestNotes = 16 * LargestAnswer;

    /// <summary>Returns the client of one system.</summary>
    public SystemClient For(SystemAccount account) => new(account, clients, realTime, log);

    /// <summary>
    /// Adds the connections. They follow no redirect by themselves, verify TLS, keep no cookies and repeat nothing: somebody waits for the
    /// answer, and a question that failed is asked again when they try again.
    /// </summary>
    public static void AddConnections(IServiceCollection services)
    {
        services.AddOutgoingClient(SystemClient.Client, RetryPolicy.Never, LargestAnswer).AsksForJson();
        services.AddOutgoingClient(SystemClient.NotesClient, RetryPolicy.Never, LargestNotes).AsksForJson();
    }
}
