using System.Text.RegularExpressions;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace BotDispatch.Voice.Routee;

/// <summary>Which verbs a call is made of.</summary>
internal enum DialPlanKind
{
    /// <summary>Silence that hears keys at once.</summary>
    Responsive,
    /// <summary>Exactly the verbs of Routee's own article; deaf in its pauses.</summary>
    Source,
}

/// <summary>What happens when a machine picks up.</summary>
internal enum MachineDetectionKind
{
    /// <summary>It hears the ticket: nobody who is slow to speak is taken for a machine.</summary>
    Off,
    /// <summary>Routee hangs up, and may hang up on a slow person.</summary>
    Hangup,
}

/// <summary>How Routee is reached and how it reaches us. Bound from <c>Routee</c>, and <see cref="PublicBaseAddress"/> from the root.</summary>
internal sealed record RouteeOptions
{
    /// <summary>Where calls are placed.</summary>
    public Uri? BaseAddress { get; init; } = new("https://connect.routee.net");
    /// <summary>Where tokens are had.</summary>
    public Uri? AuthBaseAddress { get; init; } = new("https://auth.routee.net");
    /// <summary>The application's id.</summary>
    public string ApplicationId { get; init; } = "";
    /// <summary>The application's secret; never logged.</summary>
    public string ApplicationSecret { get; init; } = "";
    /// <summary>What the callee's phone shows.</summary>
    public string CallerId { get; init; } = "";
    /// <summary>How many calls may be asked for in one second; 0 is no limit.</summary>
    [Within(0, 1000, Note = "0 is no limit, and Routee allows 1")]
    public double CallsPerSecond { get; init; } = 1;
    /// <summary>Which verbs a call is made of.</summary>
    public DialPlanKind DialPlan { get; init; } = DialPlanKind.Responsive;
    /// <summary>What happens when a machine picks up.</summary>
    public MachineDetectionKind MachineDetection { get; init; } = MachineDetectionKind.Off;
    /// <summary>Where Routee reaches us.</summary>
    public Uri? PublicBaseAddress { get; internal set; }

    /// <summary>Secrets stay out of whatever prints this.</summary>
    public override string ToString() => $"Routee at {BaseAddress}";
}

/// <summary>Says at the start which setting is wrong, and how.</summary>
internal sealed partial class RouteeOptionsValidator : IValidateOptions<RouteeOptions>
{
    public ValidateOptionsResult Validate(string? name, RouteeOptions options)
    {
        var wrong = new List<string>();
        Check("Routee:BaseAddress", options.BaseAddress, "https://connect.routee.net");
        Check("Routee:AuthBaseAddress", options.AuthBaseAddress, "https://auth.routee.net");
        Check("PublicBaseAddress", options.PublicBaseAddress, "https://bot.example.com");
        Need("Routee:ApplicationId", options.ApplicationId, "copy the id of your application from Routee's platform.");
        Need("Routee:ApplicationSecret", options.ApplicationSecret, "copy the secret of your application from Routee's platform.");
        Need("Routee:CallerId", options.CallerId, "write the number that employees see, with its country code, as +302111234567.");
        if (!string.IsNullOrWhiteSpace(options.CallerId) && !CanCall(options.CallerId))
            wrong.Add("Routee:CallerId must be a telephone number with its country code and without spaces, as +302111234567, or a name of at most 11 letters and digits.");
        wrong.AddRange(WithinAttribute.Wrong("Routee", options));
        if (!Enum.IsDefined(options.DialPlan))
            wrong.Add("Routee:DialPlan must be Responsive or Source.");
        if (!Enum.IsDefined(options.MachineDetection))
            wrong.Add("Routee:MachineDetection must be Off or Hangup.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Need(string setting, string value, string remedy)
        {
            if (string.IsNullOrWhiteSpace(value))
                wrong.Add($"{setting} is missing: {remedy}");
        }

        void Check(string setting, Uri? address, string example)
        {
            if (address is null || !address.IsAbsoluteUri || address.Host.Length == 0)
                wrong.Add($"{setting} must be a full address such as {example}.");
            else if (address.Scheme is not "https" && !(address.Scheme is "http" && address.IsLoopback))
                wrong.Add($"{setting} must begin with https://, for tickets and tokens travel there; only this machine itself may be reached by http.");
            else if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
                wrong.Add($"{setting} must be an address without user, query or fragment, such as {example}.");
        }
    }

    // Routee takes a name too: the eleven letters and digits of GSM's alphanumeric senders.
    static bool CanCall(string caller)
    {
        if (!Number().IsMatch(caller))
            return caller.Length <= LongestName && Name().IsMatch(caller) && caller.Any(char.IsAsciiLetter);
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            return numbers.IsPossibleNumber(numbers.Parse("+" + caller.TrimStart('+'), null));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    const int LongestName = 11;

    [GeneratedRegex(@"^\+?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 ._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
