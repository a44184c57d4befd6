using BotDispatch.Ports;
using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>
/// Stops the process at its start if a named file cannot be used, or if a setting is missing that only Development may leave out.
/// </summary>
internal sealed class TeamsSetupValidator(TimeProvider real) : IValidateOptions<TeamsOptions>
{
    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        var wrong = options.HasApp ? Wrong(options).ToList() : [];
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    IEnumerable<string> Wrong(TeamsOptions options)
    {
        // Without this check every organisation in the world could install the bot and phone our employees.
        if (options.TenantId.Length == 0 && !options.IsForEveryTenant && !options.IsDevelopment)
            yield return "Teams:TenantId is missing: copy the App Tenant ID from the bot's registration. "
                + "Only for an old registration of the type Multi Tenant write *, which serves every organisation.";
        if (options.CertificatePath.Length > 0
            && BotCertificate.ProblemWith(options.CertificatePath, options.CertificatePassword, real.WallNow) is { } problem)
            yield return problem;
        if (options.FederatedTokenFile.Length > 0 && !File.Exists(options.FederatedTokenFile))
            yield return $"Teams:FederatedTokenFile is {options.FederatedTokenFile}: there is no such file. "
                + "The platform puts its path into AZURE_FEDERATED_TOKEN_FILE.";
    }
}
