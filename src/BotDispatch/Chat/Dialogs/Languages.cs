using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>What people hear whose own language the telephone does not speak.</summary>
internal sealed class LanguageOptions
{
    /// <summary>Setting <c>Employees:DefaultLanguage</c>.</summary>
    public string DefaultLanguage { get; set; } = "en-GB";
}

/// <summary>Stops the process at its start if nobody could speak the default language.</summary>
internal sealed class LanguageOptionsValidator(ISpeechPreview speech) : IValidateOptions<LanguageOptions>
{
    public ValidateOptionsResult Validate(string? name, LanguageOptions options) => speech.FindLanguage(options.DefaultLanguage) is not null
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"Employees:DefaultLanguage is '{options.DefaultLanguage}', which the telephone does not speak: "
            + "name one that it does, as en-GB.");
}

/// <summary>Chooses the language in which somebody is phoned.</summary>
internal sealed class Languages(ISpeechPreview speech, IOptions<LanguageOptions> options)
{
    /// <summary>Their own, or the default where the telephone does not speak it.</summary>
    public (string Tag, bool IsOwn) For(Employee employee) =>
        speech.FindLanguage(employee.Language) is { } own ? (own, true) : (speech.FindLanguage(options.Value.DefaultLanguage)!, false);
}
