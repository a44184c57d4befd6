using System.Text.RegularExpressions;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace BotDispatch.Voice.Routee;

/// <summary>The verbs of a call.</summary>
internal enum DialPlanKind
{
    /// <summary>Played silence, which reports a key at once.</summary>
    Responsive,
    /// <summary>Exactly the verbs of Routee's own article. Its pauses report no keys.</summary>
    Source,
}

/// <summary>What happens when a machine picks up.</summary>
internal enum MachineDetectionKind
{
    /// <summary>The call goes on, so that no person who is slow to speak counts as a machine.</summary>
    Off,
    /// <summary>Routee hangs up. It may also hang up on a person who is slow to speak.</summary>
    Hangup,
}

/// <summary>
/// How we reach Routee, and how Routee reaches us. Bound from <c>Routee</c>; <see cref="PublicBaseAddress"/> comes from the root.
/// </summary>
internal sealed record RouteeOptions
{
    /// <summary>The address of Routee's voice API.</summary>
    public Uri? BaseAddress { get; init; } = new("https://connect.routee.net");
    /// <summary>The address that issues tokens.</summary>
    public Uri? AuthBaseAddress { get; init; } = new("https://auth.routee.net");
    /// <summary>The application's id at Routee.</summary>
    public string ApplicationId { get; init; } = "";
    /// <summary>The application's secret; never logged.</summary>
    public string ApplicationSecret { get; init; } = "";
    /// <summary>The number or name that the callee's phone shows.</summary>
    public string CallerId { get; init; } = "";
    /// <summary>The limit of call orders per second; 0 means no limit.</summary>
    [Within(0, 1000, Note = "0 is no limit, and Routee allows 1")]
    public double CallsPerSecond { get; init; } = 1;
    /// <summary>The verbs of a call.</summary>
    public DialPlanKind DialPlan { get; init; } = DialPlanKind.Responsive;
    /// <summary>What happens when a machine picks up.</summary>
    public MachineDetectionKind MachineDetection { get; init; } = MachineDetectionKind.Off;
    /// <summary>The address at which Routee reaches us.</summary>
    public Uri? PublicBaseAddress { get; internal set; }

    /// <summary>Returns a text without secrets.</summary>
    public override string ToString() => $"Routee at {BaseAddress}";
}

/// <summary>Reports at the start which setting is wrong, and why.</summary>
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
            wrong.Add("Routee:CallerId must be a telephone number with its country code and without spaces, as +302111234567, or a name "
                + "of at most 11 letters and digits.");
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
                wrong.Add($"{setting} must begin with https://, for tickets and tokens travel there; only this machine itself may be "
                    + "reached by http.");
            else if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
                wrong.Add($"{setting} must be an address without user, query or fragment, such as {example}.");
        }
    }

    // Routee also accepts a name: up to eleven letters and digits, like GSM's alphanumeric senders.
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
