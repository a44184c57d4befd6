using System.Net;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Asks before each attempt to send an order, repeated attempts included, whether it may still be sent, so that no retry outlives the
/// deadline of the order. It also stores with the order why an earlier attempt failed.
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
