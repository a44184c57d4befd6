using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Http;

namespace BotDispatch.Api;

/// <summary>What is wrong with a request, as problem details.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9457</remarks>
/// <param name="Type">Identifies the kind of problem for ever.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What is wrong with this request, and what to do.</param>
/// <param name="Errors">What is wrong with each field, by its name.</param>
/// <param name="Dispatch">The dispatch that is in the way.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null, string? Dispatch = null)
{
    const string Kinds = "urn:botdispatch:problem:";

    public static Problem Unauthorized { get; } = Of(401, "key-needed", "A key is needed",
        "Send a key as 'Authorization: Bearer KEY', or as the password of basic authentication. An administrator makes keys with the "
        + "command 'keys new NAME'.");

    public static Problem TooManyFailures { get; } = Of(429, "too-many-failures", "Too many requests without a valid key",
        "Wait as long as Retry-After says. Requests with a valid key are not limited.");

    public static Problem WrongSignature { get; } = Of(401, "wrong-signature", "The signature is wrong",
        "The secret in the ticket system is not the one in the setting WebhookSecret of its section, or the body was changed on the way.");

    public static Problem NoSuchAddress { get; } = Of(404, "no-such-address", "There is nothing at this address",
        "The addresses of the API are described at /openapi/v1.json.");

    public static Problem NoSuchDispatch { get; } = Of(404, "no-such-dispatch", "No such dispatch",
        "There is no dispatch with this id, or the key may not see it.");

    /// <summary>The request may have been carried out, so the sender must repeat it in a way that is carried out once.</summary>
    public static Problem NotStored { get; } = Of(503, "not-stored", "The request could not be stored",
        "The database did not take it, or did not answer in time. Repeat the request with the same Idempotency-Key.");

    /// <param name="allowed">The methods that the address takes, as <c>Allow</c> says them.</param>
    public static Problem OtherMethod(string allowed) => Of(405, "method", "This address takes another method",
        $"It takes {(allowed.Length > 0 ? allowed : "no method")}. The addresses of the API are described at /openapi/v1.json.");

    public static Problem Forbidden(string detail) => Of(403, "forbidden", "The key may not do this", detail);

    public static Problem Malformed(string detail) => Of(400, "malformed", "The request cannot be read", detail);

    public static Problem Conflict(string detail, string dispatch) =>
        Of(409, "conflict", "Another dispatch is in the way", detail) with { Dispatch = dispatch };

    public static Problem WrongFields(IReadOnlyDictionary<string, string[]> errors) =>
        Of(422, "wrong-fields", "Some fields are wrong", "Each wrong field is named in errors. Nothing was started.") with
        {
            Errors = errors,
        };

    public static Problem OtherRequest { get; } = Of(422, "idempotency-key-reused", "The Idempotency-Key belongs to another request",
        "This key was sent before with another body. Send a new key for a new dispatch. Nothing was started.");

    public static Problem Unavailable(string detail) => Of(503, "unavailable", "It cannot be done just now", detail);

    /// <summary>The problem of a body that was not read, by the status that says why.</summary>
    public static Problem OfBody(int status, int largest) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Of(413, "too-large", "The body is too large", $"At most {largest} bytes are read."),
        StatusCodes.Status408RequestTimeout => Of(408, "too-slow", "The body did not arrive in time", "Send the request again."),
        StatusCodes.Status415UnsupportedMediaType =>
            Of(415, "media-type", "The media type is not supported", "Send JSON as application/json, without a Content-Encoding."),
        StatusCodes.Status501NotImplemented =>
            Of(501, "transfer-coding", "The transfer coding is not supported", "Send the body as it is, or chunked."),
        StatusCodes.Status503ServiceUnavailable => Unavailable("Too many requests are being read. Send the request again."),
        _ => Malformed("The body was cut off. Send the request again."),
    };

    public static Problem Of(int status, string kind, string title, string detail) => new(Kinds + kind, title, status, detail);
}

/// <summary>Writes the answers of the API.</summary>
internal static class Answers
{
    const string ProblemJson = "application/problem+json";

    extension(HttpContext http)
    {
        /// <summary>Answers with a problem.</summary>
        public Task AnswerAsync(Problem problem)
        {
            http.Response.StatusCode = problem.Status;
            if (problem.Status == StatusCodes.Status401Unauthorized)
                http.Response.Headers.WWWAuthenticate = new(["Bearer realm=\"BotDispatch\"", "Basic realm=\"BotDispatch\""]);
            if (problem.Status == StatusCodes.Status503ServiceUnavailable)
                http.Response.Headers.RetryAfter = "5";
            return http.Response.WriteAsJsonAsync(problem, ApiJson.AsWritten.Problem, ProblemJson, CancellationToken.None);
        }
    }

    extension(UnverifiedRequests unverified)
    {
        /// <summary>Answers with a problem, or with 429 if the address of the sender fails too often.</summary>
        /// <param name="http">The request.</param>
        /// <param name="problem">What is wrong with it.</param>
        /// <param name="reason">The reason for the log, in our words.</param>
        public Task RefuseAsync(HttpContext http, Problem problem, string reason) => http.AnswerAsync(
            unverified.Refuse(http, problem.Status, reason) == StatusCodes.Status429TooManyRequests ? Problem.TooManyFailures : problem);
    }
}

/// <summary>The JSON of the API. Its names are promises: they are described in <c>openapi.json</c>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(DispatchView))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(TicketsNamed))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// Writes texts as they are. The default writes <c>\u0027</c> for an apostrophe and <c>\u00E4</c> for ä, for the sake of web pages that
    /// take JSON for HTML; our answers have a media type of their own, and people read them in a terminal.
    /// </summary>
    public static ApiJson AsWritten => field ??= new(SafeJson.AsWritten(Default.Options));
}
