using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

/// <summary>An issuer on this machine: metadata, keys with endorsements, and tokens of any shape, written by hand so that no library keeps them from being wrong.</summary>
internal sealed class PretendIssuer : IAsyncDisposable
{
    public const string Name = "https://api.botframework.com";
    public const string App = "11111111-2222-4333-8444-555555555555";
    public const string Service = "https://smba.trafficmanager.net/amer/";

    // Making them takes longer than anything else here.
    static readonly RSA First = RSA.Create(2048), Second = RSA.Create(2048), Short = RSA.Create(1024);

    readonly WebApplication app;
    readonly List<JsonObject> keys = [];
    int asked;

    PretendIssuer(TimeProvider clock)
    {
        Clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/metadata", async Task (HttpContext http) =>
        {
            Interlocked.Increment(ref asked);
            await Hold;
            if (IsDown)
                http.Response.StatusCode = 503;
            else
                await http.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = Name, ["jwks_uri"] = KeysAddress ?? $"{Address}keys", ["id_token_signing_alg_values_supported"] = new JsonArray("RS256") });
        });
        app.MapGet("/keys", () => new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.DeepClone())]) });
        Publish("good", First, "msteams", "webchat");
        Publish("other-channel", Second, "webchat", "directline");
        Publish("bare", Second, null!);
        Publish("empty", Second);
        Publish("short", Short, "msteams");
    }

    public TimeProvider Clock { get; }
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
    public Uri Metadata => new(Address + "metadata");
    public int Asked => asked;
    public bool IsDown { get; set; }
    public string? KeysAddress { get; set; }

    /// <summary>What its answers wait for.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<PretendIssuer> StartAsync(TimeProvider clock)
    {
        var started = new PretendIssuer(clock);
        await started.app.StartAsync();
        return started;
    }

    public void Publish(string name, RSA key, params string[]? endorsements)
    {
        var numbers = key.ExportParameters(false);
        var json = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = name, ["n"] = Base64Url.EncodeToString(numbers.Modulus), ["e"] = Base64Url.EncodeToString(numbers.Exponent) };
        if (endorsements is not null and not [null])
            json["endorsements"] = new JsonArray([.. endorsements.Select(each => JsonValue.Create(each))]);
        keys.Add(json);
    }

    /// <summary>From now on the key has this name, and no other name is good.</summary>
    public void RotateTo(string name)
    {
        keys.Clear();
        Publish(name, Second, "msteams");
    }

    public JsonObject Claims(Action<JsonObject>? change = null)
    {
        var claims = new JsonObject { ["iss"] = Name, ["aud"] = App, ["nbf"] = Now - 10, ["exp"] = Now + 3600, ["serviceurl"] = Service };
        change?.Invoke(claims);
        return claims;
    }

    public string Good(Action<JsonObject>? change = null, string key = "good") => Token(Claims(change), key);

    public static string Token(JsonObject claims, string? key = "good", string algorithm = "RS256", RSA? signer = null)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm };
        if (key is not null)
            header["kid"] = key;
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        signer ??= key switch
        {
            "good" => First,
            "short" => Short,
            _ => Second,
        };
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(signer.ExportSubjectPublicKeyInfoPem()), bytes),
            "PS256" => signer.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "RS512" => signer.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            _ => signer.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
