using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Tickets;

/// <summary>What a client needs to know about one ticket system.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="ApiRoot">The address below which everything is asked; ends with a slash.</param>
/// <param name="AddressSetting">The setting that contains the address.</param>
/// <param name="CredentialSetting">The setting that contains the credentials.</param>
/// <param name="Authorize">Adds the credentials and other headers to a request.</param>
/// <param name="ProjectSetting">
/// The setting with the names of projects, which stand in addresses and may be those of yesterday; null if none do.
/// </param>
internal sealed record SystemAccount(string Name, Uri ApiRoot, string AddressSetting, string CredentialSetting,
    Action<HttpRequestHeaders> Authorize, string? ProjectSetting = null);

/// <summary>
/// Asks one ticket system and writes into it. An answer is at most 1 MB, comments 16 MB, and comes within <see cref="Timeout"/>. Redirects
/// of a question are followed to the same scheme, host and port only, so that no answer can lead our credentials or our requests
/// elsewhere; what is written follows none. While the system asks to be left alone, it is not asked.
/// </summary>
internal sealed partial class SystemClient(SystemAccount account, IHttpClientFactory clients, TimeProvider clock, ILogger<SystemClient> log)
{
    /// <summary>The name of the client at <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "Tickets";

    /// <summary>
    /// How long one question may take. A chat waits 2 s to 20 s and opens the dialog with the typed words if there is no answer.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(6);

    const int MostRedirects = 3;

    // A document of Jira's needs two levels for each part in a part.
    static readonly JsonDocumentOptions Limits = new() { MaxDepth = 512 };
    static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(10);
    static readonly TimeSpan MinutePause = TimeSpan.FromMinutes(1);
    // A longer pause would hide the tickets for as long; the system says it again if it means it.
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    readonly Outage outage = new();
    readonly Lock gate = new();
    DateTimeOffset pausedUntil = DateTimeOffset.MinValue;

    /// <summary>The host that is asked.</summary>
    public string Host => account.ApiRoot.Host;

    /// <summary>What an administrator can do if the system does not accept our credentials, as a whole sentence.</summary>
    public string CredentialRemedy => $"Correct {account.CredentialSetting}.";

    /// <summary>Asks for the JSON at an address below the API's root.</summary>
    /// <param name="pathAndQuery">The address.</param>
    /// <param name="ct">The caller waits no longer.</param>
    /// <param name="etag">The ETag of an earlier answer, which is not sent again if it still holds; null to ask for it anyway.</param>
    public Task<SystemAnswer> GetAsync(string pathAndQuery, CancellationToken ct, string? etag = null) =>
        NotedAsync(() => SendAsync(new Uri(account.ApiRoot, pathAndQuery), MostRedirects, etag, Client, ct));

    // Says once in the log that the system cannot be asked, and once that it can be asked again.
    async Task<SystemAnswer> NotedAsync(Func<Task<SystemAnswer>> ask)
    {
        if (PauseLeft() is { } pause)
            return new SystemAnswer.Failed($"it asks to be left alone for {(int)Math.Ceiling(pause.TotalSeconds)} s", After: pause);
        var answer = await ask();
        var because = answer switch
        {
            SystemAnswer.Failed failed => failed.Because,
            // A token may expire while people are called, long before it is asked again who we are.
            SystemAnswer.NotKnown(var status) => $"it does not accept {account.CredentialSetting} (status {status})",
            _ => null,
        };
        if (because is not null)
        {
            if (outage.IsNews(because))
                log.SystemUnavailable(account.Name, Host, because);
        }
        else if (outage.Ends())
            log.SystemAnswersAgain(account.Name, Host);
        return answer;
    }

