using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>
/// Microsoft's side of Teams in the generator's process: the keys that sign requests, the bot's token, and the connector. It accepts
/// everything at once.
/// </summary>
internal sealed class PretendTeamsApi(PretendWorld world) : IDisposable
{
    public const string AppId = "11111111-2222-4333-8444-555555555555";
    public const string Tenant = "22222222-0000-4000-8000-000000000002";

    const string Key = "bench-1";

    readonly RSA signing = RSA.Create(2048);
    readonly ConcurrentDictionary<string, TaskCompletionSource<string>> cards = new();
    readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> offers = new();
    readonly ConcurrentDictionary<string, string> dispatches = new();
    int numbers;

    /// <summary>Where the connector is, as activities say it.</summary>
    public Uri ServiceUrl { get; private set; } = null!;

    /// <summary>The header of every activity. One token is signed for all of them: making it costs more than what is measured.</summary>
    public string Authorization { get; private set; } = "";

    /// <summary>For the address of tokens and of the connector: the product sends secrets over https alone.</summary>
    public static X509Certificate2 NewCertificate(string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(file, made.ExportCertificatePem());
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Maps everything below the server's own address.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/v1/.well-known/openidconfiguration", http => GeneratorApp.AnswerAsync(http, Utf8(
            $$"""{"issuer":"https://api.botframework.com","jwks_uri":"http://{{http.Request.Host}}/v1/.well-known/keys"}""")));
        app.MapGet("/v1/.well-known/keys", http => GeneratorApp.AnswerAsync(http, Keys()));
        app.MapPost("/{tenant}/oauth2/v2.0/token", static http => GeneratorApp.AnswerAsync(http, Utf8(
            """{"token_type":"Bearer","expires_in":86399,"ext_expires_in":86399,"access_token":"bot-token"}""")));
        app.MapPost("/teams/v3/conversations", ThreadAsync);
        app.MapPost("/teams/v3/conversations/{conversation}/activities", SendAsync);
        app.MapPut("/teams/v3/conversations/{conversation}/activities/{message}", UpdateAsync);
        app.MapGet("/teams/v3/conversations/{conversation}/{**rest}",
            static http => GeneratorApp.AnswerAsync(http, """{"members":[]}"""u8.ToArray()));
    }

    /// <summary>Begins to sign for the connector at this port.</summary>
    public void Begin(int securePort)
    {
        ServiceUrl = new($"https://localhost:{securePort}/teams/");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = $$"""
            {"serviceurl":"{{ServiceUrl}}","nbf":{{now}},"exp":{{now + 86400}},"iss":"https://api.botframework.com","aud":"{{AppId}}"}
            """;
        var signed = Encoded(Utf8($$"""{"alg":"RS256","kid":"{{Key}}","typ":"JWT"}""")) + "." + Encoded(Utf8(claims));
        var signature = signing.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Authorization = $"Bearer {signed}.{Encoded(signature)}";
    }

    /// <summary>A new number for a message or an activity.</summary>
    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"17{Interlocked.Increment(ref numbers):D11}");

    /// <summary>The bot's answer to a message: the card with the button that opens the dialog.</summary>
    public Task<byte[]> OfferAsync(string conversation) =>
        offers.GetOrAdd(conversation, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The dispatch whose card shows this ticket.</summary>
    public Task<string> CardAsync(string ticket) =>
        cards.GetOrAdd(ticket, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nobody waits for these any more.</summary>
    public void Forget(string conversation, string ticket)
    {
        offers.TryRemove(conversation, out _);
        cards.TryRemove(ticket, out _);
    }

    public void Dispose() => signing.Dispose();

    async Task ThreadAsync(HttpContext http)
    {
        var root = NewId();
        var channel = await BodyText.ReadAsync(http, body =>
        {
            var id = dispatches[root] = body.WordAfter("\"dispatch\":\""u8);
            Drawn(id, body);
            if (cards.TryGetValue(body.WordAfter("tickets.example.com/"u8), out var card))
                card.TrySetResult(id);
            return Encoding.ASCII.GetString(body.After("19:ops"u8).Before("@thread.tacv2"u8));
        });
        await GeneratorApp.AnswerAsync(http, Utf8($$"""{"id":"19:ops{{channel}}@thread.tacv2;messageid={{root}}","activityId":"{{root}}"}"""));
    }

    async Task SendAsync(HttpContext http)
    {
        var conversation = WebUtility.UrlDecode((string)http.GetRouteValue("conversation")!);
        if (offers.TryRemove(conversation, out var offer))
            offer.TrySetResult(await BodyText.ReadAsync(http, static body => body.ToArray()));
        else
        {
            var isAcceptance = await BodyText.ReadAsync(http, static body => body.Has("Accepted:"u8));
            if (dispatches.TryGetValue(conversation[(conversation.LastIndexOf('=') + 1)..], out var id)
                && world.Journey(id) is var journey && journey.Reply(isAcceptance))
                world.Timings.Add("last key to acceptance in the thread", journey.AcceptedAt);
        }
        await GeneratorApp.AnswerAsync(http, Utf8($$"""{"id":"{{NewId()}}"}"""));
    }

    async Task UpdateAsync(HttpContext http)
    {
        var message = (string)http.GetRouteValue("message")!;
        await BodyText.ReadAsync(http, body => dispatches.TryGetValue(message, out var id) && Drawn(id, body));
        await GeneratorApp.AnswerAsync(http, Utf8($$"""{"id":"{{message}}"}"""));
    }

    // Whether the card shows the acceptance, for the first time.
    bool Drawn(string dispatch, ReadOnlySpan<byte> body)
    {
        var journey = world.Journey(dispatch);
        var text = body.After("\"fallbackText\":\""u8).Before("\""u8);
        // One of the builds writes the dot as it is, the other as an escape.
        var isFirst = journey.Drawn(text.Has("Accepted ·"u8) || text.Has("Accepted \\u00B7"u8));
        if (isFirst && journey.AcceptedAt > 0)
            world.Timings.Add("last key to acceptance on the card", journey.AcceptedAt);
        return isFirst;
    }

    byte[] Keys()
    {
        var numbers = signing.ExportParameters(false);
        return Utf8($$"""
            {"keys":[{"kty":"RSA","use":"sig","kid":"{{Key}}","n":"{{Encoded(numbers.Modulus!)}}","e":"{{Encoded(numbers.Exponent!)}}","endorsements":["msteams"]}]}
            """);
    }

    static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);

    static string Encoded(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
