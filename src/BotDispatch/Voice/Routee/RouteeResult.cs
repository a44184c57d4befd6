using System.Net;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Http;
using Polly.Timeout;

namespace BotDispatch.Voice.Routee;

/// <summary>What came of asking Routee something.</summary>
internal abstract record RouteeResult
{
    private RouteeResult() { }

    /// <summary>It answered, well or not.</summary>
    public sealed record Answer(HttpStatusCode Status, string Body) : RouteeResult
    {
        /// <summary>Any 2xx.</summary>
        public bool IsGood => (int)Status is >= 200 and < 300;
        /// <summary>It did not do it, and asking in the same way again would not help.</summary>
        public bool IsRefusal => (int)Status is >= 300 and < 500 and not 408;
    }

    /// <summary>It surely knows nothing of it.</summary>
    public sealed record NotSent(LineDownReason Reason, string Because) : RouteeResult;

    /// <summary>It was not sent: it was not wanted any more, or came too late.</summary>
    public sealed record Withheld : RouteeResult;

    /// <summary>It may have done it: the answer was lost on its way.</summary>
    public sealed record Lost(string Because) : RouteeResult;

    /// <summary>Sends one request, again only as the policy of its client says. Only the caller's own cancellation is an exception.</summary>
    public static async Task<RouteeResult> FromAsync(HttpClient http, HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await http.SendAsync(request, ct);
            // As bytes: a character set that nobody knows must not hide what was answered.
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            return new Answer(response.StatusCode, Encoding.UTF8.GetString(body));
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
            return new NotSent(LineDownReason.Unreachable, broken.HttpRequestError.ToString());
        }
        catch (HttpRequestException broken)
        {
            return new Lost(broken.HttpRequestError.ToString());
        }
        catch (TimeoutRejectedException)
        {
            return new Lost("no answer in time");
        }
        catch (OperationCanceledException stopped) when (SendFailure.WasNeverSent(stopped) && !ct.IsCancellationRequested)
        {
            return new NotSent(LineDownReason.Unreachable, "no connection in time");
        }
    }
}