    /// <summary>Reads one ticket.</summary>
    /// <param name="pathAndQuery">Where it is.</param>
    /// <param name="read">Makes the result from the answer.</param>
    /// <param name="check">Asks who we are, because a system may hide a ticket from somebody whom it does not know.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task<FoundTicket> FindAsync(
        string pathAndQuery, Func<JsonElement, FoundTicket> read, Func<CancellationToken, Task<SystemCheck>> check, CancellationToken ct) =>
        await GetAsync(pathAndQuery, ct) switch
        {
            SystemAnswer.Content(var body) => Read(body, read, new FoundTicket.Unavailable("its answer could not be read")),
            SystemAnswer.Missing => await check(ct) switch
            {
                SystemCheck.Known => new FoundTicket.Unknown(),
                SystemCheck.Unreachable(var because) => new FoundTicket.Unavailable(because),
                SystemCheck.WrongAddress => new FoundTicket.Unavailable($"nothing is found at the address that is set for {account.Name}"),
                _ => new FoundTicket.Unavailable($"{account.Name} does not accept BotDispatch's credentials"),
            },
            SystemAnswer.NotKnown => new FoundTicket.Unavailable($"{account.Name} does not accept BotDispatch's credentials"),
            SystemAnswer.Forbidden => new FoundTicket.Unavailable($"{account.Name} does not let BotDispatch read it"),
            SystemAnswer.Failed { Because: var because } => new FoundTicket.Unavailable($"{account.Name}: {because}"),
            _ => new FoundTicket.Unknown(),
        };

    /// <summary>Reads a list; null if the system could not be asked.</summary>
    public async Task<T?> ListAsync<T>(string pathAndQuery, Func<JsonElement, T?> read, CancellationToken ct) where T : class =>
        await GetAsync(pathAndQuery, ct) is SystemAnswer.Content(var body) ? Read(body, read, null) : null;

    /// <summary>Asks who we are.</summary>
    /// <param name="pathAndQuery">Where the system says it.</param>
    /// <param name="name">Reads our name there; null if there is none, because the system does not know us.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task<SystemCheck> CheckAsync(string pathAndQuery, Func<JsonElement, string?> name, CancellationToken ct) =>
        await GetAsync(pathAndQuery, ct) switch
        {
            SystemAnswer.Content(var body) => Read(body, name, null) is { Length: > 0 } known ? new SystemCheck.Known(known)
                : NotAccepted(null),
            SystemAnswer.NotKnown(var status) => NotAccepted(status),
            SystemAnswer.Forbidden(var status) => NotAccepted(status),
            SystemAnswer.Missing => new SystemCheck.WrongAddress(
                $"{account.AddressSetting} is not the address of {account.Name}: nothing is found there at "
                + $"{new Uri(account.ApiRoot, pathAndQuery).AbsolutePath}."),
            SystemAnswer.Failed { Because: var because } => new SystemCheck.Unreachable(because),
            _ => NotAccepted(null),
        };

    SystemCheck.Refused NotAccepted(int? status) => new(
        $"{account.CredentialSetting} is not accepted by {account.Name}{(status is null ? "" : $" (status {status})")}: "
        + "write the credentials of an account that may read the tickets.");

    T Read<T>(JsonElement body, Func<JsonElement, T> read, T otherwise)
    {
        try
        {
            return read(body);
        }
        // An answer of an unexpected shape must not end the command; half a character in it raises InvalidOperationException.
        catch (Exception unread) when (unread is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            log.SystemMisread(account.Name, unread.GetType().Name, unread.StackTrace);
            return otherwise;
        }
    }

    async Task<SystemAnswer> SendAsync(Uri address, int redirectsLeft, string? etag, string client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        account.Authorize(request.Headers);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        Attempt.SetBudget(request, Timeout);
        var (answer, next) = await clients.SendAsync<(SystemAnswer?, Uri?)>(
            client, request,
            (response, body) => Judge(response, body, address), failure => (new SystemAnswer.Failed(failure.Because), null), ct);
        return answer ?? (redirectsLeft > 0 ? await SendAsync(next!, redirectsLeft - 1, etag, client, ct)
            : new SystemAnswer.Failed("it redirects in a circle"));
    }

    (SystemAnswer? Answer, Uri? Next) Judge(HttpResponseMessage response, byte[] body, Uri address)
    {
        var status = (int)response.StatusCode;
        var words = status is 403 ? ReasonIn(body) : "";
        if (PauseAskedFor(response, words) is { } pause)
        {
            lock (gate)
                pausedUntil = clock.GetUtcNow() + pause;
            if (status is < 200 or > 299)
                return (new SystemAnswer.Failed(
                    $"it asks to be left alone for {(int)Math.Ceiling(pause.TotalSeconds)} s", After: pause), null);
        }
        return status switch
        {
            >= 200 and <= 299 => (Parse(body, response.Content.Headers.ContentType?.CharSet) is { } json
                ? new SystemAnswer.Content(json) { ETag = ETagOf(response) }
                : new SystemAnswer.Failed($"its answer is no JSON: {account.AddressSetting} may be the address of something else, "
                + "or a page for signing in comes first"), null),
            304 => (new SystemAnswer.NotChanged(), null),
            301 or 302 or 303 or 307 or 308 => Redirect(response.Headers.Location, address),
            401 => (new SystemAnswer.NotKnown(status), null),
            403 => (new SystemAnswer.Forbidden(status) { Words = words }, null),
            404 or 410 => (new SystemAnswer.Missing(), null),
            _ => (new SystemAnswer.Failed($"it answers with status {status}"), null),
        };
    }

    (SystemAnswer? Answer, Uri? Next) Redirect(Uri? location, Uri address)
    {
        if (OnSameServer(location, address) is { } target)
            return (null, target);
        return (new SystemAnswer.Failed(
            $"it redirects to another server, where BotDispatch does not follow: {account.AddressSetting} must be the address of "
            + "the system itself"), null);
    }

    static Uri? OnSameServer(Uri? location, Uri address) =>
        location is not null && Uri.TryCreate(address, location, out var target)
        && Uri.Compare(target, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? target : null;

    static JsonElement? Parse(byte[] body, string? charset = null)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadableJson.Of(body, charset), Limits);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    TimeSpan? PauseLeft()
    {
        lock (gate)
            return pausedUntil - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;
    }

    // GitHub answers 403 where others answer 429, and says when the next hour begins; GitLab and Zendesk count down in headers of their
    // own.
    TimeSpan? PauseAskedFor(HttpResponseMessage response, string words)
    {
        var asked = RetryAfter.Of(response, clock.WallNow, TimeSpan.FromSeconds(1), LongestPause);
        var isUsedUp = Number(response, "X-RateLimit-Remaining") == 0 || Number(response, "RateLimit-Remaining") == 0;
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => asked ?? Reset(response) ?? DefaultPause,
            HttpStatusCode.ServiceUnavailable => asked,
            HttpStatusCode.Forbidden when asked is not null || isUsedUp => asked ?? Reset(response) ?? DefaultPause,
            // GitHub's secondary limit, which counts requests of a minute, may come without any header.
            HttpStatusCode.Forbidden when words.Contains("rate limit", StringComparison.OrdinalIgnoreCase) => MinutePause,
            _ when isUsedUp => Reset(response),
            _ => null,
        };
    }

    TimeSpan? Reset(HttpResponseMessage response)
    {
        if ((Number(response, "X-RateLimit-Reset") ?? Number(response, "RateLimit-Reset")) is not { } reset)
            return null;
        // A large number is a moment, a small one how long it takes until then.
        var left = reset > 1_000_000_000 ? reset - clock.WallNow.ToUnixTimeSeconds() : reset;
        return TimeSpan.FromSeconds(Math.Clamp(left, 1, (long)LongestPause.TotalSeconds));
    }

    static string? ETagOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("ETag", out var values) ? values.First() : null;

    static long? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
