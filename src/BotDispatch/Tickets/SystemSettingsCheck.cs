using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets;

/// <summary>Finds what is wrong with the settings of one ticket system. Each sentence begins with the name of a setting.</summary>
internal sealed class SystemSettingsCheck(SystemSettings settings)
{
    const int ShortestSecret = 16;

    readonly string section = settings.Section;
    readonly List<string> wrong = [];

    /// <summary>Checks the address, the templates and that nothing is set while the system is off.</summary>
    /// <param name="example">An address as it might be written.</param>
    /// <param name="credentials">The credentials, which make no sense without an address.</param>
    public SystemSettingsCheck Common(string example, params (string Name, string Value)[] credentials)
    {
        if (settings.BaseAddress is not { } address)
        {
            (string Name, string Value)[] secrets = settings is SignedSystemSettings { WebhookSecret: var secret }
                ? [.. credentials, ("WebhookSecret", secret)] : credentials;
            // A further system that is named is meant to be there.
            if (settings.OwnName.Length > 0)
                wrong.Add($"{section}:BaseAddress is missing: write the address that people open, as {example}, or remove {section}.");
            else
                foreach (var (name, _) in secrets.Where(each => each.Value.Length > 0).Take(1))
                    wrong.Add($"{section}:BaseAddress is missing, so {section}:{name} has no effect: write the address that people open, "
                        + $"as {example}, or remove {section}:{name}.");
            return this;
        }
        if (!address.IsAbsoluteUri || address.Host.Length == 0 || address.Scheme is not ("https" or "http"))
            wrong.Add($"{section}:BaseAddress must be a full address such as {example}.");
        else if (address.UserInfo.Length > 0)
            wrong.Add($"{section}:BaseAddress must not contain a password: remove what stands before the @.");
        else if (address.Query.Length > 0 || address.Fragment.Length > 0)
            wrong.Add($"{section}:BaseAddress must not contain ? or #: write only the beginning that all pages share, as {example}.");
        else if (address.Scheme is "http" && !address.IsLoopback)
            wrong.Add($"{section}:BaseAddress must begin with https://, because credentials and tickets travel there; only this machine "
                + "itself may be reached by http.");
        foreach (var (name, template) in (ReadOnlySpan<(string, string)>)
            [("Title", settings.Title), ("Description", settings.Description), ("Priority", settings.Priority), ("Place", settings.Place)])
            if (TicketTemplate.MistakeIn(template) is { } mistake)
                wrong.Add($"{section}:{name} {mistake}");
        return this;
    }

    /// <summary>Requires a value while the system is on.</summary>
    public SystemSettingsCheck Need(string name, string value, string remedy)
    {
        if (settings.IsOn && string.IsNullOrWhiteSpace(value))
            wrong.Add($"{section}:{name} is missing: {remedy}");
        return this;
    }

    /// <summary>Adds a fault if it applies and the system is on.</summary>
    public SystemSettingsCheck Rule(bool isBroken, string name, string fault)
    {
        if (settings.IsOn && isBroken)
            wrong.Add($"{section}:{name} {fault}");
        return this;
    }

    /// <summary>Returns a sentence as the end of another.</summary>
    public static string AsEnd(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    /// <summary>Checks the secret of a webhook, which somebody could guess if it was short.</summary>
    public SystemSettingsCheck Webhook(string secret) => Rule(secret.Length is > 0 and < ShortestSecret, "WebhookSecret",
            $"has fewer than {ShortestSecret} characters: write a random one in the system and here, as openssl rand -hex 32 makes it.")
        .Rule(secret.Length > 0 && !settings.Watch, "WebhookSecret",
            "has no effect, because Watch is false: set Watch to true, or remove the secret.");

    /// <summary>Returns everything that was found.</summary>
    public ValidateOptionsResult Result() => wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
}
