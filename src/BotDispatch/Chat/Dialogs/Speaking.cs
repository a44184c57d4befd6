using BotDispatch.Core;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>
/// What somebody would hear, the question included, and the words that there is no time for; those are empty if everything is spoken.
/// </summary>
internal readonly record struct Spoken(string Text, string NotSpoken = "")
{
    public static implicit operator Spoken(string text) => new(text);
}

/// <summary>What somebody would hear of a ticket, in their language.</summary>
internal delegate Spoken SpokenPreview(Ticket ticket, string? note, string language);

/// <summary>The telephone's spelling of a language tag; null if the telephone does not speak it.</summary>
internal delegate string? SpokenLanguage(string tag);

/// <summary>What people hear whose own language the telephone does not speak.</summary>
internal sealed class LanguageOptions
{
    /// <summary>Setting <c>Employees:DefaultLanguage</c>.</summary>
    public string DefaultLanguage { get; set; } = "en-GB";
}

/// <summary>Stops the process at its start if nobody could speak the default language.</summary>
internal sealed class LanguageOptionsValidator(SpokenLanguage spoken) : IValidateOptions<LanguageOptions>
{
    public ValidateOptionsResult Validate(string? name, LanguageOptions options) => spoken(options.DefaultLanguage) is not null
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"Employees:DefaultLanguage is '{options.DefaultLanguage}', which the telephone does not speak: "
            + "name one that it does, as en-GB.");
}

/// <summary>Chooses the language in which somebody is phoned.</summary>
internal sealed class Languages(SpokenLanguage spoken, IOptions<LanguageOptions> options)
{
    /// <summary>Their own, or the default where the telephone does not speak it.</summary>
    public (string Tag, bool IsOwn) For(Employee employee) =>
        spoken(employee.Language) is { } own ? (own, true) : (spoken(options.Value.DefaultLanguage)!, false);
}
