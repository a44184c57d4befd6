using BotDispatch.Api;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>
/// Looks up where the names of webhooks lead, for an administrator who checks the settings. It sends nothing. Webhooks with an address in
/// numbers were judged with the other settings.
/// </summary>
internal static class WebhookCheck
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Returns what has to be mended, as sentences that begin with the setting.</summary>
    public static async Task<IReadOnlyList<string>> LookUpAsync(IServiceProvider services)
    {
        var (options, realTime) =
            (services.GetRequiredService<IOptions<WebhooksOptions>>().Value, services.GetRequiredService<TimeProvider>());
        var asked = await Task.WhenAll(Webhook.Read(options).Select(async each =>
            (each.Name, Problem: await ProblemOfAsync(each.Address, options.Guard, realTime))));
        return [.. asked.Where(each => each.Problem is not null).Select(each => $"Webhooks:Address:{each.Name}: {each.Problem}.")];
    }

    static async Task<string?> ProblemOfAsync(Uri address, AddressGuard guard, TimeProvider realTime)
    {
        using var late = new CancellationTokenSource(Longest, realTime);
        try
        {
            var isKnown = await guard.CheckAsync(address, late.Token).WaitAsync(late.Token);
            return isKnown || MachineProxy.Current.Of(address) is not null ? null
                : $"the name {address.IdnHost} is not found (DNS)";
        }
        catch (AddressRefusedException refused)
        {
            return $"it cannot be called, because {refused.Because}";
        }
        catch (OperationCanceledException)
        {
            return $"looking up {address.IdnHost} takes longer than {Longest.TotalSeconds:0} s (DNS)";
        }
    }
}
