using System.Net;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Asks before each sending of an order whether it may still leave, also before those that the client repeats: no retry outlives the order's deadline.
/// It keeps why an earlier sending failed with the order.
/// </summary>
internal sealed class OrderGate : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var order = (OrderContent)request.Content!;
        await order.DemandLeaveAsync(cancellationToken);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
                order.Trouble = new(LineDownReason.Throttled, "too many requests");
            return response;
        }
        catch (Exception failure) when (SendFailure.WasNeverSent(failure))
        {
            order.Trouble = new(LineDownReason.Unreachable, "the order never left");
            throw;
        }
    }
}
