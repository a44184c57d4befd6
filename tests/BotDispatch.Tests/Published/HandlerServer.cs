using System.Text;
using BotDispatch.Tests.Adapters.Teams.Connector;
using Microsoft.AspNetCore.Http;

namespace BotDispatch.Tests.Published;

/// <summary>Puts what stands in for a server within this process on a real port, where another process reaches it.</summary>
internal static class HandlerServer
{
    public static async Task<StandIn> StartAsync(HttpMessageHandler handler)
    {
        var (server, invoker) = (await StandIn.StartAsync(), new HttpMessageInvoker(handler));
        server.Answer = async (context, received) =>
        {
            using var request = new HttpRequestMessage(new(received.Method), new Uri(server.Address, received.Target));
            if (received.Body.Length > 0)
                request.Content = new StringContent(received.Body, Encoding.UTF8, "application/json");
            foreach (var (name, value) in received.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await invoker.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers)
                context.Response.Headers[name] = values.ToArray();
            if (answer.Content.Headers.ContentType is { } type)
                context.Response.ContentType = type.ToString();
            if (context.Response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
                await answer.Content.CopyToAsync(context.Response.Body);
        };
        return server;
    }
}
