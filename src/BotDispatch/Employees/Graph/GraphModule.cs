using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Graph;

/// <summary>Registers Microsoft Graph as a source of employees; it is off until a group is set.</summary>
internal static class GraphModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddGraphPeople()
        {
            services.AddOptionsWithValidateOnStart<GraphPeopleOptions, GraphPeopleOptionsValidator>().BindSection("Employees");
            services.AddOutgoingClient(GraphApi.Client, RetryPolicy.Never, GraphApi.LargestAnswer).AsksForJson();
            // It is served without TLS at an address of this machine that no proxy reaches.
            services.AddOutgoingClient(GraphApi.Identity, RetryPolicy.Never, GraphApi.LargestToken,
                static (handler, _) => handler.UseProxy = false, static _ => AddressGuard.Open);
            return services.AddSingleton<IPeopleSource>(provider =>
            {
                var realTime = provider.GetRequiredService<TimeProvider>();
                return new GraphPeopleSource(
                    provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<IOptions<GraphPeopleOptions>>(),
                    realTime, (time, ct) => Task.Delay(time, realTime, ct));
            });
        }
    }
}
