using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using BotDispatch.Core;
using BotDispatch.Http;
using Polly.Timeout;

namespace BotDispatch.Voice.Routee;

/// <summary>The outcome of a request to Routee.</summary>
internal abstract record RouteeResult
{
    private RouteeResult() { }

    /// <summary>Routee answered, with success or with an error.</summary>
    public sealed record Answer(HttpStatusCode Status, byte[] Body) : RouteeResult
    {
        /// <summary>Parses the JSON of the answer; null if it is none. An unknown character set must not hide the answer.</summary>
        public JsonElement? ReadJson() =>
            LooseJson.Parse(Utf8.IsValid(Body) ? Body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body)));

        /// <summary>The status is any 2xx.</summary>
        public bool IsGood => (int)Status is >= 200 and < 300;
        /// <summary>Routee refused the request, and would refuse the same request again.</summary>
        public bool IsRefusal => (int)Status is >= 300 and < 500 and not 408;
    }

    /// <summary>The request certainly never reached Routee.</summary>
    public sealed record NotSent(LineDownReason Reason, string Because) : RouteeResult;

    /// <summary>We did not send the request, because it was no longer wanted or came too late.</summary>
    public sealed record Withheld : RouteeResult;

    /// <summary>The answer was lost, so Routee may have done what was asked.</summary>
    public sealed record Lost(string Because) : RouteeResult;

    /// <summary>
    /// Sends one request, and repeats it only if the policy of its client says so; then disposes it. Throws only when the caller cancels.
    /// </summary>
    /// <remarks>
    /// <see cref="OnceHttp"/> does not fit: it knows no withheld orders.
    /// </remarks>
    public static async Task<RouteeResult> FromAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken ct)
    {
        using var sent = request;
        try
        {
            using var response = await http.SendAsync(request, ct);
            return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (OrderContent.WithheldException)
        {
            return new Withheld();
        }
        catch (HttpRequestException broken) when (broken.InnerException is OrderContent.WithheldException)
        {
            return new Withheld();
        }
        catch (HttpRequestException broken) when (SendFailure.WasNeverSent(broken))
        {
            return new NotSent(LineDownReason.Unreachable,
                NetworkTrouble.Of(broken, request.RequestUri!) ?? broken.HttpRequestError.ToString());
        }
        catch (HttpRequestException broken)
        {
            return new Lost(NetworkTrouble.Broken(broken));
        }
        catch (TimeoutRejectedException)
        {
            return new Lost(NetworkTrouble.NoAnswer);
        }
        catch (OperationCanceledException stopped) when (SendFailure.WasNeverSent(stopped) && !ct.IsCancellationRequested)
        {
            return new NotSent(LineDownReason.Unreachable, NetworkTrouble.NoConnectionTo(request.RequestUri!));
        }
    }
}
