using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Dispatching;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Api;

/// <summary>
/// The programs that get the events of dispatches. Section <c>Webhooks</c>; each webhook has a name of the administrator's own.
/// </summary>
internal sealed class WebhooksOptions
{
    /// <summary>The addresses, by name.</summary>
    public Dictionary<string, string> Address { get; set; } = [];

    /// <summary>The secrets that sign the messages, by name: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public Dictionary<string, string> Secret { get; set; } = [];

    /// <summary>The types of events that a webhook gets, by name, with commas between them; without an entry, all.</summary>
    public Dictionary<string, string> Events { get; set; } = [];

    /// <summary>Webhooks may be on this machine or in any private network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>The networks, addresses and host names where webhooks may be, besides the public internet: each as it is written.</summary>
    public IReadOnlyList<string> AllowedPrivateAddresses { get; internal set; } = [];

    /// <summary>Where webhooks may be.</summary>
    public AddressGuard Guard => AllowPrivateAddresses ? AddressGuard.Open
        : new(AddressScope.Public, new(AllowedPrivateAddresses), AllowedSetting);

    /// <summary>The name of the setting with the networks, addresses and host names.</summary>
    public const string AllowedSetting = "Webhooks:AllowedPrivateAddresses";

    /// <summary>Reads that setting, which is one text with commas, or a list.</summary>
    public static IReadOnlyList<string> ReadAllowed(IConfigurationSection webhooks)
    {
        var setting = webhooks.GetSection(nameof(AllowedPrivateAddresses));
        return [.. (setting.Value is { Length: > 0 } ? [setting] : setting.GetChildren()).SelectMany(each =>
            AllowedAddresses.Split(each.Value ?? ""))];
    }
}

/// <summary>One webhook.</summary>
internal sealed record Webhook(string Name, Uri Address, byte[] Secret, ImmutableHashSet<string>? Events)
{
    /// <summary>Reads the settings, which are valid.</summary>
    public static ImmutableArray<Webhook> Read(WebhooksOptions options) =>
    [
        .. from each in options.Address
           orderby each.Key
           select new Webhook(each.Key, new(each.Value), SecretOf(options.Secret[each.Key])!,
               options.Events.TryGetValue(each.Key, out var events) ? [.. Split(events)] : null),
    ];

    /// <summary>The bytes of a secret; null if it has another form.</summary>
    public static byte[]? SecretOf(string? written)
    {
        if (written is null || !written.StartsWith("whsec_", StringComparison.Ordinal))
            return null;
        var bytes = new byte[64];
        return Convert.TryFromBase64String(written["whsec_".Length..], bytes, out var length) && length >= 24 ? bytes[..length] : null;
    }

    public static string[] Split(string events) =>
        events.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Stops the process at its start if a webhook could not be called.</summary>
internal sealed partial class WebhooksOptionsValidator : IValidateOptions<WebhooksOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhooksOptions options)
    {
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static IEnumerable<string> Wrong(WebhooksOptions options)
    {
        if (options.Address.Count > Lanes.MostWebhooks)
            yield return $"Webhooks:Address has more than {Lanes.MostWebhooks} entries.";
        foreach (var (name, written) in options.Address)
        {
            if (!Name().IsMatch(name))
                yield return $"Webhooks:Address has the name {name}; a name has letters, digits, '-' and '_', and at most 40 of them.";
            if (!Uri.TryCreate(written, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.UserInfo.Length > 0)
                yield return $"Webhooks:Address:{name} must be an address without a password, as https://example.com/dispatches.";
            else if (address.Scheme == Uri.UriSchemeHttp && !options.AllowPrivateAddresses && options.AllowedPrivateAddresses.Count == 0)
                yield return $"Webhooks:Address:{name} must begin with https://, unless {WebhooksOptions.AllowedSetting} names its host or "
                    + "its network.";
            else if (options.Guard.ProblemOf(address) is { } problem)
                yield return $"Webhooks:Address:{name} cannot be called: {problem}.";
            if (Webhook.SecretOf(options.Secret.GetValueOrDefault(name)) is null)
                yield return $"Webhooks:Secret:{name} must be whsec_ and 24 to 64 random bytes in base64: "
                    + "echo whsec_$(openssl rand -base64 32)";
        }
        foreach (var problem in options.AllowedPrivateAddresses.Select(AllowedAddresses.ProblemOf).OfType<string>())
            yield return $"{WebhooksOptions.AllowedSetting} {problem}";
        if (options.AllowPrivateAddresses && options.AllowedPrivateAddresses.Count > 0)
            yield return $"{WebhooksOptions.AllowedSetting} has no effect while Webhooks:AllowPrivateAddresses is true, which allows all "
                + "private addresses: remove one of them.";
        foreach (var other in options.Secret.Keys.Concat(options.Events.Keys).Except(options.Address.Keys).Distinct())
            yield return $"Webhooks:Secret or Webhooks:Events names {other}, which has no Webhooks:Address.";
        foreach (var (name, events) in options.Events)
            if (Webhook.Split(events).Except(EventViews.Types).FirstOrDefault() is { } unknown)
                yield return $"Webhooks:Events:{name} has {unknown}; the types are {string.Join(", ", EventViews.Types)}.";
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
